"""Photos: without what the camera wrote into them, and small enough for a list."""

from io import BytesIO
from typing import IO, Any

from PIL import Image, ImageOps, UnidentifiedImageError

PHOTOS = frozenset({"image/jpeg", "image/png", "image/webp"})
MOST_PIXELS = 100_000_000
#: The longer side of a thumbnail, in pixels: twice what is shown, for sharp screens.
THUMBNAIL = 128
ORIENTATION = 0x0112
UPRIGHT = 1
WRITTEN_IN = frozenset({"exif", "xmp", "XML:com.adobe.xmp", "comment", "photoshop"})
BROKEN = (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError)


class TooManyPixelsError(Exception):
    """The photo has more pixels than are ever unpacked, however small its file."""


def without_metadata(file: IO[bytes]) -> IO[bytes] | None:
    """Return the photo upright and without place, camera and comments; None where it has none.

    None, too, for what can't be read as a photo. Raises TooManyPixelsError.
    """
    image = _opened(file)
    if image is None:
        return None
    try:
        return _plain(image)
    except BROKEN:
        return None


def _plain(image: Image.Image) -> IO[bytes] | None:
    """Return the image saved anew without metadata; None where that changes nothing."""
    if getattr(image, "n_frames", 1) > 1 or not _has_metadata(image):
        return None
    kept: dict[str, Any] = {"icc_profile": image.info.get("icc_profile")}
    if image.format == "JPEG":
        kept |= {"quality": 95, "comment": b"", "xmp": b""}
    elif image.format == "WEBP":
        kept |= {"quality": 90}
    buffer = BytesIO()
    upright: Image.Image = image
    if image.getexif().get(ORIENTATION, UPRIGHT) != UPRIGHT:
        upright = ImageOps.exif_transpose(image)
    elif image.format == "JPEG":
        kept["quality"] = "keep"
    upright.save(buffer, image.format, exif=b"", **kept)
    buffer.seek(0)
    return buffer


def thumbnail(file: IO[bytes]) -> IO[bytes] | None:
    """Return the photo in small, as JPEG; None for what can't be read as a photo."""
    try:
        image = _opened(file)
        if image is None:
            return None
        image.draft("RGB", (THUMBNAIL * 2, THUMBNAIL * 2))
        image.thumbnail((THUMBNAIL, THUMBNAIL))
        small = ImageOps.exif_transpose(image).convert("RGBA")
    except (*BROKEN, TooManyPixelsError):
        return None
    paper = Image.new("RGB", small.size, "white")
    paper.paste(small, mask=small)
    buffer = BytesIO()
    paper.save(buffer, "JPEG", quality=75)
    buffer.seek(0)
    return buffer


def _opened(file: IO[bytes]) -> Image.Image | None:
    """Return the image, not yet unpacked; None for what is none."""
    try:
        image = Image.open(file, formats=("JPEG", "PNG", "WEBP"))
    except Image.DecompressionBombError as error:
        raise TooManyPixelsError from error
    except BROKEN:
        return None
    if image.width * image.height > MOST_PIXELS:
        raise TooManyPixelsError
    return image


def _has_metadata(image: Image.Image) -> bool:
    words = getattr(image, "text", None) if image.format == "PNG" else None
    return bool(image.getexif() or WRITTEN_IN & image.info.keys() or words)
