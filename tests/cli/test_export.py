"""`pmogen export`: one file of HTML or a PDF, careful with what it writes, plain about what it lacks."""

from __future__ import annotations

import os
import re
import sys

import pytest

from pmogen.cli import run
from pmogen.site.pdf import patience


def test_html_is_one_file(built_example, tmp_path, capsys):
    target = tmp_path / "one.html"
    assert run(["export", "html", str(built_example), "-o", str(target)]) == 0
    assert target.read_text("utf-8").startswith("<!doctype html>")
    assert str(target) in capsys.readouterr().out


def test_pdf_is_tagged_has_an_outline_and_the_paper_asked_for(built_example, tmp_path, chromium):
    target = tmp_path / "home.pdf"
    assert run(["export", "pdf", str(built_example), "-o", str(target), "--pages", "home", "--paper", "Letter"]) == 0
    made = target.read_bytes()
    assert made.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made
    assert b"/Outlines" in made
    assert re.search(rb"/MediaBox\s*\[0 0 612 792\]", made)


def test_without_a_browser_it_says_what_to_do(built_example, tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("PMOGEN_BROWSER", raising=False)
    monkeypatch.setattr("pmogen.site.pdf.find_browser", lambda: None)
    assert run(["export", "pdf", str(built_example), "-o", str(tmp_path / "x.pdf")]) == 1
    told = capsys.readouterr().err
    assert "Chromium, Chrome or Edge" in told
    assert "pmogen export html" in told
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize(
    ("program", "told"), [("no-such-program", "cannot be started"), (sys.executable, "made no PDF")]
)
def test_a_browser_that_does_not_work_is_named(built_example, tmp_path, monkeypatch, capsys, *, program, told):
    monkeypatch.setenv("PMOGEN_BROWSER", program)
    assert run(["export", "pdf", str(built_example), "-o", str(tmp_path / "x.pdf"), "--pages", "home"]) == 1
    said = capsys.readouterr().err
    assert program in said
    assert told in said


@pytest.mark.skipif(os.name == "nt", reason="Windows starts no scripts by their first line")
def test_many_pages_are_printed_with_more_patience_and_told_before(built_example, tmp_path, monkeypatch, capsys):
    browser = tmp_path / "browser"
    browser.write_text(
        f"#!{sys.executable}\nimport sys\n"
        "target = next(word for word in sys.argv if word.startswith('--print-to-pdf='))\n"
        "open(target.partition('=')[2], 'wb').write(b'%PDF-')\n"
    )
    browser.chmod(0o755)
    monkeypatch.setenv("PMOGEN_BROWSER", str(browser))
    printed = ["export", "pdf", str(built_example), "-o", str(tmp_path / "x.pdf"), "--pages", "home"]
    assert run(printed) == 0
    assert "takes minutes" not in capsys.readouterr().err
    monkeypatch.setattr("pmogen.site.pdf.LARGE", 1_000)
    assert run(printed) == 0
    assert "takes minutes; --pages prints less" in capsys.readouterr().err
    assert [patience("x" * megabytes * 1_000_000) for megabytes in (1, 10, 35)] == [300, 300, 1050]


def test_a_file_of_another_kind_is_not_replaced(built_example, tmp_path, capsys):
    thesis = tmp_path / "thesis.odt"
    thesis.write_text("years of work")
    assert run(["export", "html", str(built_example), "-o", str(thesis)]) == 1
    assert "something else" in capsys.readouterr().err
    assert thesis.read_text() == "years of work"


def test_an_unknown_page_is_told_with_those_there_are(built_example, tmp_path, capsys):
    assert run(["export", "html", str(built_example), "-o", str(tmp_path / "x.html"), "--pages", "rodmap"]) == 1
    assert "roadmap" in capsys.readouterr().err


def test_mistakes_in_the_files_stop_it(example, tmp_path, capsys):
    import shutil

    broken = shutil.copytree(example, tmp_path / "broken")
    (broken / "content/playbook.yml").write_text("title: 5\n")
    assert run(["export", "html", str(broken), "-o", str(tmp_path / "x.html")]) == 1
    assert "nothing was exported" in capsys.readouterr().out
    assert not (tmp_path / "x.html").exists()
