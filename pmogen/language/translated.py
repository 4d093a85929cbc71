"""Any other language: pmogen's words from its .po files, days, numbers and lists from the Unicode locale data (CLDR)."""

from __future__ import annotations

import datetime as dt
import io
from functools import cache, cached_property
from gettext import GNUTranslations
from importlib import resources

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def name_of(code: str) -> str:
    """What speakers of the language with this code, one of `LANGUAGES`, call it."""
    locale = Locale.parse(code, sep="-")
    own = locale.get_display_name(locale) or code
    return own[:1].upper() + own[1:]


@cache
def translated(code: str) -> Translated:
    """The language with this code, one of `TRANSLATED`."""
    return Translated(code)


class Translated:
    """A language other than English. What was not translated stays English."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.locale = Locale.parse(code, sep="-")
        symbols = self.locale.number_symbols.get("latn", {})
        self.point: str = symbols.get("decimal", ".")
        self.comma: str = symbols.get("group", ",")
        self.nouns_are_capital = code in ("de", "lb")

    @cached_property
    def _words(self) -> GNUTranslations:
        compiled = io.BytesIO()
        write_mo(compiled, words(self.code))
        compiled.seek(0)
        return GNUTranslations(compiled)

    def said(self, message: str, context: str | None = None) -> str:
        return self._words.gettext(message) if context is None else self._words.pgettext(context, message)

    def counted(self, one: str, many: str, count: int) -> str:
        return self._words.ngettext(one, many, count)

    def day(self, date: dt.date) -> str:
        return format_date(date, "long", locale=self.locale)

    def month(self, date: dt.date) -> str:
        return format_skeleton("yMMMM", date, locale=self.locale)

    def short_month(self, date: dt.date) -> str:
        return format_date(date, "LLL", locale=self.locale).removesuffix(".")

    def joints(self, parts: int, last: str) -> tuple[str, ...]:
        patterns = self.locale.list_patterns["or" if last == "or" else "standard"]
        names = ("2",) if parts == 2 else ("start", *("middle" for _ in range(parts - 3)), "end")
        return tuple(_between(patterns[name]) for name in names[: max(parts - 1, 0)])


def _between(pattern: str) -> str:
    """What a pattern such as `{0} und {1}` puts between its two parts."""
    return pattern.partition("{0}")[2].partition("{1}")[0]


def words(code: str) -> Catalog:
    """All messages of a language, from its .po files."""
    whole = Catalog(locale=code.replace("-", "_"))
    folder = resources.files("pmogen") / "locale" / code / "LC_MESSAGES"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".po"):
            with file.open("rb") as stream:
                for message in read_po(stream, locale=whole.locale):
                    if message.id:
                        whole.add(message.id, message.string, context=message.context)
    return whole
