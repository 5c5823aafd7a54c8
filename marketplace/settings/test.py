"""The tests: embedded by default; each of DATABASE_URL, REDIS_URL, ELASTICSEARCH_URL puts the real service in."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from marketplace.settings.base import *  # noqa: F403  # settings extend each other by design
from marketplace.settings.base import INSTALLED_APPS, MIDDLEWARE, STATEMENTS, STORAGES, env

SECRET_KEY = "only for tests"  # noqa: S105  # no secret: tests run on throw-away databases
DATA_KEYS = ["another one, only for tests"]
SIGNING_KEYS = ["a third one, only for tests"]
SIGNING_KEYS_LOST: list[str] = []
DEBUG = False
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", f"p{os.getpid()}")[:8]
WORKER = f"{RUN}-{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
"""Names what this process alone uses in the services, so that two runs at once do not meet."""
DATA_DIR = Path(tempfile.mkdtemp(prefix="zhongyan-tests-"))
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)
SEARCH_DATABASE = DATA_DIR / "search.db"
SEARCH_INDEX_PREFIX = f"test-{WORKER}"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "marketplace.notices.mail.QueueBackend"
MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
CLOCK = "tests.clock.offset"
INSTALLED_APPS = [app for app in INSTALLED_APPS if app != "marketplace.demo"] + ["marketplace.demo"]
"""The demo's tables and types are always there to be tested; DEMO still decides whether anything shows."""
OUTBOX_HANDOFF = "tests.relay.hand_over"
ACCOUNT_RATE_LIMITS = False
PEOPLE_A_MINUTE = IMPORTS_A_MINUTE = CHECKS_A_MINUTE = FILES_REFUSED_AN_HOUR = 0
SEARCH_PATIENCE = 20
"""A machine that is busy with tests answers late; the test of a hanging engine takes the shipped value."""
MIDDLEWARE = [one for one in MIDDLEWARE if one != "servestatic.middleware.ServeStaticMiddleware"]
"""As in production: it is asynchronous, and would take every request of a test client through three threads."""
STORAGES["vault"]["OPTIONS"]["location"] = DATA_DIR / "vault"
STORAGES["draft_keys"]["OPTIONS"]["location"] = DATA_DIR / "draft_keys"
PHRASE_COST = (1, 8192)
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir()

DATABASES: dict[str, Any] = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_DIR / "db.sqlite3",
        "TEST": {"NAME": DATA_DIR / "test.sqlite3"},
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;",
        },
    }
}
if env.str("DATABASE_URL", ""):
    _database: dict[str, Any] = dict(env.dj_db_url("DATABASE_URL"))
    _database["TEST"] = {"NAME": f"test_{RUN}"}
    _database["OPTIONS"] = STATEMENTS
    DATABASES = {"default": _database}
if env.str("REDIS_URL", ""):
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [env.str("REDIS_URL").rstrip("/") + "/0"], "prefix": f"test-{WORKER}"},
        }
    }
if env.str("ELASTICSEARCH_URL", ""):
    SEARCH_BACKEND = "search.backends.elastic.ElasticIndex"
    ELASTICSEARCH_URL = env.str("ELASTICSEARCH_URL")
