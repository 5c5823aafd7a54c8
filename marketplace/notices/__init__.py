"""Who is told of what: one row per fact and person, shown in the product and sent once by mail."""
