"""The queue that wakes workers up: beside the database, of the same kind."""

import hashlib
import hmac

from huey import Huey, PostgresHuey, SqliteHuey
from huey.serializer import SignedSerializer

from core.config import Settings

NAME = "tonghop"
POSTGRESQL = "postgresql"


def open_queue(settings: Settings) -> Huey:
    """Return the queue of this installation.

    Its messages are pickled, so whoever could write into it could run code: each one is signed
    with a key that is made from the secret key.
    """
    key = hmac.new(settings.secret_key.encode(), b"jobs", hashlib.sha256).hexdigest()
    serializer = SignedSerializer(secret=key, salt=NAME)
    scheme, _mark, rest = settings.sqlalchemy_url.partition("://")
    if scheme.startswith(POSTGRESQL):
        return PostgresHuey(
            NAME, dsn=f"{POSTGRESQL}://{rest}", serializer=serializer, results=False
        )
    # A message that a power cut takes away is sent again, so none has to reach the disk at once.
    return SqliteHuey(
        NAME,
        filename=str(settings.instance_path / "jobs.sqlite3"),
        serializer=serializer,
        results=False,
        fsync=False,
        timeout=30,
    )
