"""One process, no service: SQLite, memory channel layer, FTS5 index, jobs in threads. What `make run` starts."""

from marketplace.settings.base import *  # noqa: F403  # settings extend each other by design
from marketplace.settings.base import DATA_DIR, LOGGING, env
from marketplace.settings.secrets import kept_secret

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", "") or kept_secret(DATA_DIR / "secret_key")
DATA_KEYS = env.list("DATA_KEYS", []) or [kept_secret(DATA_DIR / "data_key")]
SIGNING_KEYS_LOST: list[str] = env.list("SIGNING_KEYS_LOST", [])
SIGNING_KEYS = env.list("SIGNING_KEYS", []) or [kept_secret(DATA_DIR / "signing_key")]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_DIR / "db.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }
}

# --- Logs: the terminal of `make run` is for its reader; LOG_LEVEL=INFO shows each request ------------------------
LOGGING["root"]["level"] = env.str("LOG_LEVEL", "WARNING")
