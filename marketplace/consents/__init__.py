"""Employer's consent to paid work beside one's duties, or on leave (J08, J09, N06)."""
