"""Loading: every mistake at once, with its place; layers; places of fields."""

from __future__ import annotations

from pmogen.model.load import load
from pmogen.source.files import Sources, read_sources
from tests.workspaces import ROOT, SMALL, changed, loaded, service, workspace


def found(changes: dict[str, object]) -> list[tuple[str, str, str]]:
    """Place, message and hint of what is wrong."""
    result = loaded(changes)  # type: ignore[arg-type]  # a plain dict reads better in the tests
    return [(str(wrong.span), wrong.message, wrong.hint) for wrong in result.diagnostics]


def test_all_mistakes_of_all_files_at_once() -> None:
    """A mistake in one file never hides a mistake in another."""
    result = loaded(
        {
            "content/playbook.yml": "title: 5\n",
            "content/foundation.yml": "summry: x\n",
            "content/decisions.yml": "services: nothing\n",
            "content/roadmap.yml": "waves: [\n",
            "content/assessments/2027-01-31.yml": "date: 2027-13-01\n",
        }
    )
    assert result.workspace is None
    assert {wrong.span.file for wrong in result.diagnostics} == {
        "content/playbook.yml",
        "content/foundation.yml",
        "content/decisions.yml",
        "content/roadmap.yml",
        "content/assessments/2027-01-31.yml",
    }


def test_unknown_key_points_at_the_key_and_proposes() -> None:
    """A slip in a key is an error with a proposal."""
    text = "summary: x\ncustomers:\n  - {id: a, name: A, expects: [], voce: x}\n"
    told = found({"content/foundation.yml": text})
    assert ("content/foundation.yml:3:35", "`voce` is not a known key here", "did you mean `voice`?") in told


def test_plain_words_for_types() -> None:
    """Types are explained in words of the reader."""
    text = SMALL["content/roadmap.yml"].replace("fte: 2", "fte: two").replace("2027-03-31", "31.3.2027")
    told = [message for _, message, _ in found({"content/roadmap.yml": text})]
    assert "`fte` must be a number, not 'two'" in told
    assert any("not a date like" in message for message in told)


def test_missing_file() -> None:
    """A missing file is named."""
    assert ("content/roadmap.yml:1:1", "content/roadmap.yml is missing") in [
        told[:2] for told in found({"content/roadmap.yml": None})
    ]


def test_misnamed_file_is_noticed() -> None:
    """A file that nothing reads is a warning."""
    assert any("read by nothing" in message for _, message, _ in found({"content/decision.yml": "{}"}))


def test_local_layer_adds_changes_and_ignores() -> None:
    """A local entry with a new id adds, with a known id changes fields, and `ignore` takes away."""
    changes = {
        "catalog/own.yml": {
            "services": [
                {"id": "register", "name": "Our register"},
                service("helpdesk"),
                {"id": "reporting", "ignore": True, "reason": "We have it."},
            ]
        }
    }
    made = workspace(changes)  # type: ignore[arg-type]  # a plain dict reads better in the tests
    assert [entry.name for entry in made.catalogue.services] == ["Our register", "Helpdesk"]
    assert made.places.span("services", "register", "name").file == "catalog/own.yml"
    assert made.places.span("services", "register", "kind").file == "standard/services.yml"


def test_ignore_needs_a_reason_and_a_lower_entry() -> None:
    """`ignore` without a reason, or of nothing, is a mistake."""
    told = [message for _, message, _ in found({"catalog/own.yml": "services: [{id: nothing, ignore: true}]\n"})]
    assert any("no lower layer" in message for message in told)
    assert any("without a reason" in message for message in told)


def test_method_is_changed_key_by_key() -> None:
    """The playbook may change single defaults of the method."""
    text = SMALL["content/playbook.yml"] + "method: {privacy: {minimum_group: 8}}\n"
    method = workspace({"content/playbook.yml": text}).catalogue.method
    assert method.privacy.minimum_group == 8
    assert method.gap.high_from == 2.0


def test_loading_is_pure_in_any_order_of_files() -> None:
    """Same files, equal workspace, in whatever order they come."""
    files = changed({}).files
    backwards = Sources(dict(reversed(list(files.items()))))
    assert load(Sources(files)) == load(backwards) == load(Sources(files))


def test_example_is_in_order() -> None:
    """The example workspace loads without a single mistake of form."""
    result = load(read_sources(ROOT))
    assert result.workspace is not None
    assert [wrong for wrong in result.diagnostics if wrong.severity != "note"] == []


def test_answers_that_cannot_be_understood() -> None:
    """A junk cell is reported with its line, and an unknown column is named."""
    rows = "respondent,group,aspect,current,remark\nr1,sponsors,visibility,7,\nr2,sponsors,visibility,dk,\n"
    told = found({"content/assessments/2027-01-31.csv": rows})
    assert any(
        place.startswith("content/assessments/2027-01-31.csv:2") and "`7`" in message for place, message, _ in told
    )
    assert any("`remark`" in message for _, message, _ in told)


def test_change_of_an_entry_that_does_not_exist() -> None:
    """A slip in the id of a local change is one mistake with a proposal, and not twenty missing fields."""
    told = found({"catalog/own.yml": {"services": [{"id": "registr", "name": "Our register"}]}})
    assert [(message, hint) for _, message, hint in told] == [
        ("no lower layer has `registr` to change, and it is not complete", "did you mean `register`?")
    ]


def test_a_list_is_not_called_too_short_because_its_entries_are_wrong() -> None:
    """The entries are told; that none of them is left is no mistake of its own."""
    told = found({"content/roadmap.yml": "waves: [{id: one}]\n"})
    assert told
    assert not any("entries" in message for _, message, _ in told)
    assert [message for _, message, _ in found({"content/roadmap.yml": "waves: []\n"})] == [
        "`waves` has 0 entries, but needs at least 1"
    ]


def test_a_layer_without_files_is_shown_where_it_is_listed() -> None:
    told = found({"content/playbook.yml": {"catalogue": ["standard", "nope/"]}})
    assert told == [
        (told[0][0], "the layer `nope/` has no files", "make the folder nope/ or take it out of `catalogue`")
    ]
    assert not told[0][0].endswith(":1:1")


def test_two_assessments_of_one_day_are_refused() -> None:
    """Which of them is current, and whose answers the table holds, could not be said."""
    second = SMALL["content/assessments/2027-01-31.yml"]
    told = found({"content/assessments/2027-01-31.yaml": second})
    assert [message for _, message, _ in told] == [
        "content/assessments/2027-01-31.yml is the second assessment of 2027-01-31"
    ]


def test_a_line_of_blanks_is_no_title() -> None:
    told = found({"content/playbook.yml": 'title: " "\n'})
    assert ("content/playbook.yml:1:8", "`title` is empty", "fill it in") in told


def test_an_address_with_a_password_is_refused_and_not_repeated() -> None:
    """Addresses are published in every page."""
    for secret in ("https://me:geheim@example.org/p", "https://geheim@example.org/p"):
        told = found({"content/playbook.yml": f"repository: {secret}\n"})
        about = next(line for line in told if "`repository`" in line[1])
        assert "password" in about[2]
        assert "geheim" not in str(about)
