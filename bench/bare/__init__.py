"""The reference: the same server and the same rows with nothing of ours between them and the wire."""
