"""What a page hands back for a further step: sealed, so that only this server can have made it."""

import zlib
from typing import Any

import orjson
from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from core.errors import InvalidError
from core.words import _

#: How long a check page may lie open, in seconds.
PATIENCE = 24 * 3600
LARGEST = 3_000_000


def seal(purpose: str, found: Any) -> str:
    """Return `found` (JSON values) as a sealed text; raises ValueError where it is too large."""
    packed = zlib.compress(orjson.dumps(found)).hex()
    sealed = str(_sealer(purpose).dumps(packed))
    if len(sealed) > LARGEST:
        raise ValueError(_("Tệp có quá nhiều nội dung mới. Hãy nộp làm nhiều lần."))
    return sealed


def unseal(purpose: str, text: str) -> Any:
    """Return what was sealed for the same purpose; raises InvalidError."""
    try:
        packed = _sealer(purpose).loads(text, max_age=PATIENCE)
    except BadData as error:
        raise InvalidError(_("Trang kiểm tra đã quá hạn. Hãy tải tệp lên lại.")) from error
    return orjson.loads(zlib.decompress(bytes.fromhex(packed)))


def _sealer(purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt=purpose)
