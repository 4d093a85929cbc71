"""Issue forms: their lists are those of the playbook, their words belong to whoever changed them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from pmogen.cli import run
from pmogen.language import speaking
from pmogen.site.forms import FOLDER, current_forms, lists_of, new_forms
from tests.cli.test_commands import hashes, spoil
from tests.workspaces import example, service, workspace

NAMES = {"challenge-a-score.yml", "propose-a-service.yml", "report-a-hand-off.yml", "discuss.yml"}


@pytest.fixture
def folder(tmp_path):
    """An empty playbook with its forms."""
    place = tmp_path / "workspace"
    assert run(["init", str(place), "--empty"]) == 0
    shutil.rmtree(place / ".github", ignore_errors=True)
    assert run(["forms", str(place)]) == 0
    return place


def form(files: dict[str, str], name: str) -> dict[str, dict]:
    """The fields of a form by id."""
    return {field["id"]: field for field in yaml.safe_load(files[f"{FOLDER}/{name}.yml"])["body"] if "id" in field}


def test_all_forms_are_made(folder):
    assert {path.name for path in (folder / FOLDER).iterdir()} == NAMES


def test_lists_are_those_of_the_playbook():
    known = example()
    forms = new_forms(known)
    options = form(forms, "challenge-a-score")["aspect"]["attributes"]["options"]
    assert options[0] == "governance: Project governance"
    assert len(options) == len(known.current.assessment.aspects)
    assert len(form(forms, "propose-a-service")["service"]["attributes"]["options"]) == len(known.catalogue.services)
    units = form(forms, "report-a-hand-off")["unit"]["attributes"]["options"]
    assert units[1:] == [f"{unit.id}: {unit.name}" for unit in known.decisions.entities]


def test_every_form_takes_the_page_it_is_opened_from():
    """Links on pages fill it in: `issues/new?template=discuss.yml&page=...`."""
    forms = new_forms(workspace())
    assert all("page" in form(forms, name.removesuffix(".yml")) for name in NAMES)
    assert "id" in form(forms, "discuss")


def test_a_playbook_without_hand_offs_has_a_form_for_the_first():
    fields = form(new_forms(workspace()), "report-a-hand-off")
    assert fields["hand-off"]["attributes"]["options"] == ["A new one"]


def test_no_list_is_empty_or_says_a_thing_twice():
    for files in (new_forms(example()), new_forms(workspace())):
        for text in files.values():
            for field in yaml.safe_load(text)["body"]:
                options = field["attributes"].get("options", ["one"])
                assert options
                assert len(options) == len(set(options))
                assert all(isinstance(option, str) for option in options)


def test_forms_speak_the_language_of_the_playbook():
    with speaking("de"):
        assert "name: Eine Einstufung anzweifeln" in new_forms(workspace())[f"{FOLDER}/challenge-a-score.yml"]


@pytest.mark.parametrize(
    "name",
    [
        'a "b" \\',
        "no",
        "- x",
        "# end of list",
        "{{ x }} ${{ github.token }}",
        "x: y",
        "ä \U0001f600",
        "<script>",
        "'",
        "%0A",
    ],
)
def test_a_name_is_text_and_nothing_else(name):
    known = workspace({"standard/services.yml": {"services": [service("register", name=name), service("other")]}})
    fields = form(new_forms(known), "propose-a-service")
    assert fields["service"]["attributes"]["options"] == [f"register: {name}", "other: Other"]
    assert current_forms(new_forms(known), known) == new_forms(known)


def test_a_name_calls_nobody():
    known = workspace(
        {"standard/services.yml": {"services": [service("register", name="@everybody, mail a@example.org")]}}
    )
    fields = form(new_forms(known), "propose-a-service")
    assert "@e" not in fields["service"]["attributes"]["options"][0]


def test_only_lists_change_and_words_stay(folder, capsys):
    path = folder / FOLDER / "challenge-a-score.yml"
    spoil(path, "name: Challenge a score", "name: Our own words # and a comment")
    assert run(["forms", str(folder)]) == 0
    before = path.read_text()
    assert "Our own words # and a comment" in before
    assert run(["forms", str(folder), "--check"]) == 0
    spoil(path, "5: improving", "5: perfect")
    assert run(["forms", str(folder), "--check"]) == 1
    assert "not current: .github/ISSUE_TEMPLATE/challenge-a-score.yml" in capsys.readouterr().err
    assert "5: perfect" in path.read_text()
    assert run(["forms", str(folder)]) == 0
    assert path.read_text() == before


def test_a_change_of_the_playbook_makes_them_stale(folder):
    assessment = next((folder / "content/assessments").glob("*.yml"))
    first = yaml.safe_load(assessment.read_text())["aspects"][0]["aspect"]
    catalogue = folder / "catalog"
    catalogue.mkdir(exist_ok=True)
    (catalogue / "aspects.yml").write_text(f"aspects: [{{id: {first}, name: Another name}}]\n")
    assert run(["forms", str(folder), "--check"]) == 1
    assert run(["forms", str(folder)]) == 0
    assert f'"{first}: Another name"' in (folder / FOLDER / "challenge-a-score.yml").read_text()


def test_a_form_that_was_taken_away_stays_away(folder):
    (folder / FOLDER / "discuss.yml").unlink()
    assert run(["forms", str(folder)]) == 0
    assert {path.name for path in (folder / FOLDER).iterdir()} == NAMES - {"discuss.yml"}


def test_a_form_and_a_list_of_ones_own_are_left_alone(folder):
    own = folder / FOLDER / "own.yml"
    own.write_text("name: Own\n# list: unknown, mine\n- a\n# end of list\n")
    assert run(["forms", str(folder)]) == 0
    assert own.read_text() == "name: Own\n# list: unknown, mine\n- a\n# end of list\n"


def test_checking_writes_nothing(folder):
    spoil(folder / FOLDER / "challenge-a-score.yml", "5: improving", "5: perfect")
    before = hashes(folder)
    run(["forms", str(folder), "--check"])
    assert hashes(folder) == before
    shutil.rmtree(folder / ".github")
    assert run(["forms", str(folder), "--check"]) == 0
    assert not (folder / ".github").exists()


def test_a_link_is_not_followed(folder, tmp_path):
    outside = tmp_path / "outside.yml"
    outside.write_text("# list: levels\n# end of list\n")
    (folder / FOLDER / "link.yml").symlink_to(outside)
    assert run(["forms", str(folder)]) == 0
    assert outside.read_text() == "# list: levels\n# end of list\n"


def test_with_errors_the_forms_stay(folder, capsys):
    spoil(Path(folder, "content/playbook.yml"), "version:", "versoin:")
    assert run(["forms", str(folder)]) == 1
    assert "the forms stay as they are" in capsys.readouterr().err


def test_lists_have_names_that_forms_use():
    used = {
        name for text in new_forms(workspace()).values() for name in lists_of(workspace()) if f"# list: {name}," in text
    }
    assert used == set(lists_of(workspace()))
