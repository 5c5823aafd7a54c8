"""PostgreSQL, Redis, Elasticsearch, Celery; refuses to start without its secrets. See docs/operations.md."""

from typing import Any

from marketplace.settings.base import *  # noqa: F403  # settings extend each other by design
from marketplace.settings.base import MIDDLEWARE, SITE_URL, STATEMENTS, STORAGES, env

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
DATA_KEYS: list[str] = env.list("DATA_KEYS")
SIGNING_KEYS: list[str] = env.list("SIGNING_KEYS")
SIGNING_KEYS_LOST: list[str] = env.list("SIGNING_KEYS_LOST", [])
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- PostgreSQL, with a pool: without one each request pays for its connection ------------------------------------
DATABASES: dict[str, dict[str, Any]] = {"default": dict(env.dj_db_url("DATABASE_URL"))}
DATABASES["default"]["OPTIONS"] = {
    "pool": {"min_size": 1, "max_size": env.int("DATABASE_POOL", 8), "timeout": 5},
    "application_name": "zhongyan",
    **STATEMENTS,
    # A process that stops in the middle of a transaction keeps others from its rows for so long and no longer;
    # none of ours waits for anybody so long inside one.
    "options": "-c idle_in_transaction_session_timeout=15s",
}

# --- Redis: channel layer and broker only, both disposable -------------------------------------------------------
REDIS_URL = env.str("REDIS_URL").rstrip("/")
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [f"{REDIS_URL}/0"], "prefix": "zhongyan"},
    }
}
CELERY_BROKER_URL = f"{REDIS_URL}/1"
# Without these a Redis that hangs would hold the relay and beat for as long as it does.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 600, "socket_timeout": 5, "socket_connect_timeout": 3}
# A worker waits for its broker for ever, not only a hundred times.
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT = "marketplace.outbox.broker:Transport"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Letters of a thousand submissions must not keep the clock's jobs waiting: a worker takes from both in turn.
CELERY_TASK_QUEUES: dict[str, dict[str, str]] = {"celery": {}, "deliveries": {}}
CELERY_TASK_ROUTES = {"outbox.deliver": {"queue": "deliveries"}}
OUTBOX_HANDOFF = "marketplace.outbox.jobs.hand_over"

# --- Elasticsearch -------------------------------------------------------------------------------------------------
SEARCH_BACKEND = "search.backends.elastic.ElasticIndex"
ELASTICSEARCH_URL = env.str("ELASTICSEARCH_URL")

# --- Mail ----------------------------------------------------------------------------------------------------------
MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
_mail = env.dj_email_url("EMAIL_URL", "smtp://localhost:25")
EMAIL_HOST = _mail["EMAIL_HOST"]
EMAIL_PORT = _mail["EMAIL_PORT"]
EMAIL_HOST_USER = _mail["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = _mail["EMAIL_USE_TLS"]
EMAIL_USE_SSL = _mail["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 10

# --- Behind nginx: it serves the static files, ends TLS and says so ------------------------------------------------
MIDDLEWARE.remove("servestatic.middleware.ServeStaticMiddleware")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 1)
_https = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = _https
CSRF_COOKIE_SECURE = _https
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _https else 0
CLAMD = env.str("CLAMD")
if env.str("VAULT_BUCKET", ""):
    STORAGES["vault"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env.str("VAULT_BUCKET", ""),
            "endpoint_url": env.str("VAULT_ENDPOINT", "") or None,
            "region_name": env.str("VAULT_REGION", "") or None,
            "access_key": env.str("VAULT_KEY", "") or None,
            "secret_key": env.str("VAULT_SECRET", "") or None,
            "addressing_style": "path",
            "default_acl": None,
            "file_overwrite": False,
        },
    }
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
