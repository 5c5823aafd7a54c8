"""The engines, behind one contract."""
