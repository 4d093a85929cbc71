"""What one load collects on its way: documents, models, and everything that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from pmogen.diagnostics import Diagnostic, Span, has_errors
from pmogen.language import ENGLISH, _, spoken
from pmogen.model.beside import UNSAID, missing
from pmogen.model.playbook import Settings
from pmogen.model.shape import in_plain_words
from pmogen.model.spoken import Untranslated, texts_for_people
from pmogen.source.files import STANDARD, Sources
from pmogen.source.kept import Exactly, Kept, Same
from pmogen.source.layers import Entry, Laid, Layer, Origin, lay
from pmogen.source.text import SourceText, decode
from pmogen.source.yaml import Document, parse_yaml

M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")


@dataclass(frozen=True)
class _Parsed:
    """What a file says, None when it cannot be read; and what is wrong with its form, told in a language."""

    document: Document | None
    wrong: tuple[Diagnostic, ...]
    told_in: str


class Reading:
    """What one load collects: documents by file name, and what is wrong. Steps whose origin is as before are `kept`."""

    def __init__(self, sources: Sources, language: str | None, read_before: Mapping[str, Document], kept: Kept) -> None:
        self.sources = sources
        self.read_before = read_before
        self.kept = kept
        self.wanted = language
        self.languages: tuple[str, ...] = (language,) if language else ()
        self.untranslated: list[Untranslated] = []
        self.found: list[Diagnostic] = list(sources.unread)
        self.method: Origin | None = None
        self.ignored: dict[tuple[str, str], Span] = {}
        self.documents: dict[str, Document] = {}
        self.faulty: set[str] = set()

    def once(self, name: tuple[str, ...], origin: object, make: Callable[[], T]) -> T:
        """What a step gives in the languages of this load: in the one that is spoken, and in those that texts are read in."""
        return self.kept.once((*name, spoken().code, self.wanted, self.languages), origin, make)

    def same(self, name: str, objects: tuple[T, ...]) -> tuple[T, ...]:
        """The objects; the same tuple as before when they are the same."""
        return self.once((name,), Same(*objects), lambda: objects)

    def document(self, name: str) -> Document | None:
        """The YAML document of a file; None when it cannot be read."""
        if name not in self.documents:
            parsed = self._parsed(name)
            self.found += parsed.wrong
            if parsed.document is None:
                return None
            self.documents[name] = parsed.document
            if parsed.wrong:
                self.faulty.add(name)
            if has_errors(parsed.wrong) and parsed.document.nodes is None:
                return None
        return self.documents[name]

    def _parsed(self, name: str) -> _Parsed:
        """A file in order is parsed once for all languages; of others the mistakes are told in the one that is spoken."""
        raw = self.sources.files[name]
        parsed = self.kept.once(("yaml", name), raw, lambda: self._before(name, raw) or _parse(name, raw))
        if parsed.wrong and parsed.told_in != spoken().code:
            parsed = self.once(("yaml", name), raw, lambda: _parse(name, raw))
        return parsed

    def _before(self, name: str, raw: bytes) -> _Parsed | None:
        """A file that was read before with the same text: it is in order."""
        known = self.read_before.get(name)
        return _Parsed(known, (), spoken().code) if known is not None and known.source.text.encode() == raw else None

    def decoded(self, name: str) -> SourceText | None:
        """The text of a file; None when it cannot be read."""
        raw = self.sources.files[name]
        source, wrong = self.once(("text", name), raw, lambda: decode(name, raw))
        self.found += wrong
        return source

    def text(self, name: str) -> str:
        """The text of a file; empty when it cannot be read."""
        source = self.decoded(name)
        return source.text if source else ""

    def laid(self, kind: str, layers: tuple[Layer, ...]) -> Laid:
        """The entries of a kind over all layers."""
        origin = tuple(
            (name, tuple(each for each in documents if isinstance(each.value, dict) and kind in each.value))
            for name, documents in layers
        )
        laid = self.once(("laid", kind), origin, lambda: lay(kind, origin))
        self.found += laid.diagnostics
        self.ignored |= {(kind, identifier): span for identifier, span in laid.ignored.items()}
        return laid

    def empty(self, shape: type[M]) -> M:
        """What a file says that there need not be."""
        return self.once(("empty", shape.__name__), None, shape)

    def entry(self, shape: type[M], entry: Entry, others: Mapping[str, Entry]) -> M | None:
        """A catalogue entry as a model; a change of an entry that no lower layer has is one mistake, not twenty."""
        local = entry.first.document.name.split("/")[0] != self.sources.standard_is
        needed = _needed(shape)
        if local and len(needed - set(entry.values)) > len(needed) / 2:
            near = get_close_matches(entry.identifier, sorted(set(others) - {entry.identifier}), 1)
            if near:
                message = _("no lower layer has `{id}` to change, and it is not complete", id=entry.identifier)
                hint = _("did you mean `{near}`?", near=near[0])
                self.found.append(Diagnostic("PMO010", "error", message, entry.span("id"), hint))
                return None
        return self.model(shape, entry.values, entry, f"`{entry.identifier}`")

    def model(self, shape: type[M], value: Any, origin: Origin | Entry, what: str) -> M | None:
        """The value as a model; None when its shape is wrong, which is then reported."""
        if not isinstance(value, dict):
            message = (
                _("{what} is empty", what=what)
                if value is None
                else _("{what} must have keys (`name: value`)", what=what)
            )
            self.found.append(Diagnostic("PMO020", "error", message, origin.span(), _("see the example workspace")))
            return None
        name = (shape.__name__, origin.identifier if isinstance(origin, Entry) else origin.document.name)
        read = self.once(("model", *name), Exactly(value), lambda: _validated(shape, value, self.languages))
        if isinstance(read, ValidationError):
            self.found += in_plain_words(shape, read, origin)
            return None
        if len(self.languages) > 1 and self.wanted is None:
            places = (origin.first, origin.origins) if isinstance(origin, Entry) else origin
            self.untranslated += self.once(
                ("untranslated", *name), (Same(read), places), lambda: tuple(self._untranslated(read, value, origin))
            )
        return read

    def speak(self, settings: Settings) -> None:
        """From here on texts are read in the languages of the site, first in the one that is wanted."""
        self.languages = tuple(dict.fromkeys((self.wanted or settings.language, *settings.spoken)))

    def lack(self, files: Mapping[str, str], place: Span) -> None:
        """Notes the languages that a text is missing in which has a file for each (see `beside`)."""
        if len(self.languages) > 1 and self.wanted is None:
            unsaid = ENGLISH if files.get(UNSAID, "").startswith(f"{STANDARD}/") else self.languages[0]
            self.untranslated += (Untranslated(code, place) for code in missing(files, self.languages, unsaid))

    def _untranslated(self, read: BaseModel, value: Any, origin: Origin | Entry) -> Iterator[Untranslated]:
        """The languages that each text is missing in; a plain text is in the main one, in the standard catalogue English."""
        for path, text in texts_for_people(read, value):
            place = origin.span(*path)
            plain = ENGLISH if place.file.startswith(f"{STANDARD}/") else self.languages[0]
            there = frozenset(text) if isinstance(text, dict) else {plain}
            for code in self.languages:
                if code not in there:
                    yield Untranslated(code, place)


def _parse(name: str, raw: bytes) -> _Parsed:
    source, wrong = decode(name, raw)
    document, more = parse_yaml(source) if source else (None, ())
    return _Parsed(document, (*wrong, *more), spoken().code)


def _validated(shape: type[M], value: Any, languages: tuple[str, ...]) -> M | ValidationError:
    try:
        return shape.model_validate(value, context=languages)
    except ValidationError as error:
        return error


@cache
def _needed(shape: type[BaseModel]) -> frozenset[str]:
    """The fields that a value of this shape must have."""
    return frozenset(name for name, field in shape.model_fields.items() if field.is_required())
