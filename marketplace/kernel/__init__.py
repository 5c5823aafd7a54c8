"""The floor of the house: what a service may raise, how a state moves, what time it is. No tables here."""
