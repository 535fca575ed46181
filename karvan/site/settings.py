"""Settings, read from the environment. A value that is not understood is refused at the start.

KARVAN_ENV          development (default) or production
SECRET_KEY          required in production; else made once and kept in the data folder
DATABASE_URL        postgres://… ; without it SQLite in the data folder
ALLOWED_HOSTS       host names, separated by commas; required in production
KARVAN_DATA         folder of the database, the key and the collected static files
KARVAN_DEBUG        yes shows Django's debug pages; development only
KARVAN_HTTPS        yes (default in production): redirect to HTTPS, HSTS, secure cookies
KARVAN_PROXIES      how many trusted proxies stand before the site (default 0)
RATE_LIMIT_STORAGE  where attempts are counted: memory:// (default), or a storage that several
                    processes share, as the package `limits` writes it
"""

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from karvan.site import environment

PACKAGE = Path(__file__).resolve().parent.parent
CHECKOUT = PACKAGE.parent
IN_CHECKOUT = (CHECKOUT / "pyproject.toml").is_file()
DATA = Path(environment.text("KARVAN_DATA") or (CHECKOUT if IN_CHECKOUT else Path.cwd()) / "var")

PRODUCTION = environment.one_of("KARVAN_ENV", ("development", "production")) == "production"
DEBUG = environment.flag("KARVAN_DEBUG", False)
if DEBUG and PRODUCTION:
    raise ImproperlyConfigured("KARVAN_DEBUG must not be yes in production.")
SECRET_KEY = environment.secret_key(production=PRODUCTION, file=DATA / "secret-key")
ALLOWED_HOSTS = environment.words(
    "ALLOWED_HOSTS", "" if PRODUCTION else "localhost,127.0.0.1,[::1]"
)
if PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the site's hosts in production.")
HTTPS = environment.flag("KARVAN_HTTPS", PRODUCTION)
PROXIES = environment.number("KARVAN_PROXIES", 0)
RATE_LIMIT_STORAGE = environment.text("RATE_LIMIT_STORAGE", "memory://")

INSTALLED_APPS = [
    "karvan.site",
    "karvan.observatory",
    "karvan.journeys",
    "karvan.catalogue",
    "karvan.ui",
    "csp",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Answers are compressed, and Django's own middleware pads them against BREACH. Nothing that
    # a page says back stands beside a secret: the CSRF token is masked anew in each answer.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "karvan.site.middleware.RefusedMiddleware",
    "karvan.journeys.middleware.NotesMiddleware",
]
ROOT_URLCONF = "karvan.site.urls"
WSGI_APPLICATION = "karvan.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "karvan.site.context.frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "karvan.ui.templatetags.formatting",
                "karvan.ui.templatetags.components",
            ],
        },
    }
]
DATABASES = {"default": environment.database("DATABASE_URL", default=DATA / "karvan.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский"), ("tr", "Türkçe")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
# The side of the page is taken from the language; only tests may force it.
DIRECTION_MAY_BE_FORCED = False

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
# The token lasts no longer than the answers it protects would.
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "karvan.site.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY = {
    name: []
    for name in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "encrypted-media",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "publickey-credentials-get",
        "usb",
    )
}
# A form here holds a handful of short answers; nothing larger is read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 60
DATA_UPLOAD_MAX_NUMBER_FILES = 0

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_query": {"()": "karvan.site.logs.WithoutQuery"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["without_query"],
            "formatter": "line",
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Django's own handlers would mail a failing request with its cookies: none of them is kept.
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}
