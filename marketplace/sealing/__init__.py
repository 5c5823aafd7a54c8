"""Sealing: who together can open what was handed in, and nobody before. See docs/decisions/0016-sealing.md."""
