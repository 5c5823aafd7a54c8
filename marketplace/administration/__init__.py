"""The back office of the separated administrators (三员分立): grants by two persons, the queue, the audit trail."""
