"""Every setting comes from the environment; the defaults suit one machine that tries Alongside out.

`alongside check` (config/checks.py) refuses, in words, settings that would be unsafe for real children.
"""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from environs import Env

from alongside.config.own_memory import keep_memory
from alongside.config.secret_files import read_secrets
from alongside.shared.keys import secret

# Before any secret is read.
keep_memory()
env = Env()

PACKAGE = Path(__file__).resolve().parent.parent
VAR = Path(env.str("ALONGSIDE_VAR", "var")).resolve()

# A secret may lie in a file instead, which only the service may read.
SECRET_FILES = {
    "ALONGSIDE_SECRET_KEY": env.str("ALONGSIDE_SECRET_KEY_FILE", ""),
    "DATABASE_URL": env.str("DATABASE_URL_FILE", ""),
    "ALONGSIDE_DATA_KEYS": env.str("ALONGSIDE_DATA_KEYS_FILE", ""),
    "ALONGSIDE_SEARCH_KEY": env.str("ALONGSIDE_SEARCH_KEY_FILE", ""),
}
read_secrets(SECRET_FILES)
# Root in a container of its own is nobody outside it.
MAY_BE_ROOT = env.bool("ALONGSIDE_MAY_BE_ROOT", False)

# The demo is a town of invented people: it alone may run with these easy settings.
DEMO = env.bool("ALONGSIDE_DEMO", False)
DEBUG = env.bool("ALONGSIDE_DEBUG", False)
SECRET_KEY = env.str("ALONGSIDE_SECRET_KEY", "")
# Keys of before, the newest first: what they hid or signed still counts, and nothing new is made with them.
SECRET_KEY_FALLBACKS = env.list("ALONGSIDE_OLD_SECRET_KEYS", [])
# Signs the ledger's checkpoints; without it, a key that follows from the secret key does. Public keys of before count.
LEDGER_KEY = env.str("ALONGSIDE_LEDGER_KEY", "")
# The last checkpoint once more, outside the database.
LEDGER_KEPT = VAR / "ledger_checkpoint"
LEDGER_KEYS_BEFORE = env.list("ALONGSIDE_LEDGER_KEYS_BEFORE", [])
# Where the ledger's writer listens; `alongside serve` sets it.
LEDGER_WRITER = env.str("ALONGSIDE_LEDGER_WRITER", "")
ALLOWED_HOSTS = env.list("ALONGSIDE_HOSTS", ["127.0.0.1", "localhost"])
PLAYBOOK = Path(env.str("ALONGSIDE_PLAYBOOK", str(PACKAGE / "playbooks" / "leeds")))

INSTALLED_APPS = [
    "alongside.web",
    "alongside.playbook",
    "alongside.ledger",
    "alongside.access",
    "alongside.agencies",
    "alongside.people",
    "alongside.places",
    "alongside.linkage",
    "alongside.contributions",
    "alongside.chronology",
    "alongside.sharing",
    "alongside.access_requests",
    "alongside.meetings",
    "alongside.my_day",
    "alongside.oversight",
    "alongside.connectors",
    "alongside.keeping",
    "alongside.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "csp",
    "django_tasks_db",
    "allauth.account",
    "allauth.mfa",
]

# The first five see every answer, static files, redirects and failures too.
MIDDLEWARE = [
    "alongside.web.middleware.personal_pages_are_not_kept",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "alongside.web.middleware.systems_come_over_https",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "alongside.agencies.middleware.who_asks",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "alongside.web.middleware.no_address_holds_a_nul",
    # The innermost: what it sends instead of a page that may not be shown gets every header.
    "alongside.ledger.middleware.written_before_it_leaves",
]

ROOT_URLCONF = "alongside.config.urls"
WSGI_APPLICATION = "alongside.config.wsgi.application"
AUTH_USER_MODEL = "agencies.Practitioner"
AUTHENTICATION_BACKENDS = ["alongside.agencies.backend.Seats"]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "/"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "alongside.web.context.furniture",
                "alongside.agencies.governance.governance",
            ],
            "builtins": ["alongside.web.templatetags.web"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # FULL, not NORMAL: a receipt promises that a power cut loses nothing.
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY; "
        # What is deleted or rewritten is overwritten with noughts, so that what was disposed of is not in the file.
        "PRAGMA secure_delete=ON;"
    ),
}
DATABASES = {"default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR / 'alongside.sqlite3'}", conn_max_age=600)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# The one place that a room below knows of the way above it: what follows an accepted contribution.
ALONGSIDE_FLOW = "alongside.flow.follow_pending"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "alongside.agencies.passwords.NotOfWordsKnownHere"},
]
# The playbook's signing_in.toml says when a session ends, within these twelve hours.
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = env.bool("ALONGSIDE_HTTPS", not DEMO)
SESSION_COOKIE_NAME = "__Host-session" if SESSION_COOKIE_SECURE else "sessionid"
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "alongside.web.errors.open_too_long"
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE
# Whoever asks on this machine whether the service is alive asks without HTTPS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if SESSION_COOKIE_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SESSION_COOKIE_SECURE
# Not "no-referrer": a form's way home is how a forged one is told apart (CSRF) where a browser sends no Origin.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("ALONGSIDE_BEHIND_PROXY", False) else None
X_FRAME_OPTIONS = "DENY"

# Signing in: agencies/README.md says how. allauth gives the second factor; none of its pages or e-mails is used.
SECOND_FACTOR = env.bool("ALONGSIDE_SECOND_FACTOR", not DEMO)
SINGLE_SIGN_ON_SECRETS = env.dict("ALONGSIDE_SINGLE_SIGN_ON_SECRETS", {})
MFA_ADAPTER = "alongside.agencies.second_factor_adapter.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_TOLERANCE = 1
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        # A script runs only where our template put it, not because it lies on this server.
        "script-src": [NONCE],
        "script-src-attr": [NONE],
        "style-src": [SELF],
        "style-src-attr": [NONE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        # The map draws in a worker of its own, served by us.
        "worker-src": [SELF],
        "form-action": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        # What a script may write or load is asked of web/trusted.js.
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["default"],
    }
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS: list[Path] = []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Fonts and styles are for our own pages alone.
WHITENOISE_ALLOW_ALL_ORIGINS = False
UPLOADS = VAR / "uploads"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# By which way e-mail goes. Without a server it lies in the folder for data, as in the demo.
MAIL = env.dj_email_url("ALONGSIDE_MAIL", "file:")
EMAIL_BACKEND = MAIL.get("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_HOST, EMAIL_PORT = MAIL["EMAIL_HOST"], MAIL["EMAIL_PORT"] or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL["EMAIL_HOST_USER"], MAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL["EMAIL_USE_TLS"], MAIL["EMAIL_USE_SSL"]
EMAIL_FILE_PATH = VAR / "outbox"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("ALONGSIDE_MAIL_FROM", "alongside@localhost")
# Where a message leads: by the first of the hosts, where nobody says.
HOST = f"https://{ALLOWED_HOSTS[0]}" if SESSION_COOKIE_SECURE and ALLOWED_HOSTS else "http://127.0.0.1:8000"
ADDRESS = env.str("ALONGSIDE_ADDRESS", HOST).rstrip("/")
# Where backups are made, and beside them the list of what was disposed of.
BACKUPS = Path(env.str("ALONGSIDE_BACKUPS", str(VAR / "backups"))).resolve()
# Where litestream copies SQLite to while we serve, like s3://bucket/path or file:///mnt/copies; nothing by default.
LITESTREAM_URL = env.str("ALONGSIDE_LITESTREAM_URL", "")

# Keys that seal the numbers of children in the database, newest first, and one to find them by. Never in the database.
DATA_KEYS = secret("ALONGSIDE_DATA_KEYS")
SEARCH_KEY = secret("ALONGSIDE_SEARCH_KEY")
# Keys of before, by which no number is found: they only tell whether somebody once searched for some words.
OLD_SEARCH_KEYS = secret("ALONGSIDE_OLD_SEARCH_KEYS")

# Who asks to see how the service is doing may need someone to call.
DUTY_PHONE = env.str("ALONGSIDE_DUTY_PHONE", "0113 496 0001")

LOG_LEVEL = env.str("ALONGSIDE_LOG_LEVEL", "WARNING")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"without words": {"()": "alongside.web.logs.WithoutWords"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "without words"}},
    # In place of Django's own, which would send failures by e-mail and print their words.
    "loggers": {"django": {"handlers": [], "level": LOG_LEVEL, "propagate": True}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
