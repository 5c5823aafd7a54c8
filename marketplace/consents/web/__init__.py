"""Pages of employers' consents."""
