"""How the demo data comes to be: by telling its stories through the services, never by writing rows."""
