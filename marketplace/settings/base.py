"""What both modes share. One concern a block; nothing happens on import but reading the environment."""

import json
import logging
from pathlib import Path
from typing import Any

from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _
from environs import Env

from marketplace.settings.limits import *  # noqa: F403  # settings extend each other by design
from marketplace.settings.providers import signing_in
from marketplace.settings.stores import stores

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / "data")))

# --- The house ---------------------------------------------------------------------------------------------
DEMO = env.bool("DEMO", False)
"""Demo bar, demo accounts, readable mails, movable clock. Refused unless every allowed host is loopback."""

INSTALLED_APPS = [
    "marketplace",
    "marketplace.outbox",
    "marketplace.vault",
    "marketplace.registry",
    "marketplace.accounts",
    "marketplace.sealing",
    "marketplace.identity",
    "marketplace.consents",
    "marketplace.structure",
    "marketplace.administration",
    "marketplace.profiles",
    "marketplace.privacy",
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
    "allauth.mfa",
    "allauth.socialaccount",
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
    "marketplace.vault.web.bounds.Bounds",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "marketplace.accounts.web.second_factor.SecondFactorGate",
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
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024  # the longest proposal, encoded; of strangers: vault.web.bounds
DATA_UPLOAD_MAX_NUMBER_FILES = 4
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "marketplace.vault.intake.SealingUploadHandler",
]

# --- Languages and time --------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "marketplace" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# --- People --------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["marketplace.accounts.backend.Backend"]
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
ACCOUNT_FORMS = {
    "login": "marketplace.accounts.web.doors.SignInForm",
    "signup": "marketplace.accounts.web.forms.SignupForm",
    "reset_password": "marketplace.accounts.web.doors.ResetForm",
    "add_email": "marketplace.accounts.web.doors.FurtherAddressForm",
}
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "marketplace.accounts.tokens.ResetTokens"  # noqa: S105  # a class
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

# --- Text messages: the gateway they are handed to; without one there are no mobile numbers (the demo shows them) --
SMS_URL = env.str("SMS_URL", "")
SMS_TOKEN = env.str("SMS_TOKEN", "")
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {"text_message": "1/m/user,5/d/user,1/m/key,5/d/key,20/d/ip"}
"""Beside the library's own limits; a key is a number."""

# --- Who runs this installation; shown on every page and in the texts people agree to ----------------------------
OPERATOR = {
    "name": env.str("OPERATOR_NAME", ""),
    "contact": env.str("OPERATOR_CONTACT", ""),
    "icp": env.str("ICP_RECORD", ""),
    "icp_url": "https://beian.miit.gov.cn/",
    "police": env.str("POLICE_RECORD", ""),
    "police_url": env.str("POLICE_RECORD_URL", "https://beian.mps.gov.cn/"),
}

# --- Organisations: the official register their credit codes are looked up in, a list or a service; neither is allowed
REGISTER_FILE = env.str("REGISTER_FILE", "")
REGISTER_URL = env.str("REGISTER_URL", "")
REGISTER_TOKEN = env.str("REGISTER_TOKEN", "")

# --- Real names ---------------------------------------------------------------------------------------------------
REAL_NAME_WORKING_DAYS = 3
"""Within so many working days a document is compared; said on the form until there is experience to say it by."""

# --- Personal information -----------------------------------------------------------------------------------------
SECURITY_LOG_DAYS = env.int("SECURITY_LOG_DAYS", 184)
"""For so long sign-ins stay on record: six months at least (网络安全法 art. 21), and no longer than that is needed."""
ERASURE_WAITS_FOR = [
    "marketplace.accounts.policy.offices_bind",
    "marketplace.accounts.policy.houses_bind",
    "tasks.challenges.policy.postings_bind",
    "tasks.proposals.policy.proposals_bind",
    "tasks.adjudication.policy.cases_bind",
]
"""What an account is not erased before it is over: each gives the reasons that there are for a person."""

# --- Separated administrators (docs/decisions/0014-separated-administrators.md) -----------------------------------
GRANT_REQUEST_DAYS = 14
"""For so long a proposed grant waits for its second person."""
TRAIL_SHOWS = [
    "marketplace.accounts.queries.facts_shown",
    "marketplace.identity.queries.facts_shown",
    "marketplace.consents.queries.facts_shown",
    "marketplace.administration.trail.facts_shown",
    "marketplace.vault.queries.facts_shown",
    "marketplace.registry.queries.facts_shown",
    "tasks.challenges.queries.facts_shown",
    "tasks.proposals.queries.facts_shown",
    "tasks.adjudication.trail.facts_shown",
]
"""Which facts audit administrators may see: whatever meets one of these conditions. Of other streams nothing shows."""

# --- The second factor: an authenticator app, a passkey or a security key, with recovery codes --------------------
SECOND_FACTOR_FOR = [
    "marketplace.accounts.second_factor.holding_office",
    "tasks.adjudication.queries.judging",
]
"""Whom one is asked of: whoever meets one of these conditions."""
SECOND_FACTOR_LOST = "lost:ask"
"""The page that stays open to whoever cannot show theirs."""
SECOND_FACTOR_NOT_ME = "lost:not_me"
"""Where a letter leads its owner in whatever browser, to say that somebody else asks for a reset."""
MFA_ADAPTER = "marketplace.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "add_webauthn": "marketplace.accounts.web.passkeys.PasskeyForm",
    "authenticate_webauthn": "marketplace.accounts.web.passkeys.SecondStepForm",
    "edit_webauthn": "marketplace.accounts.web.passkeys.PasskeyNameForm",
    "login_webauthn": "marketplace.accounts.web.passkeys.PasskeyLoginForm",
    "reauthenticate_webauthn": "marketplace.accounts.web.passkeys.PasskeyReauthenticationForm",
}
# The library refuses a second address to whoever has a second factor, lest an address nobody confirmed keep its owner
# out; here nobody signs in before confirming one, and an unconfirmed one counts for nothing.
MFA_ALLOW_UNVERIFIED_EMAIL = True

# --- Providers: who else may sign people in (docs/decisions/0011-the-doors.md) ------------------------------------
SOCIALACCOUNT_PROVIDERS = signing_in(
    json.loads(env.str("OIDC_PROVIDERS", "") or "[]"),
    {
        "client_id": env.str("ORCID_CLIENT_ID", ""),
        "secret": env.str("ORCID_CLIENT_SECRET", ""),
        "site": env.str("ORCID_SITE", "https://orcid.org"),
    },
)
SOCIALACCOUNT_ADAPTER = "marketplace.accounts.connections.ConnectionsAdapter"
SOCIALACCOUNT_FORMS = {"signup": "marketplace.accounts.web.forms.ConnectedSignupForm"}
SOCIALACCOUNT_AUTO_SIGNUP = False  # whoever is new agrees to the texts first
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # an address, confirmed or not, is no key to somebody's account
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5

# --- Sessions ----------------------------------------------------------------------------------------------------
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

# --- Files that people hand in ---------------------------------------------------------------------------------
VAULT_DOORS = [
    "marketplace.accounts.papers.DOOR",
    "marketplace.identity.scans.DOOR",
    "marketplace.consents.letters.DOOR",
    *(f"tasks.challenges.attachments.{one}" for one in ("OPEN_DOOR", "NDA_DOOR")),
    *("tasks.teams.letters.DOOR", "tasks.adjudication.files.DOOR"),
]  # where files come in; each names who may bring and read them
VAULT_QUOTA = 1024 * 1024 * 1024
"""Bytes one person may have brought in all."""
FILES_REFUSED_AN_HOUR = 30
"""So many files of one person are examined in vain within an hour; 0 for any number."""
CLAMD = env.str("CLAMD", "")
"""The malware scanner: "host:port", or the path of its socket. Production refuses to start without."""
CLAMD_PATIENCE = 60
"""Seconds for one step of a scan; a file of 100 MB takes a few."""
STORAGES = stores(
    vault=env.str("VAULT_DIR", str(DATA_DIR / "vault")),
    draft_keys=env.str("DRAFT_KEYS_DIR", str(DATA_DIR / "draft_keys")),
)

# --- Time stamps of receipts (RFC 3161): no authority is asked unless one is named, its roots (PEM) beside it
TIMESTAMP_URL, TIMESTAMP_CA = env.str("TIMESTAMP_URL", ""), env.str("TIMESTAMP_CA", "")
TIMESTAMP_POLICY = env.str("TIMESTAMP_POLICY", "")

# --- Sealed proposals -------------------------------------------------------------------------------------------
PHRASE_COST = (1, 8 * 1024 * 1024) if DEMO else (3, 256 * 1024 * 1024)
"""Passes and bytes of memory for one try of an opening officer's phrase (Argon2id); the demonstration shows its own."""

# --- Jobs: one schedule, carried out by beat and worker in production, by a thread of the server embedded ---------
STALE = {"expires": 30}
"""What beat has asked for many times while no worker was there is done once, not once for each time."""
# By the hour (UTC: night in China) and not every so many seconds what is due daily: a beat that is started again more
# often than that begins to count anew each time.
CELERY_BEAT_SCHEDULE = {
    "advance challenges past their moments": {"task": "tasks.advance", "schedule": 2.0, "options": STALE},
    "seal what was handed in": {"task": "tasks.settle_tickets", "schedule": 2.0, "options": STALE},
    "take over lists of challenges": {"task": "tasks.take_over_sheets", "schedule": 2.0, "options": STALE},
    "have receipts stamped": {"task": "tasks.stamp_receipts", "schedule": 10.0, "options": STALE},
    "scan files": {"task": "vault.scan", "schedule": 2.0, "options": STALE},
    "send letters": {"task": "notices.send_letters", "schedule": 5.0, "options": STALE},
    "let proposed grants lapse": {"task": "administration.lapse", "schedule": crontab(minute=45)},
    "forget sessions that are over": {"task": "accounts.forget_sessions", "schedule": crontab(hour=19, minute=0)},
    "end verifications that are over": {"task": "accounts.keep_verifications", "schedule": crontab(minute=20)},
    "tell of consents that end": {"task": "consents.tell_of_ends", "schedule": crontab(minute=25)},
    "erase accounts that asked for it": {"task": "privacy.erase_due", "schedule": crontab(minute=40)},
    "build anew what forgets": {"task": "search.forget", "schedule": crontab(minute=50)},
    "seal what came before there were keys": {"task": "tasks.seal_earlier", "schedule": crontab(minute=10)},
    "remind opening officers": {"task": "sealing.remind", "schedule": crontab(minute=30)},
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
        **{name: {"level": "WARNING"} for name in ("uvicorn.access", "fontTools", "pikepdf")},
    },
}
DJANGO_STRUCTLOG_CELERY_ENABLED = False
# One line a request, when its outcome is known. What the one before it told besides, the browser's name, nobody asked.
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
