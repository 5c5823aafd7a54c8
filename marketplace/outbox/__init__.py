"""Facts: written with the change, delivered after the commit, chained so that no one can rewrite them unseen."""
