"""What was taken out of a file, as counts by code; the words to them are in `vault/taken.py`."""

from collections import Counter

Taken = Counter[str]

PROPERTIES, COMMENTS, CHANGES, PICTURES, MARKS = "properties", "comments", "changes", "pictures", "marks"
"""Who made it and when; remarks of readers; tracked changes, accepted; details of pictures; notes of programs."""
