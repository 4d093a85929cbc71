"""The forms in a browser: filled in, kept, gone on with elsewhere, handed in, and read back exactly."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from pmogen.cli import run
from pmogen.exchange.survey import Handed, collect, survey_of
from tests.browser import DESKTOP, PHONE, visit
from tests.browser.test_barriers import wrong_html
from tests.browser.walk import barriers_in_both_palettes
from tests.exchange.surveys import some_answers
from tests.workspaces import example as read_example

WORKSPACE = read_example()
SURVEY = survey_of(WORKSPACE)
GROUP = "sponsors"
ANSWERS = some_answers(SURVEY, GROUP)


@pytest.fixture(scope="module")
def forms(made_once, example):
    def make(folder):
        assert run(["export", "survey", str(example), "-o", str(folder), "--mail-to", "pmo@example.org"]) == 0
        assert run(["export", "questionnaire", str(example), "-o", str(folder / "questions.html")]) == 0
        assert run(["export", "survey", str(example), "-o", str(folder / "finance.html"), "--group", "finance"]) == 0
        assert run(["export", "survey", str(example), "-o", str(folder / "german.html"), "--lang", "de"]) == 0

    return made_once("forms", make)


@pytest.fixture
def form(forms):
    return (forms / "survey.html").as_uri()


def fill(page, answers=ANSWERS, group=GROUP):
    """Fills in the form as a person does."""
    page.locator(f"[name=group][value={group}]").check()
    for aspect, answer in answers.items():
        if answer.current:
            page.locator(f"[name='{aspect}:current'][value='{answer.current}']").check()
        for part in ("target", "importance"):
            if getattr(answer, part):
                page.locator(f"[name='{aspect}:{part}']").select_option(getattr(answer, part))
        if answer.comment:
            page.locator(f"[name='{aspect}:comment']").fill(answer.comment)


def saved(page):
    with page.expect_download() as download:
        page.locator("#save").click()
    return download.value


def read_back(raw):
    return [(person.group, dict(person.answers)) for person in collect([Handed("a", raw)], WORKSPACE, {}).people]


def test_what_is_filled_in_comes_back_exactly(browser, form, tmp_path):
    with visit(browser) as seen:
        seen.open(form)
        fill(seen.page)
        download = saved(seen.page)
        download.save_as(tmp_path / "a.json")
        assert read_back((tmp_path / "a.json").read_bytes()) == [(GROUP, ANSWERS)]
        assert read_back(seen.page.locator("#text").input_value().encode()) == [(GROUP, ANSWERS)]
        expect(seen.page.locator("#told")).to_contain_text(download.suggested_filename)
        assert seen.complaints == []
        assert [address for address in seen.asked_beyond(form) if not address.startswith("blob:")] == []


def test_the_file_says_nothing_about_the_person(browser, form, tmp_path):
    with visit(browser) as seen:
        seen.open(form)
        fill(seen.page)
        saved(seen.page).save_as(tmp_path / "a.json")
    told = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert set(told) == {"format", "group", "copy", "revision", "answers"}


def test_the_browser_keeps_it_until_it_is_deleted(browser, form):
    with visit(browser) as seen:
        seen.open(form)
        fill(seen.page)
        text = seen.page.locator("#text").input_value()
        seen.page.reload()
        assert seen.page.locator("#text").input_value() == text
        seen.page.on("dialog", lambda dialog: dialog.accept())
        seen.page.locator("#forget").click()
        expect(seen.page.locator("#status")).to_have_text("First, choose your group")
        seen.page.reload()
        assert seen.page.locator("input:checked").count() == 0


def test_a_saved_file_is_gone_on_with_elsewhere(browser, form, tmp_path):
    with visit(browser) as seen:
        seen.open(form)
        fill(seen.page)
        text = seen.page.locator("#text").input_value()
        saved(seen.page).save_as(tmp_path / "draft.json")
    with visit(browser) as other:
        other.open(form)
        (tmp_path / "strange.json").write_text("{}")
        other.page.locator("#go-on").set_input_files(tmp_path / "strange.json")
        expect(other.page.locator("#told")).to_contain_text("not a file of this form")
        other.page.locator("#go-on").set_input_files(tmp_path / "draft.json")
        expect(other.page.locator("#text")).to_have_value(text)
        first = next(iter(ANSWERS))
        other.page.locator(f"[name='{first}:current'][value='5']").check()
        saved(other.page).save_as(tmp_path / "again.json")
    files = [Handed(name, (tmp_path / f"{name}.json").read_bytes()) for name in ("again", "draft")]
    people = collect(files, WORKSPACE, {}).people
    assert [person.answers[first].current for person in people] == ["5"]


def test_each_group_sees_what_it_is_asked(browser, form):
    with visit(browser) as seen:
        seen.open(form)
        assert seen.page.locator("[data-entry]:visible").count() == 0
        for group in SURVEY.groups:
            seen.page.locator(f"[name=group][value={group.id}]").check()
            shown = seen.page.locator("[data-entry]:visible")
            asked = [aspect.id for aspect in SURVEY.asked(group.id)]
            assert shown.evaluate_all("all => all.map(one => one.dataset.entry)") == asked
            expect(seen.page.locator("#status")).to_have_text(f"0 of {len(asked)} answered")


def test_answers_that_are_not_asked_are_not_handed_in(browser, form):
    with visit(browser) as seen:
        seen.open(form)
        fill(seen.page)
        seen.page.locator("[name=group][value=finance]").check()
        asked = {aspect.id for aspect in SURVEY.asked("finance")}
        assert {
            aspect for _, said in read_back(seen.page.locator("#text").input_value().encode()) for aspect in said
        } <= asked


def test_it_works_by_keyboard_alone(browser, form):
    with visit(browser) as seen:
        seen.open(form)
        press = seen.page.keyboard.press
        press("Tab")
        expect(seen.page.locator(".skip")).to_be_focused()
        press("Enter")
        for key in ("Tab", "Space", "Tab", "Space", "ArrowDown", "ArrowDown"):
            press(key)
        group = SURVEY.groups[0].id
        first = SURVEY.asked(group)[0].id
        assert seen.page.locator("input:checked").evaluate_all("all => all.map(one => one.value)") == [group, "3"]
        press("Tab")
        press("Enter")
        expect(seen.page.locator("#status")).to_contain_text("0 of")
        expect(seen.page.locator(f"[name='{first}:current']").first).to_be_focused()


def test_focus_is_never_behind_the_bar(browser, form):
    with visit(browser, PHONE) as seen:
        seen.open(form)
        fill(seen.page)
        hidden = """() => { const box = document.activeElement.getBoundingClientRect();
            const bar = document.querySelector('.bar').getBoundingClientRect();
            return document.activeElement !== document.body && box.top >= bar.top && box.bottom <= bar.bottom; }"""
        for key in ("Tab",) * 30 + ("Shift+Tab",) * 30:
            seen.page.keyboard.press(key)
            assert not seen.page.evaluate(hidden)


def test_missing_answers_are_links(browser, form):
    with visit(browser) as seen:
        seen.open(form)
        seen.page.locator(f"[name=group][value={GROUP}]").check()
        links = seen.page.locator("#missing-list a")
        assert links.count() == len(ANSWERS)
        links.nth(2).click()
        assert seen.page.evaluate("document.activeElement.closest('[data-entry]').dataset.entry") == list(ANSWERS)[2]


def test_the_mail_holds_the_text_or_asks_for_it(browser, form):
    with visit(browser) as seen:
        seen.open(form)
        seen.page.locator(f"[name=group][value={GROUP}]").check()
        assert "%5BGROUP%5D%20sponsors" in seen.page.locator("#mail").get_attribute("href")
        fill(
            seen.page,
            {aspect: answer.__class__(answer.current, comment="x" * 300) for aspect, answer in ANSWERS.items()},
        )
        address = seen.page.locator("#mail").get_attribute("href")
        assert address.startswith("mailto:pmo@example.org?subject=")
        assert len(address) < 2000
        assert "paste" in address


def test_an_injected_script_does_not_run(browser, form):
    with visit(browser) as seen:
        seen.open(form)
        seen.page.evaluate("""() => { const script = document.createElement('script');
            script.textContent = 'window.ran = 1'; document.body.append(script); }""")
        assert seen.page.evaluate("window.ran") is None
        assert "script-src 'sha256-" in seen.page.locator("meta[http-equiv]").get_attribute("content")


def test_a_browser_that_keeps_nothing_is_told(browser, form):
    with visit(browser) as seen:
        seen.page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); }")
        seen.open(form)
        seen.page.locator(f"[name=group][value={GROUP}]").check()
        expect(seen.page.locator("#not-kept")).to_be_visible()


def test_without_scripts_it_can_be_read_and_printed(browser, form):
    with visit(browser, java_script_enabled=False) as bare:
        bare.open(form)
        assert bare.page.locator("[data-entry]:visible").count() == len(SURVEY.aspects)
        assert bare.page.locator("noscript p").is_visible()


@pytest.mark.parametrize("name", ["survey", "questions", "finance", "german"])
def test_it_has_no_barrier_and_is_not_too_wide(browser, forms, name, axe):
    with visit(browser, reduced_motion="reduce") as seen:
        seen.open((forms / f"{name}.html").as_uri())
        seen.page.evaluate(axe)
        for size in (DESKTOP, PHONE):
            seen.page.set_viewport_size({"width": size[0], "height": size[1]})
            assert list(barriers_in_both_palettes(seen.page, "light", "dark")) == []
            if seen.page.locator("[name=group]").count():
                seen.page.locator(f"[name=group][value={GROUP}]").check()
            seen.page.locator("[data-entry]:visible input").nth(1).check()
            assert list(barriers_in_both_palettes(seen.page, "light", "dark")) == []
            for width in (*size[:1], 320):
                seen.page.set_viewport_size({"width": width, "height": 800})
                assert seen.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_the_html_is_valid(html_validate, forms, tmp_path):
    pages = [str(path) for path in sorted(forms.glob("*.html"))]
    assert wrong_html(html_validate, pages, tmp_path) == []


@pytest.mark.parametrize("name", ["survey", "questions"])
def test_paper_shows_the_questions_and_no_buttons(browser, forms, name):
    with visit(browser) as seen:
        seen.open((forms / f"{name}.html").as_uri())
        seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        seen.page.emulate_media(media="print")
        assert seen.page.locator("button:visible, .bar:visible, #text:visible").count() == 0
        entries = seen.page.locator("[data-entry]")
        assert entries.count() == seen.page.locator("[data-entry]:visible").count()


def test_the_questionnaire_comes_back_exactly(browser, forms, tmp_path):
    with visit(browser) as seen:
        seen.open((forms / "questions.html").as_uri())
        seen.page.locator("[name='success:state'][value=known]").check()
        seen.page.locator("[name='success:answer']").fill("Fewer surprises.\n\nAnd trust.")
        seen.page.locator("[name='funding:state'][value=confirmed]").check()
        expect(seen.page.locator("#status")).to_contain_text("2 of")
        saved(seen.page).save_as(tmp_path / "a.json")
        assert seen.complaints == []
    told = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert told["answers"] == {
        "success": {"state": "known", "answer": "Fewer surprises.\n\nAnd trust."},
        "funding": {"state": "confirmed"},
    }
