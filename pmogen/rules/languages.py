"""PMO97x: the languages of the site, and what is missing in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pmogen.diagnostics import Related, Span
from pmogen.language import ENGLISH, LANGUAGES, TRANSLATED, _, ngettext, own_name
from pmogen.model.shape import near_language
from pmogen.rules.rule import Facts, Finding, rule

SHOWN = 5
"""So many files are named; more would be a list that nobody reads."""


@rule("PMO971", "error")
def unknown_language(facts: Facts) -> Iterator[Finding]:
    """`language` or `languages` names a language that pmogen cannot make a site in.

    A language is known when the theme has words for it and the Unicode locale data know how it writes days.

    Wrong:
        content/playbook.yml:
          language: german

    Right:
        content/playbook.yml:
          language: de
    """
    settings = facts.workspace.settings
    named = (
        (settings.language, ("language",)),
        *((code, ("languages", i)) for i, code in enumerate(settings.languages)),
    )
    for code, path in named:
        if code not in LANGUAGES:
            yield Finding(
                _("`{code}` is not a known language", code=code), facts.span("playbook", *path), near_language(code)
            )


@rule("PMO972", "error")
def main_language_is_not_first(facts: Facts) -> Iterator[Finding]:
    """`languages` does not begin with `language`.

    The first language is the one that the site opens in. Texts that do not say which language they are in are in it, too.

    Wrong:
        content/playbook.yml:
          language: de
          languages: [en, de]

    Right:
        content/playbook.yml:
          language: de
          languages: [de, en]
    """
    settings = facts.workspace.settings
    if settings.languages and settings.languages[0] != settings.language:
        message = _(
            "`languages` begins with `{first}`, but `language` is `{language}`",
            first=settings.languages[0],
            language=settings.language,
        )
        others = ", ".join(code for code in settings.languages if code != settings.language)
        line = f"languages: [{settings.language}, {others}]"
        hint = _("write `{line}`, or change `language`", line=line)
        yield Finding(message, facts.span("playbook", "languages"), hint)


@rule("PMO973", "note")
def words_not_translated(facts: Facts) -> Iterator[Finding]:
    """Pmogen's own words (headings, sentences, names of columns) were not translated to a language of the site.

    They stay English there, as do days and numbers; your own texts and the words of the theme follow the language.
    Translations are welcome: docs/translating.md.

    Wrong:
        content/playbook.yml:
          languages: [en, fr]

    Right:
        content/playbook.yml:
          languages: [en]
    """
    for number, code in enumerate(facts.workspace.settings.spoken):
        if code in LANGUAGES and code not in (ENGLISH, *TRANSLATED):
            path = ("languages", number) if facts.workspace.settings.languages else ("language",)
            message = _(
                "pmogen's own words were not translated to {language} and stay English", language=own_name(code)
            )
            hint = _("translated are {languages}", languages=", ".join((ENGLISH, *TRANSLATED)))
            yield Finding(message, facts.span("playbook", *path), hint)


@rule("PMO974", "note")
def texts_not_translated(facts: Facts) -> Iterator[Finding]:
    """Texts are missing in a language of the site; readers get them in another one there.

    A text that does not say which language it is in counts as one in the main language; the standard catalogue is English.
    A page written by hand or a document template counts as one text: write it in a file beside it, `about.de.md` for
    `about.md`.

    Wrong:
        content/playbook.yml:
          languages: [en, de]

    Right:
        content/playbook.yml:
          title: {en: The playbook, de: Das Handbuch}
    """
    for code in facts.workspace.settings.spoken:
        places = [missing.span for missing in facts.workspace.untranslated if missing.language == code]
        if places:
            message = ngettext(
                "{count} text is missing in {language}",
                "{count} texts are missing in {language}",
                len(places),
                language=own_name(code),
            )
            form = f"{{{facts.workspace.settings.language}: ..., {code}: ...}}"
            hint = _("write them as `{form}` in the files named below", form=form)
            yield Finding(message, facts.span("playbook", "languages"), hint, tuple(_by_file(places)))


def _by_file(places: list[Span]) -> Iterator[Related]:
    """Files with their first place: those of content/ before the catalogue, the ones with the most first."""
    counts = Counter(place.file for place in places)
    first = {place.file: place for place in reversed(places)}
    ranked = sorted(counts, key=lambda name: (not name.startswith("content/"), -counts[name], name))
    for name in ranked[:SHOWN]:
        message = ngettext(
            "{count} text is missing here, the first one in this line",
            "{count} texts are missing here, the first one in this line",
            counts[name],
        )
        yield Related(message, first[name])
    if others := ranked[SHOWN:]:
        rest = sum(counts[name] for name in others)
        message = ngettext(
            "{count} text is missing in {files} more files, as in this one",
            "{count} texts are missing in {files} more files, as in this one",
            rest,
            files=len(others),
        )
        yield Related(message, first[others[0]])


RULES = (unknown_language, main_language_is_not_first, words_not_translated, texts_not_translated)
