"""A whole platform with proposals full of canaries, and everything it ever wrote, searched."""
