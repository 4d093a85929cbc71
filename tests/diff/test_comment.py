"""The comment says in a minute what a change does, and no text in it does anything."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

import pytest
import yaml

from pmogen.cli.reports.diff import lines_of
from pmogen.diff import compare, side_of_json
from pmogen.diff.record import diff_json
from pmogen.diff.told import told
from pmogen.diff.words import NONE
from pmogen.exchange import playbook_json
from pmogen.language import speaking
from pmogen.render.review import comment
from pmogen.render.review.comment import LONGEST, harmless
from tests.diff.states import PLAN, REALISTIC, before, compared, edited, now, planned_anew, realistic, with_file
from tests.render.html import html

GOLDEN = Path(__file__).parent / "golden"
DETAILS = re.compile(r"</?(?:details|summary)>")


def read(text):
    """The comment as a code host shows it, details unfolded."""
    return html(DETAILS.sub("\n\n", text.replace("<details><summary>", "\n\n##### ")).split("\n", 1)[1])


def table(text, heading):
    """Columns and rows under a heading of any level."""
    lines = iter(text.splitlines())
    next(line for line in lines if line.lstrip("# ").replace("<details><summary>", "").startswith(heading))
    rows = [line for line in lines if line.startswith(("|", "#", "<"))]
    end = next((number for number, line in enumerate(rows) if not line.startswith("|")), len(rows))
    cells = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in rows[:end]]
    return cells[0], cells[2:]


@pytest.mark.parametrize("form", ["md", "txt"])
def test_a_realistic_change_reads_as_it_should(form):
    """Rewrite it with `PMOGEN_UPDATE=1 pytest tests/diff/test_comment.py`."""
    found = told(realistic())
    text = comment(found) if form == "md" else "".join(f"{line}\n" for line in lines_of(found))
    file = GOLDEN / f"realistic.{form}"
    if os.environ.get("PMOGEN_UPDATE"):
        file.write_text(text, "utf-8")
    assert file.read_text("utf-8") == text, test_a_realistic_change_reads_as_it_should.__doc__


@pytest.mark.parametrize(
    ("edits", "says"),
    [
        ((), "Nothing changes."),
        (
            (("content/roadmap.yml", r"goal: Everybody can look up.*$", "goal: New."),),
            "Only texts change; everything that",
        ),
        ((REALISTIC[0],), "The gap in Project governance grows. No service moves."),
        ((REALISTIC[3],), "The PMO team is smaller in Winter 2027, one way."),
        (
            (("content/decisions.yml", r"(id: job-family-for(?:.*\n)*?    due:) 2027-09-30", r"\1 2027-12-31"),),
            "What is asked of other units changes: Give project managers a job family and grades.",
        ),
        ((("content/playbook.yml", r"\Z", "  gap: {high_from: 1.9}\n"),), "The method changes by which"),
    ],
    ids=["nothing", "a text", "a target", "a team", "a hand-off", "the method"],
)
def test_the_sentence_says_what_matters(edits, says):
    said = told(compared(*edits)).sentence
    assert says in said


def test_making_the_plan_anew_is_told_as_just_that():
    stale = edited(REALISTIC[0])
    found = compare(now(stale), now(planned_anew(stale)))
    assert told(found).sentence == "Only the plan was made anew. What it says stays as it was."
    plan = re.sub(r".*service: capacity-planning, .*\n", "", before().sources.files[PLAN].decode())
    said = told(compare(before(), now(with_file(PLAN, plan)))).sentence
    assert said.startswith("Only the plan was made anew. ")
    assert "falls out of the roadmap" in said


def test_the_sentence_is_never_long():
    files = dict(before().sources.files)
    text = files["content/decisions.yml"].decode()
    text = text.replace("decision: offer", "decision: defer").replace(
        "hand_offs:",
        "hand_offs:\n"
        + "".join(
            f"  - {{id: asked-{number}, title: {'Something that is long to tell ' * 3}{number}, entity: it-operations, aspects: [governance],"
            " asked: x, contact: x, due: 2027-06-30, status: proposed}\n"
            for number in range(6)
        ),
    )
    after = now(with_file("content/decisions.yml", text))
    assert after.document is not None
    found = told(compare(before(), after)).sentence
    assert len(found.split()) <= 60
    assert "Newly asked of other units" in found


def test_who_is_asked_for_more_comes_before_who_is_asked_for_less():
    text = comment(told(realistic()))
    assert 0 < text.index("#### Who is asked for more") < text.index("#### Who is asked for less")
    _columns, rows = table(text, "Who is asked for more")
    points = [[float(re.match(r"[\d.]+", cell)[0]) for cell in row[2:4]] for row in rows]
    assert all(old < new for old, new in points)
    rises = [round(new - old, 6) for old, new in points]
    assert rises == sorted(rises, reverse=True)


def test_every_edit_names_its_file_and_line():
    columns, rows = table(comment(told(realistic())), "What was edited")
    assert columns[-1] == "Line"
    assert [row[-1].replace("&#58;", ":").split(":")[0] for row in rows] == [
        "content/assessments/2026-06-26.yml",
        "content/decisions.yml",
        "content/decisions.yml",
        "content/roadmap.yml",
    ]


def test_numbers_of_causes_are_those_of_the_edits():
    text = comment(told(realistic()))
    _columns, edits = table(text, "What was edited")
    declined = next(row[0] for row in edits if row[4] == "declined")
    _columns, rows = table(text, "Services and their waves")
    assert next(row for row in rows if row[0].startswith("Planning workshops"))[-1] == declined
    assert "The numbers under “Because of” are those under “What was edited”." in text


def test_what_few_edits_say_is_not_said_twice():
    found = told(realistic())
    assert {table.id for table in found.tables} & {"decisions", "waves", "foundation", "catalogue", "method"} == set()
    assert found.tables[0].id == "edits"


def many_edits():
    """Every goal, and every estimate of the basic services."""
    files = dict(before().sources.files)
    for name, pattern, by in (
        ("content/roadmap.yml", r"goal: ", "goal: Now "),
        ("catalog/services/basic-information.yml", r"(low|high): (\d+)", r"\1: 1\2"),
        ("content/foundation.yml", r"state: known\n    answer", "state: assumed\n    answer"),
    ):
        files[name] = re.sub(pattern, by, files[name].decode()).encode()
    return now(type(before().sources)(files, before().sources.standard_is))


def test_many_edits_are_folded_and_told_by_entry():
    found = told(compare(before(), many_edits()))
    by_id = {table.id: table for table in found.tables}
    assert by_id["edits"].is_detail
    services = [row.cells[0] for table in found.tables if table.id.startswith("catalogue") for row in table.rows]
    assert len(services) == len(set(services)) > 3
    assert "foundation" in by_id
    assert all(table.is_detail or len(table.rows) <= 15 for table in found.tables)


def test_questions_of_the_foundation_are_called_by_their_topic():
    found = told(compared(("content/foundation.yml", r"(question: authority\n    state:) open", r"\1 assumed")))
    (row,) = found.tables[0].rows
    assert row.cells[:4] == ("Sponsor and authority", "State", "open", "assumed")


def test_long_texts_are_told_where_they_differ():
    found = told(
        compared(
            (
                "content/roadmap.yml",
                r"Half a day a week for new|had said that nothing is decided",
                "had said that all is decided",
            )
        )
    )
    (row,) = found.tables[0].rows
    assert "that nothing is decided" in row.cells[2]
    assert "that all is decided" in row.cells[3]
    assert row.cells[2].startswith("…")
    assert max(map(len, row.cells)) <= 170


def test_a_new_assessment_is_told_as_one():
    text = before().sources.files["content/assessments/2026-06-26.yml"].decode().replace("2026-06-26", "2026-10-01")
    found = told(compare(before(), now(with_file("content/assessments/2026-10-01.yml", text))))
    edits = next(table for table in found.tables if table.id == "edits")
    assert edits.rows[0].cells[0] == "Assessment of 1 October 2026"
    assert edits.rows[0].cells[2] == NONE
    assert "Title: " in edits.rows[0].cells[3]
    assert "{" not in edits.rows[0].cells[3]


HOSTILE = (
    "@everyone",
    "#1",
    "GH-1",
    "gh-12",
    "owner/repo#1",
    "owner/repo@0123456789abcdef0123456789abcdef01234567",
    "0123456789abcdef0123456789abcdef01234567",
    "deadbee",
    "http://evil.example",
    "https://evil.example/x?y=1",
    "ftp://evil.example",
    "www.evil.example",
    "somebody@evil.example",
    "mailto:somebody@evil.example",
    "javascript:alert(1)",
    "[x](javascript:alert(1))",
    "![x](http://evil.example/x.png)",
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "</details>",
    "</td></tr></table>",
    "-->",
    "<!--",
    "`code`",
    "``` fence",
    "a | b || c",
    "::set-output name=x::y",
    "::error file=x::y",
    "##[error]x",
    "{{ 7*7 }}",
    "{% raw %}",
    "${{ github.token }}",
    "$(id)",
    "$x^2$ and $$y$$",
    ":tada:",
    "!1 %2 ~bug &3 $4",
    "*bold* _it_ ~~no~~ **b**",
    "# Heading",
    "- [ ] task",
    "[^1]",
    "\u200b@\u200beveryone",
    "\u202eevil\u202c",
    "\u2066x",
    "&#64;everyone &commat;everyone",
    "\\@everyone",
)
LINKED = re.compile(
    r"(?<![\w`])@[A-Za-z0-9]|(?<!\w)#\d|\bGH-\d|\w#\d|\b[0-9a-f]{7,40}\b|://|\bwww\.|\w@\w|[!%~&$]\w|:[\w+-]+:",
    re.IGNORECASE,
)
"""What code hosts would turn into something."""


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_shows_as_it_is_and_does_nothing(text):
    """Read as Markdown, then as the code host reads what is left."""
    made = read(f"\n{harmless(text)}\n")
    assert made.links == ()
    shown = made.sentences[0]
    assert LINKED.search(shown) is None
    assert re.sub("[\u200b\u202c\u202e\u2066]", "", shown) == " ".join(
        re.sub("[\u200b\u202c\u202e\u2066]", "", text).split()
    )


FIELDS = {
    *("about", "answer", "asked", "benefit", "contact", "contact", "description", "follow_up", "goal", "name", "note"),
    *("organisation", "owner", "pmo_part", "purpose", "question", "source", "title", "topic", "who", "why"),
}


def spoiled(value, text):
    """The value with the text in all fields that people write."""
    if isinstance(value, list):
        return [spoiled(entry, text) for entry in value]
    if not isinstance(value, dict):
        return value
    spoil = {name for name, part in value.items() if name in FIELDS and isinstance(part, str) and name != "question"}
    return {name: text if name in spoil else spoiled(part, text) for name, part in value.items()}


def hostile(text):
    """The example with a text in all fields that reach the comment, and everything moved."""
    files = dict(edited(*REALISTIC).files)
    for name, raw in tuple(files.items()):
        if name.endswith(".yml") and not any(part in name for part in ("standard/", "plan", "method")):
            files[name] = yaml.safe_dump(
                spoiled(yaml.safe_load(raw), text), sort_keys=False, allow_unicode=True
            ).encode()
    return type(before().sources)(files, before().sources.standard_is)


WRITTEN = [text for text in HOSTILE if "\\" not in text]
MANY = [" ".join(WRITTEN[begin:][:14]) for begin in (0, 14, 28)]


@cache
def with_hostile(text):
    """The comparison of the example with one in which that text stands everywhere, also in the name of the branch."""
    after = now(hostile(text), f"{text} HEAD")
    assert after.document is not None, after.mistakes[:3]
    return compare(before(), after)


@pytest.mark.parametrize("text", [*MANY, "::error::x"], ids=["first", "second", "third", "command"])
def test_hostile_texts_in_every_field_do_nothing(text):
    comparison = with_hostile(text)
    found = told(comparison)
    assert any(text[:5] in cell for table in found.tables for row in table.rows for cell in row.cells)
    made = comment(found)
    page = read(made)
    assert [link for link in page.links if not link[0].startswith("#")] == []  # the builder's own at headings
    assert made.count("<details>") == made.count("</details>") == made.count("<summary>")
    assert set(re.findall(r"<[^>]*>", made)) <= {"<!-- pmogen diff -->", *OURS}
    shown = [*page.sentences, *(cell.text for one in page.tables for row in one.rows for cell in row)]
    assert [said for said in shown if LINKED.search(PLACES.sub("", said))] == []
    for output in (made, "".join(f"{line}\n" for line in lines_of(found)), diff_json(comparison)):
        assert [line for line in output.splitlines() if line.lstrip().startswith("::")] == []
        assert "##[" not in output
    assert not any(character in made for character in "\u202a\u202e\u2066")


OURS = {"<details>", "<summary>", "</summary>", "</details>"}
PLACES = re.compile(r"(content|catalog|standard)/[\w/.-]+:\d+")


def test_no_cell_breaks_its_row():
    made = comment(told(with_hostile(MANY[0])))
    widths = [line.count("|") for line in made.splitlines() if line.startswith("|")]
    heads = [line.count("|") for line in made.splitlines() if line.startswith("| ---")]
    assert set(widths) == set(heads)


def test_a_comment_that_is_too_long_says_how_much_is_left_out():
    found = told(compare(before(), many_edits()))
    rows = sum(len(table.rows) for table in found.tables)
    whole, cut = comment(found), comment(found, longest=6_000)
    assert len(whole) > 6_000 >= len(cut)
    left_out = int(re.search(r"\*\*(\d+) rows are left out\*\*", cut)[1])
    shown = sum(line.startswith("|") for line in cut.splitlines()) - 2 * sum(
        line.startswith("| ---") for line in cut.splitlines()
    )
    assert shown + left_out == rows
    assert len(comment(found, longest=2_000)) <= 2_000
    assert len(whole) < LONGEST


def test_what_matters_is_left_out_last():
    found = told(realistic())
    cut = comment(found, longest=4_000)
    assert "Let crews see their bookings on the handhelds" in cut
    assert "Work and capacity of the PMO" not in cut


def test_sides_that_are_numbers_only_say_so():
    sides = [
        side_of_json(f"{side.name}.json", playbook_json(side.playbook).encode())
        for side in (realistic().old, realistic().new)
    ]
    found = told(compare(*sides))
    assert found.sentence == told(realistic()).sentence
    assert "playbook.json" in found.remarks[0]
    assert all(not row.edits for table in found.tables for row in table.rows)
    assert "decisions" in {table.id for table in found.tables}


def test_a_side_with_mistakes_is_told_by_what_was_edited():
    broken = now(edited(*REALISTIC[:2], ("content/roadmap.yml", r"fte: 3\.0", "fte: many")))
    found = told(compare(before(), broken))
    assert found.sentence == "What follows from this change cannot be said before the mistakes are mended."
    assert [table.id for table in found.tables] == ["edits"]
    assert found.tables[0].rows[0].cells[:4] == ("Project governance", "Target", "3.5", "4")
    assert "content/roadmap.yml:" in found.remarks[0]
    assert "only what was edited is compared" in found.remarks[1]


@pytest.mark.parametrize(
    ("code", "heads"),
    [
        ("de", ("Was diese Änderung bewirkt", "Was bearbeitet wurde", "Von wem mehr verlangt wird", "Wegen", "Vorher")),
        ("es", ("Qué hace este cambio", "Qué se editó", "A quién se pide más", "A causa de", "Antes")),
    ],
)
def test_it_speaks_other_languages(code, heads):
    with speaking(code):
        text = comment(told(realistic()))
    assert [head for head in heads if head not in text] == []
    ours = {
        "Before",
        "Now",
        "Because of",
        "Who is",
        "What was",
        "Levels after",
        "in no wave",
        "points",
        "2.33",
        "calm",
        "offered",
    }
    assert [english for english in ours if english in text] == []
