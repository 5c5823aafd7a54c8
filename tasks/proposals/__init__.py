"""What solvers answer with. Until opening nobody but its author learns that a proposal exists."""
