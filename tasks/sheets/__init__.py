"""Lists of challenges that come as a spreadsheet: kept, read by a job, turned into drafts row by row (N17c)."""
