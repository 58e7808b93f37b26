"""Settings of Django that would let a page, a cookie or a message be read by others: plain rules over the settings.

Whoever writes settings of their own (`DJANGO_SETTINGS_MODULE`) may change any of them; each is looked at as it is.
"""

import ipaddress
from typing import Any

from .refusal import Refusal, Rules

HOURS = 60 * 60
LONGEST_SESSION, SHORTEST_HSTS = 12 * HOURS, 365 * 24 * HOURS
SHORTEST_PASSWORD, LARGEST_FORM = 12, 50 * 1024 * 1024
KEEPING_ONE_S_OWN = {"no-referrer", "same-origin"}
LOOSE = {"*", "http:", "https:", "'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "'wasm-unsafe-eval'"}
# Words in the page itself; a picture may be such words, nothing else.
EMBEDDED, MAY_EMBED = {"data:", "blob:", "filesystem:"}, {"img-src"}
CLOSED = ("object-src", "base-uri", "frame-ancestors")
STRONG = ("Argon2PasswordHasher", "ScryptPasswordHasher", "BCryptSHA256PasswordHasher", "PBKDF2PasswordHasher")
TOOLS = {"debug_toolbar", "silk", "django_extensions", "django_browser_reload", "django_watchfiles"}
GUARDS = (
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "alongside.web.middleware.personal_pages_are_not_kept",
    "alongside.web.middleware.systems_come_over_https",
    "alongside.agencies.middleware.who_asks",
    "alongside.ledger.middleware.written_before_it_leaves",
)


def is_address(host: str) -> bool:
    """Whether a host is a number, and not this machine itself."""
    try:
        return not ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def policy_of(settings: Any) -> dict[str, list[str]]:
    """The content security policy that is enforced, directive by directive; empty where there is none."""
    directives = getattr(settings, "CONTENT_SECURITY_POLICY", {}).get("DIRECTIVES", {})
    return {name: [str(source) for source in sources] for name, sources in directives.items() if sources}


def is_loose(settings: Any) -> bool:
    """Whether a source is open to anybody, however it is written: browsers read capitals as small letters."""
    sources = [(name, one.lower()) for name, some in policy_of(settings).items() for one in some]
    return any(one in LOOSE or (one in EMBEDDED and name not in MAY_EMBED) for name, one in sources)


def is_open(settings: Any) -> bool:
    policy = policy_of(settings)
    return any(policy.get(name) != ["'none'"] for name in CLOSED)


def shortest_password(settings: Any) -> int:
    """The least length that a new password must have."""
    rules = [one for one in settings.AUTH_PASSWORD_VALIDATORS if one["NAME"].endswith("MinimumLengthValidator")]
    return max((int(one.get("OPTIONS", {}).get("min_length", 8)) for one in rules), default=0)


def logs_level(settings: Any, *loggers: str) -> bool:
    """Whether one of these logs, or for none the root, tells everything."""
    kept = settings.LOGGING.get("loggers", {})
    found = [kept.get(name, {}) for name in loggers] or [settings.LOGGING.get("root", {})]
    return any(str(one.get("level", "")).upper() in {"DEBUG", "NOTSET", "10", "0"} for one in found)


COOKIES: Rules = {
    Refusal(
        "Scripts may read the session’s cookie: one mistake in a page would give the session away.",
        "Leave SESSION_COOKIE_HTTPONLY true.",
    ): lambda s: not s.SESSION_COOKIE_HTTPONLY,
    Refusal(
        "Other sites may send our session’s cookie along with what they ask for.",
        "Leave SESSION_COOKIE_SAMESITE at “Lax” or “Strict”.",
    ): lambda s: s.SESSION_COOKIE_SAMESITE not in ("Lax", "Strict"),
    Refusal(
        "The session’s cookie goes to every host of a domain, and any of them could use it.",
        "Unset SESSION_COOKIE_DOMAIN.",
    ): lambda s: bool(s.SESSION_COOKIE_DOMAIN),
    Refusal(
        "A session lasts longer than a working day: whoever finds the screen next morning could read on.",
        "Set SESSION_COOKIE_AGE to 12 hours or less.",
    ): lambda s: s.SESSION_COOKIE_AGE > LONGEST_SESSION,
    Refusal(
        "Sessions are kept in cookies, so that none can be ended from here.",
        "Leave SESSION_ENGINE as it is: sessions in the database.",
    ): lambda s: s.SESSION_ENGINE.endswith("signed_cookies"),
    Refusal(
        "Sessions are stored as programs: whoever can write one could run anything.",
        "Leave SESSION_SERIALIZER at JSON.",
    ): lambda s: "pickle" in s.SESSION_SERIALIZER.lower(),
    Refusal(
        "The mark that proves a form is ours lies in a cookie that travels unencrypted.",
        "Leave CSRF_USE_SESSIONS true, or set CSRF_COOKIE_SECURE to true.",
    ): lambda s: not (s.CSRF_USE_SESSIONS or s.CSRF_COOKIE_SECURE),
    Refusal(
        "Forms are taken from sites that are named by a pattern or reached without HTTPS.",
        "Name each site in CSRF_TRUSTED_ORIGINS whole, beginning with https://.",
    ): lambda s: any("*" in one or not one.startswith("https://") for one in s.CSRF_TRUSTED_ORIGINS),
}

TRAVEL: Rules = {
    Refusal(
        "Browsers are not told to come back by HTTPS only (HSTS), or for less than a year.",
        "Set SECURE_HSTS_SECONDS to 31536000 or more.",
    ): lambda s: s.SECURE_HSTS_SECONDS < SHORTEST_HSTS,
    Refusal(
        "HTTPS is asked of this name and not of the names below it, where a cookie could be planted.",
        "Leave SECURE_HSTS_INCLUDE_SUBDOMAINS true.",
    ): lambda s: not s.SECURE_HSTS_INCLUDE_SUBDOMAINS,
    Refusal(
        "Who comes without HTTPS is not sent to it.",
        "Leave SECURE_SSL_REDIRECT true.",
    ): lambda s: not s.SECURE_SSL_REDIRECT,
    Refusal(
        "The host’s name is believed from a header that anyone can send.",
        "Unset USE_X_FORWARDED_HOST; let the proxy keep the Host header as it came.",
    ): lambda s: s.USE_X_FORWARDED_HOST,
    Refusal(
        "Every host below a domain is accepted: one that somebody else runs could send links in our name.",
        "Name each host in ALONGSIDE_HOSTS whole, without a dot before it.",
    ): lambda s: any(host.startswith(".") for host in s.ALLOWED_HOSTS),
    Refusal(
        "A host is named by its number: no certificate proves a number, so people would learn to click warnings away.",
        "Name the host in ALONGSIDE_HOSTS as people type it.",
    ): lambda s: any(is_address(host) for host in s.ALLOWED_HOSTS),
    Refusal(
        "A host’s name holds more than the name, so that no page would ever answer under it.",
        "Write hosts in ALONGSIDE_HOSTS without https://, port or path.",
    ): lambda s: any("/" in host or (":" in host and host.count(":") == 1) for host in s.ALLOWED_HOSTS),
    Refusal(
        "Failures would be e-mailed with what the page held: a child’s information would leave this machine.",
        "Leave ADMINS empty: failures are in the log, by code and without their content.",
    ): lambda s: bool(s.ADMINS),
}

PAGES: Rules = {
    Refusal(
        "There is no content security policy: a script that slipped into a page would run.",
        "Leave CONTENT_SECURITY_POLICY as it is; a policy that only reports does not protect.",
    ): lambda s: not policy_of(s),
    Refusal(
        "The content security policy is loosened: it lets strangers’ or inline scripts or styles in.",
        "Take “unsafe-…”, *, http: and https: out of CONTENT_SECURITY_POLICY.",
    ): is_loose,
    Refusal(
        "The content security policy leaves plug-ins, base addresses or frames open.",
        "Leave object-src, base-uri and frame-ancestors at 'none' in CONTENT_SECURITY_POLICY.",
    ): lambda s: bool(policy_of(s)) and is_open(s),
    Refusal(
        "Our pages may be shown inside a stranger’s page.",
        "Leave X_FRAME_OPTIONS at “DENY”.",
    ): lambda s: s.X_FRAME_OPTIONS != "DENY",
    Refusal(
        "Other sites would be told the address of the page a reader came from, a child’s reference in it.",
        "Set SECURE_REFERRER_POLICY to “same-origin” or “no-referrer”.",
    ): lambda s: s.SECURE_REFERRER_POLICY not in KEEPING_ONE_S_OWN,
    Refusal(
        "Browsers may guess what a file is and run what should be read.",
        "Leave SECURE_CONTENT_TYPE_NOSNIFF true.",
    ): lambda s: not s.SECURE_CONTENT_TYPE_NOSNIFF,
    Refusal(
        "A part that guards every page is taken out of MIDDLEWARE.",
        "Put back what the shipped settings have: " + ", ".join(one.rsplit(".", 1)[1] for one in GUARDS) + ".",
    ): lambda s: any(guard not in s.MIDDLEWARE for guard in GUARDS),
    Refusal(
        "Templates do not escape what people typed: words could become scripts.",
        "Leave `autoescape` on in TEMPLATES.",
    ): lambda s: any(one.get("OPTIONS", {}).get("autoescape") is False for one in s.TEMPLATES),
    Refusal(
        "A tool for developers is installed, which shows the inside of pages.",
        "Take debug toolbars and the like out of INSTALLED_APPS.",
    ): lambda s: any(app.split(".")[0] in TOOLS for app in s.INSTALLED_APPS),
    Refusal(
        "Django’s admin is installed: it reads and changes records past the policy and the ledger.",
        "Take django.contrib.admin out of INSTALLED_APPS.",
    ): lambda s: "django.contrib.admin" in s.INSTALLED_APPS,
    Refusal(
        "A form of any size or number of fields is taken in, so that one request could use up the memory.",
        "Set DATA_UPLOAD_MAX_MEMORY_SIZE to 50 MB or less, and leave DATA_UPLOAD_MAX_NUMBER_FIELDS set.",
    ): lambda s: (
        (s.DATA_UPLOAD_MAX_MEMORY_SIZE or LARGEST_FORM + 1) > LARGEST_FORM or not s.DATA_UPLOAD_MAX_NUMBER_FIELDS
    ),
    Refusal(
        "Uploads would lie among the files that are served to anyone.",
        "Keep UPLOADS outside STATIC_ROOT.",
    ): lambda s: s.UPLOADS.is_relative_to(s.STATIC_ROOT) or s.STATIC_ROOT.is_relative_to(s.UPLOADS),
}

PASSWORDS_AND_LOGS: Rules = {
    Refusal(
        "Passwords are kept in a way that is quickly guessed back.",
        "Put scrypt or Argon2 first in PASSWORD_HASHERS, and keep no weaker one after it.",
    ): lambda s: not all(one.endswith(STRONG) for one in s.PASSWORD_HASHERS),
    Refusal(
        "A password may be shorter than twelve characters.",
        "Set min_length to 12 or more in AUTH_PASSWORD_VALIDATORS.",
    ): lambda s: shortest_password(s) < SHORTEST_PASSWORD,
    Refusal(
        "A password may be one that everybody guesses first.",
        "Leave CommonPasswordValidator in AUTH_PASSWORD_VALIDATORS.",
    ): lambda s: not any(one["NAME"].endswith("CommonPasswordValidator") for one in s.AUTH_PASSWORD_VALIDATORS),
    Refusal(
        "A password may be the name of the service, or of its holder.",
        "Leave NotOfWordsKnownHere in AUTH_PASSWORD_VALIDATORS.",
    ): lambda s: not any(one["NAME"].endswith("NotOfWordsKnownHere") for one in s.AUTH_PASSWORD_VALIDATORS),
    Refusal(
        "The log tells everything, and with that what people wrote about children.",
        "Set ALONGSIDE_LOG_LEVEL to WARNING or INFO.",
    ): logs_level,
    Refusal(
        "Every question to the database is logged, with names and numbers in it.",
        "Take the level DEBUG off the log django.db.backends.",
    ): lambda s: logs_level(s, "django.db.backends", "django.db"),
    Refusal(
        "Times have no time zone: a deadline could be an hour out.",
        "Leave USE_TZ true and TIME_ZONE at “Europe/London”.",
    ): lambda s: not s.USE_TZ or s.TIME_ZONE in ("", "America/Chicago"),
}

RULES: Rules = {**COOKIES, **TRAVEL, **PAGES, **PASSWORDS_AND_LOGS}
