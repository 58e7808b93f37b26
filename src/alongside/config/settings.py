"""Every setting comes from the environment; the defaults suit one machine that tries Alongside out.

`alongside check` (config/checks.py) refuses, in words, settings that would be unsafe for real children.
"""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from environs import Env

from alongside.config.secret_files import read_secrets

env = Env()

PACKAGE = Path(__file__).resolve().parent.parent
VAR = Path(env.str("ALONGSIDE_VAR", "var")).resolve()

# A secret may lie in a file instead, which only the service may read.
SECRET_FILES = {
    "ALONGSIDE_SECRET_KEY": env.str("ALONGSIDE_SECRET_KEY_FILE", ""),
    "DATABASE_URL": env.str("DATABASE_URL_FILE", ""),
}
read_secrets(SECRET_FILES)
# Root in a container of its own is nobody outside it.
MAY_BE_ROOT = env.bool("ALONGSIDE_MAY_BE_ROOT", False)

# The demo is a town of invented people: it alone may run with these easy settings.
DEMO = env.bool("ALONGSIDE_DEMO", False)
DEBUG = env.bool("ALONGSIDE_DEBUG", False)
SECRET_KEY = env.str("ALONGSIDE_SECRET_KEY", "")
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
    "alongside.meetings",
    "alongside.my_day",
    "alongside.connectors",
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
]

# The first four see every answer, static files, redirects and failures too.
MIDDLEWARE = [
    "alongside.web.middleware.personal_pages_are_not_kept",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "alongside.config.urls"
WSGI_APPLICATION = "alongside.config.wsgi.application"
AUTH_USER_MODEL = "agencies.Practitioner"
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
        "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
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
]
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = env.bool("ALONGSIDE_HTTPS", not DEMO)
# A browser takes a cookie of this name from this very host only, over HTTPS.
SESSION_COOKIE_NAME = "__Host-sessionid" if SESSION_COOKIE_SECURE else "sessionid"
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
