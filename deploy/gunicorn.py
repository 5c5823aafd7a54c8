"""How the pages are served: workers of a few threads each, because a page waits for the database."""

import os
from pathlib import Path

bind = "0.0.0.0:" + os.environ.get("PORT", "8000")
workers = int(os.environ.get("WEB_WORKERS", "2"))
worker_class = "gthread"
threads = 4
timeout = 30
graceful_timeout = 20
keepalive = 75
max_requests = 5000
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None


def post_worker_init(worker: object) -> None:
    """Import every page now, then let the collector leave alone what will stay as long as the process (`settle`)."""
    from django.urls import get_resolver

    from marketplace.kernel.memory import settle

    _ = get_resolver().url_patterns
    settle()
