"""Amendments (补充公告): numbered, public, and only ever in the solvers' favour (L06)."""
