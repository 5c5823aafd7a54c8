"""What experts and solvers say of themselves, and who may read which part of it (T02, T05, T09, H07a)."""
