"""A survey: who is asked what, from the catalogue and the assessment."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from pmogen.errors import PmogenError
from pmogen.exchange.survey.marks import COMMENT, IMPORTANCE, TARGET
from pmogen.language import _, fill
from pmogen.model.catalogue import Aspect, Audience
from pmogen.model.workspace import Workspace

BESIDE = (TARGET, IMPORTANCE, COMMENT)
"""What can be asked beside the level of today."""
ALL = "all"


@dataclass(frozen=True)
class Part:
    """Aspects of a dimension that are asked about."""

    id: str
    name: str
    aspects: tuple[Aspect, ...]


@dataclass(frozen=True)
class Survey:
    """What a form asks. Each group is only asked about what it can see."""

    title: str
    organisation: str
    owner: str
    minimum_group: int
    groups: tuple[Audience, ...]
    parts: tuple[Part, ...]
    levels: tuple[str, ...]
    """Names of the levels 1 to 5."""
    beside: tuple[str, ...] = BESIDE

    @property
    def aspects(self) -> tuple[Aspect, ...]:
        """All aspects, in the order in which they are asked."""
        return tuple(aspect for part in self.parts for aspect in part.aspects)

    def asked(self, group: str) -> tuple[Aspect, ...]:
        """The aspects that a group is asked about."""
        return tuple(aspect for aspect in self.aspects if group in aspect.ask)


def survey_of(
    workspace: Workspace, groups: Iterable[str] = (), only: Iterable[str] = (), beside: Collection[str] = BESIDE
) -> Survey:
    """The survey of a workspace, in the language that it was read in.

    By default all groups are asked, about all aspects but those that the newest assessment leaves out. `only` names aspects
    and dimensions, or `all`. Raises `PmogenError` when a name is not known, or nobody would be asked anything.
    """
    catalogue = workspace.catalogue
    wanted = _wanted(workspace, tuple(only))
    asked = _known(groups, {audience.id for audience in catalogue.audiences}, _("there is no group `{name}`"))
    aspects = [aspect for aspect in catalogue.aspects if aspect.id in wanted and (not asked or asked & set(aspect.ask))]
    parts = (
        Part(one.id, one.name, tuple(aspect for aspect in aspects if aspect.dimension == one.id))
        for one in catalogue.dimensions
    )
    asked_groups = {group for aspect in aspects for group in aspect.ask}
    if not asked_groups:
        raise PmogenError(_("nobody would be asked anything"), _("name other groups or aspects"))
    return Survey(
        title=workspace.settings.title,
        organisation=workspace.settings.organisation,
        owner=workspace.settings.owner,
        minimum_group=catalogue.method.privacy.minimum_group,
        groups=tuple(one for one in catalogue.audiences if one.id in asked_groups and (not asked or one.id in asked)),
        parts=tuple(part for part in parts if part.aspects),
        levels=tuple(level.name for level in catalogue.method.levels),
        beside=tuple(part for part in BESIDE if part in beside),
    )


def _wanted(workspace: Workspace, only: tuple[str, ...]) -> set[str]:
    catalogue = workspace.catalogue
    if not only:
        return {aspect.id for aspect in catalogue.aspects} - {
            left.aspect for left in workspace.current.assessment.left_out
        }
    known = {aspect.id for aspect in catalogue.aspects} | {one.id for one in catalogue.dimensions} | {ALL}
    names = _known(only, known, _("there is no aspect or dimension `{name}`"))
    return {aspect.id for aspect in catalogue.aspects if {aspect.id, aspect.dimension, ALL} & names}


def _known(names: Iterable[str], known: Collection[str], message: str) -> set[str]:
    found = set()
    for name in names:
        if name not in known:
            near = get_close_matches(name, sorted(known), 1)
            hint = (
                _("did you mean `{near}`?", near=near[0])
                if near
                else _("known are {names}", names=", ".join(sorted(known)))
            )
            raise PmogenError(fill(message, {"name": name}), hint)
        found.add(name)
    return found
