"""The plug is pulled: processes are killed and stopped while people work, and everything must come right by itself."""
