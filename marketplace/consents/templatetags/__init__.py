"""What other rooms' pages show of employers' consents."""
