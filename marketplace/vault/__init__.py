"""Files that people hand in: taken in, judged by their content, scanned, kept encrypted, served to whoever may see."""
