"""Finds an installed browser of the Chromium family: Chromium, Chrome, Edge or Brave."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

VARIABLE = "PMOGEN_BROWSER"
"""Names the program to use, where it is none of those that are looked for."""

_COMMANDS = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("microsoft-edge", "microsoft-edge-stable", "msedge", "brave-browser"),
)
_ON_A_MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Brave Browser.app/Contents/MacOS/Brave Browser",
)
_ON_WINDOWS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
    "BraveSoftware/Brave-Browser/Application/brave.exe",
)
_WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")


def find_browser() -> str | None:
    """The program named in PMOGEN_BROWSER, or the first known one that is installed."""
    return os.environ.get(VARIABLE) or next(_installed(), None)


def _installed() -> Iterator[str]:
    yield from (found for name in _COMMANDS if (found := shutil.which(name)))
    if sys.platform == "darwin":
        yield from (path for path in _ON_A_MAC if Path(path).is_file())
    if sys.platform == "win32":
        for folder in (os.environ[name] for name in _WINDOWS_FOLDERS if name in os.environ):
            yield from (str(path) for name in _ON_WINDOWS if (path := Path(folder, name)).is_file())
