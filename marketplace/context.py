"""What every page knows besides its own content."""
