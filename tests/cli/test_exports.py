"""`pmogen export deck`, `docx`, `project`, `calendar`, `csv` and `all`, and what the site offers of them."""

from __future__ import annotations

import builtins
import io
import shutil
import zipfile

import pytest
from docx import Document
from pptx import Presentation

from pmogen import build
from pmogen.cli import run
from pmogen.exchange.files import INSTALL, files_of, offered
from pmogen.exchange.told import Told

BEGINNINGS = {
    "deck": ("steering.pptx", b"PK"),
    "docx": ("playbook.docx", b"PK"),
    "project": ("roadmap.xml", b"<?xml"),
    "calendar": ("calendar.ics", b"BEGIN:VCALENDAR\r\n"),
    "csv": ("tables.zip", b"PK"),
}


@pytest.mark.parametrize("command", BEGINNINGS)
def test_each_writes_its_file_and_says_where(example, tmp_path, monkeypatch, capsys, command):
    monkeypatch.chdir(tmp_path)
    name, beginning = BEGINNINGS[command]
    assert run(["export", command, str(example)]) == 0
    assert (tmp_path / name).read_bytes().startswith(beginning)
    said = capsys.readouterr().out
    assert str(tmp_path / name) in said
    assert "next: " in said


@pytest.mark.parametrize("command", BEGINNINGS)
def test_twice_gives_the_same_bytes(example, tmp_path, command):
    first, second = tmp_path / "first", tmp_path / "second"
    for target in (first, second):
        assert run(["export", command, str(example), "-o", str(target)]) == 0
    assert first.read_bytes() == second.read_bytes()


def test_other_kinds_and_parts_are_named_after_themselves(example, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(["export", "deck", str(example), "--kind", "services"]) == 0
    assert run(["export", "docx", str(example), "--only", "hand-off:accounts-payable"]) == 0
    assert run(["export", "csv", str(example), "--only", "gaps"]) == 0
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["gaps.csv", "hand-off-accounts-payable.docx", "services.pptx"]


def test_all_of_them_go_into_a_folder(example, tmp_path, capsys):
    assert run(["export", "all", str(example), "-o", str(tmp_path / "exports")]) == 0
    assert {path.name for path in (tmp_path / "exports").iterdir()} == {entry.file for entry in offered()}
    assert run(["export", "all", str(example), "-o", str(tmp_path / "exports")]) == 0
    assert "pmogen build --exports" in capsys.readouterr().out


def test_the_day_asked_for_is_the_day_it_speaks_of(example, tmp_path):
    target = tmp_path / "x.docx"
    assert run(["export", "docx", str(example), "--as-of", "2027-05-01", "-o", str(target)]) == 0
    made = Document(str(target))
    assert "as of 1 May 2027" in made.sections[0].footer.paragraphs[0].text
    assert made.core_properties.modified.date().isoformat() == "2027-05-01"
    text = "\n".join(cell.text for table in made.tables for row in table.rows for cell in row.cells)
    assert "31 March 2027, late" in text


def test_a_day_that_is_none_is_refused(example, capsys):
    assert run(["export", "calendar", str(example), "--as-of", "soon"]) == 2
    assert "2027-01-31" in capsys.readouterr().err


def translated(example, tmp_path):
    folder = shutil.copytree(example, tmp_path / "two-languages")
    settings = folder / "content/playbook.yml"
    settings.write_text(settings.read_text("utf-8") + "\nlanguages: [en, de]\n", "utf-8")
    return folder


def test_another_language_of_the_playbook(example, tmp_path, monkeypatch):
    folder = translated(example, tmp_path)
    monkeypatch.chdir(tmp_path)
    assert run(["export", "deck", str(folder), "--lang", "de"]) == 0
    titles = [slide.shapes.title.text for slide in Presentation(str(tmp_path / "steering.de.pptx")).slides]
    assert "Lücken nach Rang" in titles


def test_a_language_it_is_not_in_is_told(example, tmp_path, capsys):
    assert run(["export", "csv", str(example), "--lang", "fr", "-o", str(tmp_path / "x.zip")]) == 1
    assert "English" in capsys.readouterr().err
    assert not (tmp_path / "x.zip").exists()


@pytest.mark.parametrize("command", ["deck", "docx", "all"])
def test_a_missing_library_is_named_with_the_command_that_installs_it(example, tmp_path, monkeypatch, capsys, command):
    import sys

    for name in [name for name in sys.modules if name.startswith(("pmogen.exchange.deck", "pmogen.exchange.word"))]:
        monkeypatch.delitem(sys.modules, name)
    found = builtins.__import__

    def without(name, *rest, **more):
        if name.split(".")[0] in ("pptx", "docx"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name.split(".")[0])
        return found(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    assert run(["export", command, str(example), "-o", str(tmp_path / "x")]) == 1
    said = capsys.readouterr().err
    assert INSTALL in said
    assert "python-" in said
    assert not (tmp_path / "x").exists()


def test_what_somebody_edited_is_not_replaced(example, tmp_path, capsys):
    target = tmp_path / "steering.pptx"
    made = Presentation()
    made.save(str(target))
    before = target.read_bytes()
    assert run(["export", "deck", str(example), "-o", str(target)]) == 1
    assert "saved by another program" in capsys.readouterr().err
    assert target.read_bytes() == before


@pytest.mark.parametrize("command", BEGINNINGS)
def test_a_file_of_another_kind_is_not_replaced(example, tmp_path, capsys, command):
    thesis = tmp_path / "thesis.odt"
    thesis.write_text("years of work")
    assert run(["export", command, str(example), "-o", str(thesis)]) == 1
    assert "was not replaced" in capsys.readouterr().err
    assert thesis.read_text() == "years of work"


@pytest.mark.parametrize("command", BEGINNINGS)
def test_mistakes_in_the_files_stop_it(example, tmp_path, capsys, command):
    broken = shutil.copytree(example, tmp_path / "broken")
    (broken / "content/playbook.yml").write_text("title: 5\n")
    assert run(["export", command, str(broken), "-o", str(tmp_path / "x")]) == 1
    assert "nothing was exported" in capsys.readouterr().out
    assert not (tmp_path / "x").exists()


def test_the_site_offers_what_is_cheap_always(built_example):
    page = (built_example / "build/playbook/downloads.md").read_text("utf-8")
    for name in ("roadmap.xml", "calendar.ics", "tables.zip"):
        made = built_example / "build/playbook/downloads" / name
        assert made.stat().st_size > 1000
        assert f"](downloads/{name})" in page
        assert (built_example / "site/downloads" / name).read_bytes() == made.read_bytes()
    assert ".pptx" not in page


def test_with_exports_the_site_offers_slides_and_a_document(example, tmp_path):
    folder = shutil.copytree(example, tmp_path / "workspace")
    built = build(folder, "none", exports=True)
    page = (folder / "build/playbook/downloads.md").read_text("utf-8")
    assert all(f"](downloads/{entry.file})" in page for entry in offered())
    assert built.generated.playbook is not None
    for name, make in files_of(Told(built.generated.playbook), office=True).items():
        assert (folder / "build/playbook/downloads" / name).read_bytes() == make()
    build(folder, "none")
    assert not (folder / "build/playbook/downloads/steering.pptx").exists()
    assert ".pptx" not in (folder / "build/playbook/downloads.md").read_text("utf-8")


def test_archives_hold_no_surprises(example, tmp_path):
    assert run(["export", "csv", str(example), "-o", str(tmp_path / "x.zip")]) == 0
    with zipfile.ZipFile(io.BytesIO((tmp_path / "x.zip").read_bytes())) as archive:
        assert archive.testzip() is None
        assert all(name.endswith(".csv") and "/" not in name for name in archive.namelist())


def test_each_language_of_a_site_offers_its_own(example, tmp_path):
    folder = translated(example, tmp_path)
    build(folder, "none")
    english, german = (folder / f"build/{tree}/downloads/roadmap.xml" for tree in ("playbook", "playbook.de"))
    assert "Person-days" in english.read_text("utf-8")
    assert "Personentage" in german.read_text("utf-8")
    assert "](downloads/roadmap.xml)" in (folder / "build/playbook.de/downloads.md").read_text("utf-8")
