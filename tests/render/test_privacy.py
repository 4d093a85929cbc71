"""No file of a playbook holds what a single respondent said, who they are, or what depends on too few of them."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmogen.playbook import compute
from pmogen.render import render
from tests.analysis.surveys import AUDIENCES, Say, people, table
from tests.render.test_render import rendered, templates
from tests.workspaces import ROOT, workspace

Row = dict[str, Any]


def files_of(rows: list[Row], earlier: list[Row] | None = None) -> Mapping[str, str]:
    """Every text file of the playbook of a survey."""
    aspects = {"aspects": [{"aspect": "visibility"}]}
    before = {
        "content/assessments/2026-01-31.yml": {"date": "2026-01-31", "title": "One", "method": "Asked."} | aspects,
        "content/assessments/2026-01-31.csv": table(earlier or rows),
    }
    made = workspace(
        AUDIENCES
        | {"content/assessments/2027-01-31.yml": aspects, "content/assessments/2027-01-31.csv": table(rows)}
        | (before if earlier else {})
    )
    return readable(render(compute(made), templates()).files)


def readable(files: Mapping[str, str | bytes]) -> dict[str, str]:
    """Files as a reader sees them: entities as signs."""
    return {
        name: html.unescape(text if isinstance(text, str) else text.decode("latin-1")) for name, text in files.items()
    }


@cache
def example_files() -> dict[str, str]:
    return readable(rendered().files)


EXAMPLE = tuple(csv.DictReader(io.StringIO((ROOT / "content/assessments/2026-06-26.csv").read_text("utf-8"))))


def test_no_code_of_a_respondent_is_in_any_file_of_the_example() -> None:
    """They are r01 to r47 there."""
    codes = "|".join(sorted({re.escape(row["respondent"]) for row in EXAMPLE}))
    assert [name for name, text in example_files().items() if re.search(rf"\b({codes})\b", text)] == []


def test_no_row_of_answers_is_in_any_file_of_the_example() -> None:
    """Neither as it stands in the file, nor with other separators between its cells."""
    rows = {(row["respondent"], row["group"], row["aspect"]) for row in EXAMPLE}
    for name, text in example_files().items():
        lines = [line for line in text.splitlines() if any(row[0] in line for row in rows)]
        cells = {tuple(re.split(r"[\s,;|\"']+", line.strip())[:3]) for line in lines}
        assert not cells & rows, name


def test_only_released_comments_of_the_example_are_published() -> None:
    """Each on the page of its aspect; the others nowhere."""
    released = {row["comment"]: row["aspect"] for row in EXAMPLE if row["publish"] == "yes"}
    kept = {row["comment"] for row in EXAMPLE if row["comment"]} - released.keys()
    assert released
    assert kept
    for name, text in example_files().items():
        assert not [comment for comment in kept if comment in text], name
    for comment, aspect in released.items():
        assert f"> {comment}" in example_files()[f"build/playbook/assessment/{aspect}.md"]


def commented(**cells: str) -> list[Row]:
    rows = people({"sponsors": [2] * 6, "finance": [4, 5]})
    rows[0].update(comment="Reports come late.", publish="yes")
    rows[1].update(comment="I fear for my post.", publish="no")
    rows[2].update(comment="My manager edits the numbers.")
    rows[7].update(comment="Above all the forms are too long.", publish="yes")
    return [row | {"respondent": f"code-{number}-secret"} | cells for number, row in enumerate(rows)]


def test_only_comments_that_a_moderator_released_are_published() -> None:
    """In alphabetical order, without a word on who said them: not even the group."""
    files = files_of(commented())
    everything = "\n".join(files.values())
    for unpublished in ("fear for my post", "manager edits", "secret"):
        assert unpublished not in everything
    page = files["build/playbook/assessment/visibility.md"]
    said = page.partition("### What people said")[2].partition("\n#")[0]
    assert re.findall(r"^> (.+)$", said, re.MULTILINE) == ["Above all the forms are too long.", "Reports come late."]
    assert "inance" not in page.partition("Usually asked")[0]


def test_comments_of_earlier_assessments_are_not_published() -> None:
    """They were released for the playbook of their time."""
    earlier = commented()
    everything = "\n".join(files_of(people({"sponsors": [3] * 6}), earlier).values())
    assert "Reports come late" not in everything
    assert "secret" not in everything


@pytest.mark.parametrize("secret", [1, 3, 5, "dk", "na", ""])
def test_the_pages_do_not_depend_on_a_hidden_group(secret: Say) -> None:
    """Everybody but two people of finance is shown: all files are the same, byte by byte, whatever one of the two says."""
    says: dict[str, list[Say]] = {
        "sponsors": [2, 3, 3, 4, "dk", 2],
        "project-managers": [1, 2, 3, 4, 5],
        "finance": [2, 3],
    }
    assert files_of(people(says)) == files_of(people(says | {"finance": [secret, 3]}))


@settings(max_examples=6, deadline=None)
@given(st.data())
def test_the_pages_do_not_depend_on_hidden_people_in_two_assessments(data: st.DataObject) -> None:
    """With an earlier assessment and its trend beside it, hidden people may have said anything in either."""
    said = st.sampled_from([1, 2, 3, 4, 5, "dk", "na"])
    shown = {"sponsors": 6, "project-managers": 5}
    few = data.draw(st.integers(1, 4))

    def rows() -> list[Row]:
        return people({group: [data.draw(st.integers(1, 5)) for _ in range(size)] for group, size in shown.items()})

    def hidden() -> list[Row]:
        return people({"finance": [data.draw(said) for _ in range(few)]})

    now, before = rows(), rows()
    assert files_of(now + hidden(), before + hidden()) == files_of(now + hidden(), before + hidden())
