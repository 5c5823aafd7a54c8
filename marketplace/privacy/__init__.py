"""What is kept about people: the public table, one's own copy, the erasure. Knows tables by what each app declares."""
