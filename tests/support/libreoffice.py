"""LibreOffice of this machine: the independent eye on the workbooks and papers that we write."""

import shutil
import subprocess
from pathlib import Path

NAMES = ("soffice", "libreoffice")
PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
)
PACKAGES = ("libreoffice-calc-nogui", "libreoffice-writer-nogui", "fonts-liberation")
MISSING = (
    "Không thấy LibreOffice: hãy cài LibreOffice (Calc, Writer) / "
    "LibreOffice was not found: install LibreOffice (Calc, Writer)"
)


class MissingOfficeError(Exception):
    """There is no LibreOffice on this machine."""


def find() -> str:
    """Return the path of LibreOffice's program."""
    found = [path for name in NAMES if (path := shutil.which(name))]
    found += [place for place in PLACES if Path(place).exists()]
    if not found:
        raise MissingOfficeError(MISSING)
    return found[0]


def convert(source: Path, form: str, folder: Path) -> Path:
    """Let LibreOffice open `source` and save it in `folder` as `form`; return the new file.

    `form` is an ending such as "pdf", which may name a filter of LibreOffice after a colon.
    """
    subprocess.run(
        [find(), f"-env:UserInstallation={(folder / 'profile').resolve().as_uri()}", "--headless",
         "--convert-to", form, "--outdir", str(folder), str(source)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return folder / f"{source.stem}.{form.partition(':')[0]}"
