"""Pages of opening officers."""
