"""Ending a call before its deadline: asked for by its sponsor, decided by its adjudicator (L08)."""
