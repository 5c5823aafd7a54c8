"""What must always hold, checked on the data as it lies there: for auditors, for CI and for a running platform."""
