"""Office files are zip archives with the time of their making inside. Here it is the day the playbook speaks of."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping
from typing import Protocol

from pmogen.errors import PmogenError
from pmogen.exchange.plain import one_line
from pmogen.language import _

EARLIEST = dt.date(1980, 1, 1)
"""The first day that a zip archive knows."""
LARGEST_UNPACKED = 256_000_000
"""Bytes that a file of somebody else may hold once it is unpacked."""
MOST_PARTS = 20_000

PROGRAM = b"pmogen"
"""What made the file; office programs put their own name there when they save it."""
_WORKBOOK = ".xlsx"
_PROGRAM = re.compile(rb"(<Application>)[^<]*(<)")
_MADE = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(<)")


class Properties(Protocol):
    """What an office file says of itself."""

    author: str
    comments: str
    created: dt.datetime | None
    identifier: str
    keywords: str
    language: str
    last_modified_by: str
    modified: dt.datetime | None
    revision: int
    subject: str
    title: str
    version: str


def describe(properties: Properties, *, title: str, subject: str, author: str, language: str, day: dt.date) -> None:
    """Fills in what an office file says of itself; nothing of the machine or the hour it was made on."""
    made = dt.datetime(day.year, day.month, day.day)  # noqa: DTZ001 (a day has no zone, and the libraries want none)
    properties.title, properties.subject, properties.author = (
        one_line(title)[:255],
        one_line(subject)[:255],
        author[:255],
    )
    properties.last_modified_by, properties.language = author[:255], language
    properties.comments, properties.keywords, properties.revision = "", "", 1
    properties.created = properties.modified = made


def steady(raw: bytes, day: dt.date) -> bytes:
    """The archive with the same content, but all its times are this day, workbooks inside included."""
    stamp = max(day, EARLIEST)
    made = f"{stamp.isoformat()}T00:00:00Z".encode()
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith(_WORKBOOK):
                content = steady(content, day)
            elif name == "docProps/core.xml":
                content = _MADE.sub(rb"\g<1>" + made + rb"\g<3>", content)
            elif name == "docProps/app.xml":
                content = _PROGRAM.sub(rb"\g<1>" + PROGRAM + rb"\g<2>", content)
            archive.writestr(_entry(name, stamp), content)
    return target.getvalue()


def zipped(files: Mapping[str, bytes], day: dt.date) -> bytes:
    """An archive of these files, not compressed: the same files give the same bytes whatever made them."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(_entry(name, max(day, EARLIEST)), content, zipfile.ZIP_STORED)
    return target.getvalue()


def was_edited(raw: bytes) -> bool:
    """Whether an office file is not as pmogen made it: somebody saved it since, or it never came from pmogen."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            part = archive.getinfo("docProps/app.xml")
            found = archive.read(part) if part.file_size < 1_000_000 else b""
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError, OSError):
        return True
    return b"<Application>" + PROGRAM + b"<" not in found


def refuse_unfit(raw: bytes, name: str, needed: str) -> None:
    """Raises `PmogenError` when bytes of somebody else are no office file with the part `needed`, or swell when unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        hint = _("save it anew, without a password")
        raise PmogenError(_("{file} is no presentation (.pptx), or is broken", file=name), hint) from None
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED or len(parts) > MOST_PARTS:
        raise PmogenError(_("{file} holds too much once it is unpacked", file=name))
    if needed not in {part.filename for part in parts}:
        raise PmogenError(
            _("{file} is no presentation (.pptx), or is broken", file=name), _("save it anew, without a password")
        )


def _entry(name: str, day: dt.date) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    entry.create_system = 0
    return entry
