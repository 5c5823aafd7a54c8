"""What people type about challenges, proposals and judgements: checked here, decided in the services."""
