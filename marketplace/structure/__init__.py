"""How organisations are made up and what they belong to: departments, parents and children, mail domains."""
