"""The playbook as a PDF: an installed browser prints the one-file edition, with an outline and tags for screen readers."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from pmogen.errors import PmogenError
from pmogen.language import _, ngettext
from pmogen.site.browser import VARIABLE, find_browser

PATIENCE_SECONDS = 300
SECONDS_A_MEGABYTE = 30
"""How long a browser may take for each, where that is longer: 35 MB, 1,425 pages, took eight minutes."""
LARGE = 10_000_000
"""Characters of a page that takes minutes."""

_SWITCHES = (
    *("--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
    *("--no-pdf-header-footer", "--generate-pdf-document-outline", "--export-tagged-pdf"),
)
_SIGNATURE = b"%PDF-"


def print_pdf(page: str, browser: str | None = None) -> bytes:
    """A page of HTML on paper, as a PDF. Browsers write the time into it, so no two are the same to the byte.

    Raises `PmogenError` when no browser of the Chromium family is installed, or it makes no PDF.
    """
    program = browser or find_browser()
    if program is None:
        raise PmogenError(
            _("a PDF is printed by Chromium, Chrome or Edge, and none of them was found"),
            _(
                "install one, or name one in {variable}; or do it by hand: {command}, open the file in any browser, press "
                "“All on one page”, print, and choose “Save as PDF”",
                variable=VARIABLE,
                command="`pmogen export html`",
            ),
        )
    with tempfile.TemporaryDirectory(prefix="pmogen-", ignore_cleanup_errors=True) as folder:
        source, target = Path(folder, "playbook.html"), Path(folder, "playbook.pdf")
        source.write_text(page, encoding="utf-8", newline="\n")
        told = _run(_command(program, source, target), program, patience(page))
        made = target.read_bytes() if target.is_file() else b""
    if not made.startswith(_SIGNATURE):
        raise PmogenError(
            "\n".join((_("{program} made no PDF", program=program), *(f"  {line}" for line in told.splitlines()[-5:]))),
            _("start it once by hand to see whether it works, or name another one in {variable}", variable=VARIABLE),
        )
    return made


def patience(page: str) -> int:
    """Seconds to wait for the browser."""
    return max(PATIENCE_SECONDS, SECONDS_A_MEGABYTE * len(page) // 1_000_000)


def _command(program: str, source: Path, target: Path) -> list[str]:
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    profile = f"--user-data-dir={source.parent / 'profile'}"
    return [program, *_SWITCHES, *as_root, profile, f"--print-to-pdf={target}", source.as_uri()]


def _run(command: list[str], program: str, seconds: int) -> str:
    try:
        done = subprocess.run(
            command,
            check=False,
            timeout=seconds,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as error:
        raise PmogenError(
            _("{program} cannot be started: {reason}", program=program, reason=error.strerror),
            _("name another browser in {variable}", variable=VARIABLE),
        ) from error
    except subprocess.TimeoutExpired as error:
        raise PmogenError(
            ngettext(
                "{program} had not finished after {count} minute",
                "{program} had not finished after {count} minutes",
                seconds // 60,
                program=program,
            ),
            _("print fewer pages: {option}", option="--pages roadmap"),
        ) from error
    return done.stdout
