"""What a receipt on paper carries inside: names and bounds, known to whoever writes the sheet and whoever reads one."""

RECEIPT = "receipt.json"
STAMP = "receipt.tsr"
LONGEST = 20_000
"""Bytes of one attachment; a receipt has about eight hundred, a time stamp with its certificates a few thousand."""
