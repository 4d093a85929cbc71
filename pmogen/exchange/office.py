"""Opens workbooks that come from other people: what could do harm, or takes too long, is refused before it is unpacked.

Needs the extra `office`; nothing else of pmogen does.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pmogen.errors import PmogenError
from pmogen.language import _, grouped

if TYPE_CHECKING:
    from openpyxl import Workbook  # type: ignore[import-untyped]
    from openpyxl.cell.read_only import ReadOnlyCell  # type: ignore[import-untyped]

MAX_BYTES = 10_000_000
"""Larger files are refused unseen."""
MAX_UNPACKED = 40_000_000
"""Larger ones, unpacked, as well: what the directory of the file says is what is unpacked at most."""
MAX_PARTS = 500
MAX_ROWS = 10_000
MAX_COLUMNS = 1_000
MAX_CELLS = 200_000
"""More cells with something in them are no form that people filled in."""
MAX_HIDDEN_ROWS = 200_000
"""A sheet of ours that nobody fills in may have more rows, of a few cells each."""

ZIP, OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How workbooks begin, and how older ones and those with a password do."""
INSTALL = "pip install 'pmogen[office]'"

_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"""^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")
_FORBIDDEN = (
    (re.compile(r"(^|/)(vbaProject\.bin|macrosheets/|vbaData\.xml)", re.IGNORECASE), "macros"),
    (re.compile(r"(^|/)(externalLinks/|connections\.xml|queryTables/)", re.IGNORECASE), "links"),
    (re.compile(r"(^|/)(embeddings/|activeX/|ctrlProps/)", re.IGNORECASE), "objects"),
)
_BLOCK = 1 << 20


def guarded_workbook(raw: bytes, name: str, *, values: bool = False) -> Workbook:
    """The workbook in a file, to be read once and row by row (see `rows_of`), with formulas or with their last `values`.

    Raises `PmogenError` when the file is too large, packed with a password, damaged, holds macros, links to other files,
    embedded objects or declarations of XML, or when the extra that reads workbooks is not installed.
    """
    _refuse_what_is_no_workbook(raw, name)
    with unreadable(name):
        _look_into(raw, name)
        openpyxl = _openpyxl()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and validations that it cannot keep: nothing is written
            book: Workbook = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=values, keep_links=False)
    return book


def rows_of(sheet: Any, name: str, rows: int = MAX_ROWS, cells: int = MAX_CELLS) -> Iterator[tuple[ReadOnlyCell, ...]]:
    """The rows of a sheet of a guarded workbook from the first, as cells.

    Raises `PmogenError` when there are more `rows`, or more `cells` with something in them.
    """
    filled = 0
    with unreadable(name):
        sheet.reset_dimensions()  # a file may claim to have a million rows
        for number, row in enumerate(sheet.rows, 1):
            filled += sum(cell.value is not None for cell in row)
            if number > rows or len(row) > MAX_COLUMNS or filled > cells:
                raise PmogenError(
                    _("{file}: the sheet `{sheet}` is too large", file=name, sheet=sheet.title[:40]),
                    _("is it the right file? delete what is not needed, and save it anew"),
                )
            yield row


def text_of(cell: ReadOnlyCell) -> str:
    """What stands in a cell, as text: whole numbers without decimals, days and times as in 2027-01-31 17:30:00."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.isoformat(" ", "seconds")
    return str(value)


def is_formula(cell: ReadOnlyCell) -> bool:
    """Whether a cell computes what it shows."""
    return cell.data_type == "f" and cell.value is not None


@contextmanager
def unreadable(name: str) -> Iterator[None]:
    """Whatever a damaged or hostile file makes a reader stumble over becomes one clear error."""
    try:
        yield
    except (PmogenError, GeneratorExit):
        raise
    except Exception as error:
        raise PmogenError(
            _("{file} is damaged, or no workbook", file=name),
            _("open it in a spreadsheet program and save it as .xlsx again"),
        ) from error


def _refuse_what_is_no_workbook(raw: bytes, name: str) -> None:
    if len(raw) > MAX_BYTES:
        limit = grouped(MAX_BYTES // 1_000_000)
        raise PmogenError(
            _("{file} is larger than {limit} MB", file=name, limit=limit),
            _("delete what is not needed, and save it anew"),
        )
    if raw.startswith(OLD):
        raise PmogenError(
            _("{file} has a password, or is of an old kind (.xls)", file=name),
            _("open it, take the password away, and save it as .xlsx"),
        )
    if not raw.startswith(ZIP):
        raise PmogenError(_("{file} is no workbook (.xlsx)", file=name), _("save it as .xlsx, or as CSV"))


def _look_into(raw: bytes, name: str) -> None:
    """Reads the directory of the file, then each part of XML once, a piece at a time."""
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        parts = packed.infolist()
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            limit = grouped(MAX_UNPACKED // 1_000_000)
            raise PmogenError(
                _("{file} unpacks to more than {limit} MB, or to too many parts", file=name, limit=limit),
                _("is it the right file? delete what is not needed, and save it anew"),
            )
        names = [part.filename for part in parts]
        if len(set(names)) < len(names):
            raise PmogenError(_("{file} is damaged, or no workbook", file=name))
        for part in parts:
            if part.flag_bits & 1:
                raise PmogenError(
                    _("{file} has a password", file=name), _("open it, take the password away, and save it anew")
                )
            _refuse_forbidden(part.filename, name)
        for part in parts:
            if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                with packed.open(part) as stream:
                    _refuse_declarations(stream, name)


def _refuse_forbidden(part: str, name: str) -> None:
    kind = next((kind for pattern, kind in _FORBIDDEN if pattern.search(part)), None)
    if kind is not None:
        said = {
            "macros": (_("{file} holds macros", file=name), _("save it as .xlsx, which has none")),
            "links": (
                _("{file} links to other files or data", file=name),
                _("break the links, or copy the values into a new workbook"),
            ),
            "objects": (
                _("{file} holds embedded objects or controls", file=name),
                _("copy the values into a new workbook"),
            ),
        }
        raise PmogenError(*said[kind])


def _refuse_declarations(stream: Any, name: str) -> None:
    """No part may declare entities, or be in an encoding in which that could be hidden."""
    end, first = b"", True
    while block := stream.read(_BLOCK):
        encoding = _ENCODING.match(block) if first else None
        strange = first and (b"\0" in block[:200] or (encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii")))
        if strange or _DECLARATION.search(end + block):
            raise PmogenError(
                _("{file} declares entities of XML, which no spreadsheet program writes", file=name),
                _("ask for the file once more, and where it comes from"),
            )
        end, first = block[-20:], False


def _openpyxl() -> Any:
    try:
        import defusedxml  # type: ignore[import-untyped]  # noqa: F401, PLC0415  (openpyxl uses it by itself)
        import openpyxl  # noqa: PLC0415  (an extra: everything else works without)
    except ImportError as error:
        raise PmogenError(
            _("to read workbooks, openpyxl and defusedxml have to be installed"),
            _("run {command}, or save the table as CSV", command=INSTALL),
        ) from error
    return openpyxl
