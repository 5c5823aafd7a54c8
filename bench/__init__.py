"""Measurements: what the platform costs beside a bare reference in the same run. Run by `make bench`."""
