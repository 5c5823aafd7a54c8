"""Questions about an open challenge, asked by people whom nobody can name, and answered in public (L06, H10)."""
