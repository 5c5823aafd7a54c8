"""Who somebody really is: documents checked by an office, their numbers known to nobody."""
