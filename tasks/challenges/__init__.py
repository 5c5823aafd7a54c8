"""What is posted: a challenge from draft to its deadline, and how it may end without an award."""
