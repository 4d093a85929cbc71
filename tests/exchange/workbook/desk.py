"""What tests of the workbook do with one: make it, type into it, save it as LibreOffice does, and take it back."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import openpyxl

from pmogen.edit import edit
from pmogen.exchange.workbook import read_returned, take, workbook_of
from pmogen.exchange.workbook.write import FIRST, KEYS, MARK
from pmogen.language import speaking
from pmogen.model.load import load
from pmogen.playbook import compute
from tests.conftest import NO_OFFICE, lacking


def made(sources, language=None):
    """The workbook of sources, in a language."""
    workspace = load(sources, language).workspace
    code = language or workspace.settings.language
    with speaking(code):
        return workbook_of(compute(workspace), code)


@dataclass
class Desk:
    """A workbook that is open: `type` fills in cells by form, id and column."""

    raw: bytes

    def __post_init__(self):
        self.book = openpyxl.load_workbook(io.BytesIO(self.raw))

    def sheet(self, form):
        return next(sheet for sheet in self.book if sheet.cell(KEYS + 1, 1).value == f"{MARK}{form}")

    def column(self, form, name):
        sheet = self.sheet(form)
        return next(n for n in range(1, sheet.max_column + 1) if sheet.cell(KEYS + 1, n).value == name)

    def row(self, form, identifier):
        sheet = self.sheet(form)
        rows = range(FIRST + 1, sheet.max_row + 1)
        return next(n for n in rows if sheet.cell(n, 1).value == identifier)

    def cell(self, form, identifier, name):
        return self.sheet(form).cell(self.row(form, identifier), self.column(form, name))

    def type(self, form, identifier, **cells):
        """Types into a row: `stated__target=4` is the column `stated.target`."""
        for name, value in cells.items():
            self.cell(form, identifier, name.replace("__", ".")).value = value
        return self

    def add(self, form, identifier=None, **cells):
        """Types into the first empty row."""
        sheet = self.sheet(form)
        number = FIRST + 1
        while any(sheet.cell(number, n).value is not None for n in range(1, sheet.max_column + 1)):
            number += 1
        sheet.cell(number, 1).value = identifier
        for name, value in cells.items():
            sheet.cell(number, self.column(form, name.replace("__", "."))).value = value
        return number

    def saved(self):
        target = io.BytesIO()
        self.book.save(target)
        return target.getvalue()


@dataclass
class Back:
    """What came back of a workbook."""

    taken: object
    patch: str

    @property
    def lines(self):
        """The lines of the patch that go and come."""
        return [line for line in self.patch.split("\n") if line[:1] in "+-" and line[:3] not in ("+++", "---") and line]

    @property
    def said(self):
        return [(found.place, found.severity, found.message, found.hint) for found in self.taken.found]

    def errors(self):
        return [(found.place, found.message) for found in self.taken.found if found.severity == "error"]


def back(raw, sources, side="stop"):
    """The changes that a workbook brings to sources."""
    returned = read_returned(raw, "workbook.xlsx")
    loaded = load(sources, returned.state.language)
    with speaking(returned.state.language):
        taken = take(returned, loaded.workspace, {n: d.value for n, d in loaded.documents.items()}, side)
    return Back(taken, edit(sources.files, taken.changes).patch)


def through_libreoffice(raw, *, over="ods"):
    """The workbook, opened and saved by LibreOffice: as .ods, and that as .xlsx again."""
    soffice = shutil.which("soffice") or shutil.which("libreoffice")
    if soffice is None:
        lacking(NO_OFFICE)
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        (base / "book.xlsx").write_bytes(raw)
        profile = f"-env:UserInstallation={(base / 'profile').as_uri()}"
        for source, ending in (("book.xlsx", over), (f"out/book.{over}", "xlsx")):
            done = subprocess.run(
                [soffice, profile, "--headless", "--convert-to", ending, "--outdir", base / "out", base / source],
                capture_output=True,
                timeout=120,
                check=False,
            )
            assert (base / "out" / f"book.{ending}").is_file(), done.stderr.decode()
        return (base / "out" / "book.xlsx").read_bytes()
