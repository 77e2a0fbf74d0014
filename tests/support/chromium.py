"""The browser of this machine, as the tests start it."""

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
    "C:/Program Files/Microsoft/Edge/Application/msedge.exe",
)
# Where `playwright install chromium` puts one, below the user's folder.
DOWNLOADED = (
    ".cache/ms-playwright/chromium-*/chrome-linux*/chrome",
    "Library/Caches/ms-playwright/chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    "AppData/Local/ms-playwright/chromium-*/chrome-win*/chrome.exe",
)
MISSING = (
    "Không thấy trình duyệt: hãy cài Chromium, Chrome hoặc Edge / "
    "A browser was not found: install Chromium, Chrome or Edge"
)
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class MissingBrowserError(Exception):
    """There is no Chromium, Chrome or Edge on this machine."""


def find_chromium() -> str:
    """Return the path of a browser that Playwright can drive."""
    found = [path for name in NAMES if (path := shutil.which(name))]
    found += [place for place in PLACES if Path(place).exists()]
    found += [str(path) for place in DOWNLOADED for path in sorted(Path.home().glob(place))]
    if not found:
        raise MissingBrowserError(MISSING)
    return found[0]


def launch_arguments() -> list[str]:
    """Return the options that keep the browser off the network, and let it run as root."""
    is_root = os.name != "nt" and os.geteuid() == 0
    return [*QUIET, "--no-sandbox"] if is_root else list(QUIET)
