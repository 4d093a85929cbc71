"""Loading again with what was kept: as if it were the first time, and the same objects where nothing changed."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from pmogen.diagnostics import Span
from pmogen.language import speaking
from pmogen.model.load import Loaded, load
from pmogen.source.files import Sources
from pmogen.source.kept import Kept
from tests.workspaces import SMALL

FILES = {
    **SMALL,
    "content/playbook.yml": SMALL["content/playbook.yml"]
    + "languages: [en, de]\nmethod: {privacy: {minimum_group: 8}}\n",
    "content/assessments/2027-01-31.csv": "respondent,group,aspect,current\nr1,sponsors,visibility,2\nr2,sponsors,visibility,dk\n",
    "content/pages/about.md": "# About\n",
    "content/pages/about.de.md": "# Warum\n",
    "standard/templates/charter.md": "# Charter\n",
    "catalog/own.yml": (
        "services:\n  - id: register\n    name: {en: Our register, de: Unser Register}\n    run_fte: 1\n"
        "    # pmogen: allow PMO305 because it is ours\n    tier: basic\n  - {id: reporting, kind: service}\n"
    ),
}
WORDS = (
    "1",
    "1.0",
    "true",
    "no",
    "0",
    "-0.0",
    "x",
    "''",
    "~",
    "[",
    "{a: 1}",
    "2027-03-31",
    "ignore: true",
    "a: b",
    "&x",
    "#",
)


def sources(files: dict[str, str]) -> Sources:
    """The files as if they had just been read."""
    return Sources({name: text.encode() for name, text in files.items()})


def edited(files: dict[str, str], chance: random.Random) -> dict[str, str]:
    """The files with one thing done to one of them; now and then as at the beginning, so that not all is broken."""
    name = chance.choice(sorted(FILES))
    lines = files.get(name, "").split("\n")
    at = chance.randrange(len(lines))
    kind = chance.randrange(8)
    if kind == 0:
        return dict(FILES)
    if kind == 1:
        return {**files, name: FILES[name]}
    if kind == 2:
        return {other: text for other, text in files.items() if other != name}
    if kind == 3:
        lines[at:at] = chance.choice((["# a remark"], [""], [lines[at]]))
    elif kind == 4:
        lines[at : at + 1] = []
    else:
        words = lines[at].split(" ")
        words[chance.randrange(len(words))] = chance.choice(WORDS)
        lines[at] = " ".join(words)
    return {**files, name: "\n".join(lines)}


def places(result: Loaded) -> Iterator[Span]:
    """Where everything stands, field by field."""
    for kind, entries in result.places.entries.items():
        for identifier, entry in entries.items():
            for name in entry.values:
                yield result.places.span(kind, identifier, name, 0)
    for name, origin in result.places.contents.items():
        for key in origin.document.value if isinstance(origin.document.value, dict) else ():
            yield result.places.span(name, key, key=True)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_edited_nothing_is_stale(seed: int) -> None:
    """After each of many edits, a load with what was kept finds and says what a first load does, places and types included."""
    chance = random.Random(seed)
    kept, files = Kept(), dict(FILES)
    whole = 0
    for _ in range(150):
        files = edited(files, chance)
        kept.begin()
        for language in (None, "de"):
            with speaking(language or chance.choice(("en", "en", "es"))):
                again, fresh = load(sources(files), language, kept=kept), load(sources(files), language)
            assert again.diagnostics == fresh.diagnostics
            assert again.workspace == fresh.workspace
            assert repr(again.workspace) == repr(fresh.workspace)
            assert list(places(again)) == list(places(fresh))
            whole += again.workspace is not None
    assert whole > 20


def test_what_did_not_change_is_the_same_object() -> None:
    """After an edit of one entry all others, and all other files, are the objects that they were."""
    kept = Kept()
    before = load(sources(FILES), kept=kept).workspace
    kept.begin()
    own = "# moved down\n" + FILES["catalog/own.yml"].replace("Our register", "The register")
    after = load(sources({**FILES, "catalog/own.yml": own}), kept=kept).workspace
    assert before is not None
    assert after is not None
    assert [one is other for one, other in zip(before.catalogue.services, after.catalogue.services, strict=True)] == [
        False,
        True,
    ]
    for name in ("settings", "foundation", "assessments", "decisions", "roadmap", "pages", "other_pages", "documents"):
        assert getattr(before, name) is getattr(after, name), name
    for name in ("method", "aspects", "roles", "questions", "glossary"):
        assert getattr(before.catalogue, name) is getattr(after.catalogue, name), name


def test_a_remark_changes_places_only() -> None:
    """A comment moves what stands below it, and leaves the catalogue as it was."""
    kept = Kept()
    before = load(sources(FILES), kept=kept).workspace
    kept.begin()
    after = load(sources({**FILES, "catalog/own.yml": "# a remark\n" + FILES["catalog/own.yml"]}), kept=kept).workspace
    assert before is not None
    assert after is not None
    assert after.catalogue is before.catalogue
    assert after.places.span("services", "register", "name").line == 4


def test_nothing_changed_gives_the_same_workspace() -> None:
    """Sources that are equal are not loaded again, in any language; and nothing is lost while nothing changes."""
    kept = Kept()
    first = load(sources(FILES), kept=kept)
    german = load(sources(FILES), "de", kept=kept)
    count = len(kept)
    for _ in range(3):
        kept.begin()
        assert load(sources(FILES), kept=kept) is first
        assert load(sources(FILES), "de", kept=kept) is german
        assert len(kept) == count


def test_a_file_is_parsed_once_for_all_languages() -> None:
    """The YAML does not depend on the language that it is read in."""
    kept = Kept()
    first = load(sources(FILES), kept=kept)
    german = load(sources(FILES), "de", kept=kept)
    assert all(german.documents[name] is document for name, document in first.documents.items())


def test_what_is_kept_does_not_grow() -> None:
    """After many edits no more is kept than after the first load."""
    kept = Kept()
    load(sources(FILES), kept=kept)
    least = len(kept)
    for number in range(20):
        kept.begin()
        pages = {
            f"content/pages/page{number}.md": "x",
            "content/roadmap.yml": f"{FILES['content/roadmap.yml']}# {number}\n",
        }
        load(sources({**FILES, **pages}), kept=kept)
    kept.begin()
    load(sources(FILES), kept=kept)
    kept.begin()
    assert len(kept) == least
