"""That sealed means sealed: canaries that are looked for everywhere, and two worlds nobody can tell apart (I8, I9)."""
