"""Teams that answer a challenge together, and the board on which partners are looked for."""
