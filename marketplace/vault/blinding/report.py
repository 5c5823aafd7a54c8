"""What was taken out of a file, as counts by code; the words to them are in `vault/taken.py`."""

from collections import Counter

Taken = Counter[str]

PROPERTIES = "properties"
"""Who made it, when, with what."""
COMMENTS = "comments"
"""Remarks of readers."""
CHANGES = "changes"
"""Tracked changes, accepted."""
PICTURES = "pictures"
"""Pictures that told of themselves; each counts once."""
MARKS = "marks"
"""What programs note beside what is shown."""
