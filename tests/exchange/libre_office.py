"""Opens a file in LibreOffice without a window and gives the words of its pages with their places."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from tests.conftest import NO_OFFICE, lacking

_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
_WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')


@dataclass(frozen=True)
class Word:
    left: float
    top: float
    right: float
    bottom: float
    text: str


@dataclass(frozen=True)
class Sheet:
    """A page with its words, in points."""

    width: float
    height: float
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def opened(content: bytes, ending: str, folder: Path) -> tuple[Sheet, ...]:
    """The pages of an office file as LibreOffice draws them."""
    program, reader = shutil.which("soffice"), shutil.which("pdftotext")
    if program is None or reader is None:
        lacking(NO_OFFICE)
    source = folder / f"file.{ending}"
    source.write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [str(program), profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    words = folder / "words.html"
    subprocess.run(
        [str(reader), "-bbox", str(folder / "file.pdf"), str(words)], check=True, capture_output=True, timeout=60
    )
    return tuple(
        Sheet(float(wide), float(tall), tuple(_word(found) for found in _WORD.findall(body)))
        for wide, tall, body in _PAGE.findall(words.read_text("utf-8"))
    )


def _word(found: tuple[str, ...]) -> Word:
    left, top, right, bottom = (float(side) for side in found[:4])
    return Word(left, top, right, bottom, unescape(found[4]))
