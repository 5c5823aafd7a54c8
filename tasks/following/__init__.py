"""Following a challenge: who does is the follower's own business, and nobody counts it."""
