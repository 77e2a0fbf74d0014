"""Makes sure of all programs that the tests drive: `python -m tests.support.prepare`."""

import os
import shutil
import subprocess
import sys

from tests.support import chromium, libreoffice, postgres


def main() -> int:
    """Install what is missing where the system allows it; return how many things still are."""
    packages = list(_missing())
    if packages and (apt_get := _apt_get()):
        print(f"Đang cài / Installing: {', '.join(packages)}…", flush=True)
        install = ["install", "-q", "-y", "--no-install-recommends", *packages]
        for arguments in (["update", "-q"], install):
            subprocess.run([*apt_get, *arguments], stdout=subprocess.DEVNULL, check=False)
    if "chromium" in _missing():
        _download_chromium()
    missing = _missing()
    for advice in dict.fromkeys(missing.values()):
        print(advice, flush=True)
    return len(missing)


def _download_chromium() -> None:
    """Get the browser that Playwright offers for this system; it says itself what goes wrong."""
    line = [sys.executable, "-m", "playwright", "install", "chromium"]
    subprocess.run(line, stdout=subprocess.DEVNULL, check=False)


def _missing() -> dict[str, str]:
    """Return the Debian packages to install, each with what to say where that can't be done."""
    missing = {}
    try:
        chromium.find_chromium()
    except chromium.MissingBrowserError as error:
        missing["chromium"] = str(error)
    if not os.environ.get(postgres.VARIABLE) and postgres.find_binaries() is None:
        missing["postgresql"] = postgres.MISSING
    try:
        libreoffice.find()
    except libreoffice.MissingOfficeError as error:
        missing |= dict.fromkeys(libreoffice.PACKAGES, str(error))
    return missing


def _apt_get() -> list[str] | None:
    """Return how to call apt-get without being asked anything, or None where nobody may."""
    if shutil.which("apt-get") is None:
        return None
    quietly = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    if os.geteuid() == 0:
        return quietly
    if shutil.which("sudo") and not subprocess.run(["sudo", "-n", "true"], check=False).returncode:
        return ["sudo", "-n", *quietly]
    return None


if __name__ == "__main__":
    sys.exit(main())
