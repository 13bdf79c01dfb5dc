"""Settings of the test suite: development mode, SQLite unless TEST_DATABASE_URL names a PostgreSQL."""

import atexit
import os
import shutil
import tempfile

os.environ["MODE"] = "development"
# Every run has a folder of its own, whatever DATA_DIR says outside, and leaves nothing behind.
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="common-ground-test-")
atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)
if os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
else:
    os.environ.pop("DATABASE_URL", None)

from programme.config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
WHITENOISE_AUTOREFRESH = True
REQUIRE_SECOND_FACTOR = False
# A closed port: nobody may depend on the broker. Tests that need one start a real Valkey and say so.
CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
# SQLite on disk, so that threads and worker processes of a test see the same data.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}  # noqa: F405
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405
