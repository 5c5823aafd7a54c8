"""What both modes share. One concern a block; nothing happens on import but reading the environment."""

import logging
from pathlib import Path
from typing import Any

from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _
from environs import Env

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / "data")))

# --- The house ---------------------------------------------------------------------------------------------
DEMO = env.bool("DEMO", False)
"""Demo bar, demo accounts, readable mails, movable clock. Refused unless every allowed host is loopback."""

INSTALLED_APPS = [
    "marketplace",
    "marketplace.outbox",
    "marketplace.registry",
    "marketplace.accounts",
    "tasks",
    # In a batch of facts listeners are served in this order: the index knows before pages are told to look again.
    "search",
    "realtime",
    "marketplace.notices",
    "marketplace.oversight",
    *(["marketplace.demo"] if DEMO else []),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "channels",
    "csp",
    "django_htmx",
    "django_structlog",
    "servestatic",
    "django.contrib.staticfiles",
]
ROOT_URLCONF = "marketplace.urls"
WSGI_APPLICATION = "marketplace.wsgi.application"
ASGI_APPLICATION = "marketplace.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATEMENTS = {"server_side_binding": True, "prepare_threshold": 5}
"""How PostgreSQL is asked: values go beside the statement, so that a connection plans what it asks often only once."""
CLOCK = "marketplace.demo.clock.offset" if DEMO else ""

# --- Requests ----------------------------------------------------------------------------------------------
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "servestatic.middleware.ServeStaticMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "marketplace.kernel.reading.Reading",
    "marketplace.kernel.boundary.ExpectedFailures",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "marketplace.context.page",
            ],
            "builtins": ["marketplace.templatetags.zhongyan", "django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
INSTALLED_APPS.append("django.forms")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- Languages and time --------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "marketplace" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# --- People --------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "work:mine"
ACCOUNT_LOGOUT_REDIRECT_URL = "landing"  # by name, so in the language it was asked in; allauth's own is "/"
ACCOUNT_ADAPTER = "marketplace.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"signup": "marketplace.accounts.web.forms.SignupForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# --- Storage (both modes keep sessions and the login throttle in the database: killing Redis must not kill login)
SESSION_ENGINE = "django.contrib.sessions.backends.db"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Beyond this a third is thrown away, the counts of failed sign-ins among it; Django's own limit is 300.
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
    # Pieces of public pages, in each page process: named by what they show and as of when, so never out of date;
    # and beside them what may be a minute old: counts of the filters, choices of fields and regions.
    "pieces": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pieces",
        "TIMEOUT": 120,
        "OPTIONS": {"MAX_ENTRIES": 200},
    },
    # Public figures as they were counted at most a minute ago, in each page process.
    "figures": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "figures",
        "OPTIONS": {"MAX_ENTRIES": 40},
    },
}

# --- Files that every browser gets ---------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(DATA_DIR / "static")))
SERVESTATIC_USE_FINDERS = True
SERVESTATIC_AUTOREFRESH = False

# --- Mail: written as rows in the transaction, sent by the job `notices.send_letters` ---------------------------
EMAIL_BACKEND = "marketplace.notices.mail.QueueBackend"
MAIL_TRANSPORT = "django.core.mail.backends.dummy.EmailBackend"
"""What the mail job hands letters to: SMTP in production, nothing embedded (the demo shows every letter)."""
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "众研 <no-reply@localhost>")
SITE_URL = env.str("SITE_URL", f"http://127.0.0.1:{env.int('PORT', 8000)}")

# --- Jobs: one schedule, carried out by beat and worker in production, by a thread of the server embedded ---------
STALE = {"expires": 30}
"""What beat has asked for many times while no worker was there is done once, not once for each time."""
# By the hour (UTC: night in China) and not every so many seconds what is due daily: a beat that is started again more
# often than that begins to count anew each time.
CELERY_BEAT_SCHEDULE = {
    "advance challenges past their moments": {"task": "tasks.advance", "schedule": 2.0, "options": STALE},
    "take over lists of challenges": {"task": "tasks.take_over_sheets", "schedule": 2.0, "options": STALE},
    "send letters": {"task": "notices.send_letters", "schedule": 5.0, "options": STALE},
    "forget sessions that are over": {"task": "accounts.forget_sessions", "schedule": crontab(hour=19, minute=0)},
    "prune done deliveries": {"task": "outbox.prune", "schedule": crontab(hour=19, minute=10)},
    "prune live messages": {"task": "realtime.prune", "schedule": 3600.0},
    "prune letters": {"task": "notices.prune", "schedule": crontab(hour=19, minute=20)},
    "bring the search index up to date": {"task": "search.catch_up", "schedule": 5.0, "options": STALE},
    "verify the search index": {"task": "search.verify_index", "schedule": crontab(hour=19, minute=30)},
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TIMEZONE = "UTC"
OUTBOX_HANDOFF = "marketplace.outbox.embedded.hand_over"
"""Who carries slow deliveries: a thread of this process, or Celery by delivery id."""

# --- Search ---------------------------------------------------------------------------------------------------
SEARCH_BACKEND = "search.backends.embedded.EmbeddedIndex"
SEARCH_DATABASE = DATA_DIR / "search.db"
SEARCH_INDEX_PREFIX = "zhongyan"
ELASTICSEARCH_URL = ""
SEARCH_PATIENCE = 2
"""Seconds a page waits for the engine; the client's own 10 seconds and 3 retries would hang it."""

# --- Live updates -----------------------------------------------------------------------------------------------
CHANNEL_LAYERS: dict[str, dict[str, Any]] = {"default": {"BACKEND": "realtime.layers.ThreadSafeInMemoryLayer"}}

# --- Browser rules: nothing inline, nothing from another host -----------------------------------------------------
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "marketplace.failures.csrf"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# --- Logs: one JSON object a line, with the request id that facts carry too ----------------------------------------
LOG_LEVEL = env.str("LOG_LEVEL", "INFO")
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "marketplace.logs.JsonLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "elastic_transport": {"level": "ERROR"},
        "uvicorn.access": {"level": "WARNING"},
    },
}
DJANGO_STRUCTLOG_CELERY_ENABLED = False
# One line a request, when its outcome is known. What the one before it told besides, the browser's name, nobody asked.
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
