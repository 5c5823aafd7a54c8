"""Which provisions of the policy documents the platform carries out, and what the platform is. No tables."""
