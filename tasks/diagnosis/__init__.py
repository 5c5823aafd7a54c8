"""Diagnosis: up to two experts comment on a draft, at its sponsor's wish, before it is handed in."""
