"""What is said, in which language: words, numbers, days and lists."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from importlib.resources import files

import pytest
from babel import Locale

from pmogen.analysis.trace import decimal, in_words
from pmogen.language import LANGUAGES, N_, TRANSLATED, _, fill, language, ngettext, own_name, pgettext, speaking, spoken
from pmogen.render.environment import days, level, listed, lower_first
from pmogen.render.markdown import day, month
from tests.language.words import LOCALE

DAY = dt.date(2026, 6, 26)


def test_english_is_spoken_until_something_else_is_asked_for():
    assert spoken().code == "en"
    assert _("Foundation") == "Foundation"
    with speaking("de"):
        assert _("Foundation") == "Grundlagen"
        with speaking("es"):
            assert _("Foundation") == "Fundamentos"
        assert _("Foundation") == "Grundlagen"
    assert spoken().code == "en"


def test_english_comes_back_after_a_mistake():
    with pytest.raises(ZeroDivisionError), speaking("de"):
        raise ZeroDivisionError
    assert spoken().code == "en"


def test_what_nobody_translated_stays_english():
    with speaking("de"):
        assert _("Nobody translated {this}.", this=1) == "Nobody translated 1."
        assert pgettext("nowhere", "open") == "open"
        assert ngettext("{count} gnu", "{count} gnus", 2) == "2 gnus"


def test_a_constant_is_translated_where_it_is_used():
    marked = N_("Foundation")
    with speaking("de"):
        assert (marked, _(marked)) == ("Foundation", "Grundlagen")


def test_a_context_tells_apart_what_looks_the_same():
    with speaking("de"):
        assert pgettext("a day", "By") == "Bis"
        assert pgettext("status of a hand-off", "agreed") == "vereinbart"
        assert pgettext("state of a position", "agreed") == "zugesagt"


@pytest.mark.parametrize(
    ("code", "one", "many"),
    [("en", "1 wave", "1,200 waves"), ("de", "1 Welle", "1.200 Wellen"), ("es", "1 ola", "1.200 olas")],
)
def test_the_form_goes_with_the_number(code, one, many):
    with speaking(code):
        assert ngettext("{count} wave", "{count} waves", 1) == one
        assert ngettext("{count} wave", "{count} waves", 1200) == many


@pytest.mark.parametrize("value", ["{other}", "{value.__class__}", "{0}", "{", "}", "%s", "\\1", "{value}"])
def test_a_value_is_never_read_as_a_message(value):
    assert fill("{value}, {other}", {"value": value, "other": "x"}) == f"{value}, x"


def test_braces_without_a_value_stay():
    assert fill("## A { #anchor } {unknown} {}", {"a": "x"}) == "## A { #anchor } {unknown} {}"


@pytest.mark.parametrize(
    ("code", "the_day", "the_month", "short"),
    [
        ("en", "26 June 2026", "June 2026", "Jun"),
        ("de", "26. Juni 2026", "Juni 2026", "Jun"),
        ("es", "26 de junio de 2026", "junio de 2026", "jun"),
    ],
)
def test_days(code, the_day, the_month, short):
    with speaking(code):
        assert (day(DAY), month(DAY), spoken().short_month(DAY)) == (the_day, the_month, short)


@pytest.mark.parametrize(("code", "sign"), [("en", "."), ("de", ","), ("es", ",")])
def test_numbers(code, sign):
    """For people with the sign of their language, for programs always with a point."""
    with speaking(code):
        assert in_words(Fraction(7, 3)) == f"2{sign}33"
        assert decimal(Fraction(7, 3)) == "2.33"
        assert level(Fraction(2)) == f"2{sign}0"


@pytest.mark.parametrize(
    ("code", "several", "either"),
    [("en", "a, b and c", "a, b or c"), ("de", "a, b und c", "a, b oder c"), ("es", "a, b y c", "a, b o c")],
)
def test_lists(code, several, either):
    with speaking(code):
        assert (listed("abc"), listed("abc", "or")) == (several, either)
        assert [str(listed("abc"[:count])) for count in (0, 1)] == ["", "a"]
        assert str(listed("ab")) == several.replace("a, b", "a").replace(" c", " b")


@pytest.mark.parametrize(
    ("code", "one", "many"),
    [("en", "1 person-day", "2.5 person-days"), ("de", "1 Personentag", "2,5 Personentage")],
)
def test_person_days(code, one, many):
    with speaking(code):
        assert (days(1), days(2.5)) == (one, many)


def test_german_keeps_its_capital_letters_within_a_sentence():
    assert lower_first("Projects run late") == "projects run late"
    with speaking("de"):
        assert lower_first("Projekte laufen zu lange") == "Projekte laufen zu lange"


def test_a_language_without_translation_speaks_english_throughout():
    """Half a sentence in one language and half in another would help nobody."""
    for code in ("ar", "fr", "no-such"):
        assert language(code).code == "en"


def test_the_theme_and_the_locale_data_know_every_language():
    theme = files("material") / "templates" / "partials" / "languages"
    for code in LANGUAGES:
        assert (theme / f"{code}.html").is_file(), code
        assert Locale.parse(code, sep="-"), code


def test_every_translation_is_announced():
    assert sorted(path.name for path in LOCALE.iterdir()) == sorted(TRANSLATED)
    assert set(TRANSLATED) < set(LANGUAGES)


def test_languages_go_by_their_own_names():
    assert [own_name(code) for code in ("en", "de", "es", "xx")] == ["English", "Deutsch", "Español", "xx"]
