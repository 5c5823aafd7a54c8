"""Pages of how an organisation is made up."""
