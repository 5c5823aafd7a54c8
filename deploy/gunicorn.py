"""How the pages are served: workers of a few threads each, because a page waits for the database."""

import gc
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
    """What has been imported stays; the collector need not walk through all of it again and again."""
    gc.collect()
    gc.freeze()
