"""Stages are watched from inside, and peers are given all that the pages of pmogen say."""

from __future__ import annotations

import json

import jinja2
import pytest
import yaml
from measure.commands import pages_only
from measure.process import run
from measure.tables import STAGES
from peers.facts import facts_of
from peers.jinja import TEMPLATES, gen_files, macros
from peers.needs import needs
from workspaces import make


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A made workspace with its pages, and the seconds of its stages."""
    root = tmp_path_factory.mktemp("built")
    make(root, answers=600)
    run(pages_only(root))
    return root


@pytest.fixture(scope="module")
def facts(built):
    return facts_of(built)


def test_each_stage_is_timed_and_computing_is_told_in_two_parts(built):
    seconds = json.loads(pages_only(built).stages.read_bytes())
    assert list(seconds) == [stage for stage in STAGES if stage != "mkdocs"]
    assert min(seconds.values()) > 0


def test_there_is_a_record_for_each_page_of_a_service_an_aspect_a_gap_and_a_wave(built, facts):
    for kind, folder in (("services", "services"), ("aspects", "assessment"), ("gaps", "gaps"), ("waves", "roadmap")):
        assert facts[kind]
        for record in facts[kind]:
            page = (built / f"build/playbook/{folder}/{record['id']}.md").read_text()
            folded = sum(len(block["lines"]) for block in record["folded"])
            assert page.count("??? ") == len(record["folded"])
            assert folded > 5


def test_pages_of_peers_are_about_as_long_as_ours(built, facts):
    templates = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES))
    for kind, folder in (("services", "services"), ("gaps", "gaps"), ("waves", "roadmap")):
        one = kind[:-1]
        ours = theirs = 0
        for record in facts[kind]:
            ours += len((built / f"build/playbook/{folder}/{record['id']}.md").read_text())
            theirs += len(templates.get_template(f"{one}.md").render(**{one: record}))
        assert 0.65 < theirs / ours < 1.2, kind


def test_the_page_of_the_whole_holds_what_ours_does(facts, built):
    assert all(record["in_whole"] for records in facts.values() for record in records)
    whole = built / "build/playbook/whole.md"
    text = whole.read_text()
    left_out = facts["services"][0]
    try:
        whole.write_text(text.replace(f"{{ #page-services_{left_out['id']} }}", ""))
        again = facts_of(built)
    finally:
        whole.write_text(text)
    assert [record["id"] for records in again.values() for record in records if not record["in_whole"]] == [
        left_out["id"]
    ]
    templates = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES))
    known = {kind: {record["id"]: record for record in records} for kind, records in again.items()}
    page = templates.get_template("whole.md").render(**known)
    assert f"# {left_out['name']}\n" not in page
    assert f"# {facts['services'][1]['name']}\n" in page


def test_projects_of_jinja_hold_the_records_and_a_page_or_a_script_that_makes_it(tmp_path, facts):
    macros(tmp_path / "macros", facts)
    gen_files(tmp_path / "gen", facts)
    for project in ("macros", "gen"):
        kept = yaml.load((tmp_path / project / "data/gaps.yml").read_bytes(), Loader=yaml.CSafeLoader)
        assert kept == {gap["id"]: gap for gap in facts["gaps"]}
    pages = sorted((tmp_path / "macros/docs").rglob("*.md"))
    assert len(pages) == sum(map(len, facts.values())) + 2
    compile((tmp_path / "gen/make_pages.py").read_text(), "make_pages.py", "exec")


def test_each_record_is_a_need_that_leads_to_what_it_requires(tmp_path, facts):
    needs(tmp_path / "needs", facts)
    service = next(service for service in facts["services"] if service["requires"])
    text = (tmp_path / f"needs/services/{service['id']}.rst").read_text()
    assert f"   :id: service-{service['id']}\n" in text
    assert f"service-{service['requires'][0]['id']}" in text
    for deliverable in service["deliverables"]:
        assert f"   * {deliverable}\n" in text
