"""What an organisation's own page shows of how it is made up."""
