"""What pmogen remembers of the files that it generated around the content: .pmogen/scaffold.json."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from pmogen.errors import PmogenError
from pmogen.language import _
from pmogen.model.schema import schemas
from pmogen.site.around import Answers, answers_from
from pmogen.site.forms import FOLDER as FORMS
from pmogen.site.forms import without_lists

RECORD = ".pmogen/scaffold.json"
BASES = ".pmogen/base"
"""Texts as generated, of files that people changed: what a later upgrade compares both sides with."""

_NEVER = {"content", "catalog", "site_templates", "build", "site", ".git", ".pmogen"}


@dataclass(frozen=True)
class Record:
    """The version that generated files, what it was told, and the mark of each file as it was generated."""

    version: str
    answers: Answers
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """As it is written down."""
        told = {"pmogen": self.version, "answers": self.answers.told, "files": dict(sorted(self.files.items()))}
        return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def read_record(root: Path) -> Record | None:
    """What was written down; None when there is nothing. Raises `PmogenError` when it is damaged."""
    path = root / RECORD
    if not path.is_file():
        return None
    try:
        told: Any = json.loads(path.read_text("utf-8"))
        files = {str(name): str(mark) for name, mark in told["files"].items() if _may_be_generated(str(name))}
        return Record(str(told["pmogen"]), answers_from(told["answers"]), files)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise PmogenError(
            _("{file} is damaged", file=RECORD),
            _("take it from the history, or delete it: then nothing is taken for generated"),
        ) from error


def _may_be_generated(path: str) -> bool:
    """Whether a file can be one around the content: a record may come with somebody's pull request."""
    parts = PurePosixPath(path).parts
    return bool(parts) and parts[0] not in _NEVER and not {"/", ".."} & set(parts) and "\\" not in path


def mark(path: str, text: str) -> str:
    """A fingerprint (SHA-256) of a generated file, without the lists that follow the content."""
    if path.startswith("schemas/"):
        text = schemas(None).get(path.removeprefix("schemas/"), text)
    elif path.startswith(FORMS):
        text = without_lists(text)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def marks(texts: Mapping[str, str]) -> dict[str, str]:
    """The fingerprints of files by path."""
    return {path: mark(path, text) for path, text in texts.items()}
