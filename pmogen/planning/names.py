"""Names as people say them in a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property

from pmogen.language import ngettext
from pmogen.model.workspace import Workspace
from pmogen.planning.words import listed


def spoken(names: Mapping[str, str], mark: str) -> dict[str, str]:
    """Names by id, cut before the mark where what is left still names one thing only.

    >>> spoken({"a": "Autumn 2026, one report", "b": "Winter, one", "c": "Winter, two"}, ", ")
    {'a': 'Autumn 2026', 'b': 'Winter, one', 'c': 'Winter, two'}
    """
    short = {identifier: name.split(mark)[0].strip() or name for identifier, name in names.items()}
    count = Counter(short.values())
    return {identifier: name if count[name] == 1 else names[identifier] for identifier, name in short.items()}


class Names:
    """Services and waves as sentences name them: without what stands in brackets, or after a comma."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    @cached_property
    def _services(self) -> dict[str, str]:
        return spoken({service.id: service.name for service in self._workspace.catalogue.services}, " (")

    @cached_property
    def _waves(self) -> dict[str, str]:
        return spoken({wave.id: wave.name for wave in self._workspace.roadmap.waves}, ", ")

    def service(self, identifier: str) -> str:
        """A service."""
        return self._services.get(identifier, identifier)

    def services(self, identifiers: Iterable[str], most: int | None = None) -> str:
        """Several services; beyond `most` only how many more there are."""
        names = [self.service(identifier) for identifier in identifiers]
        if most is None or len(names) <= most:
            return listed(names)
        return listed([*names[:most], ngettext("{count} more", "{count} more", len(names) - most)])

    def wave(self, identifier: str) -> str:
        """A wave."""
        return self._waves.get(identifier, identifier)

    def aspect(self, identifier: str) -> str:
        """An aspect."""
        return self._workspace.name_of("aspects", identifier)

    def audience(self, identifier: str) -> str:
        """An audience."""
        return self._workspace.name_of("audiences", identifier)

    def role(self, identifier: str) -> str:
        """A role."""
        return self._workspace.name_of("roles", identifier)
