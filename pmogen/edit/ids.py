"""Ids that people type: known, or close to one that is."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from pmogen.errors import PmogenError
from pmogen.language import _


def known(identifier: str, ids: Collection[str], otherwise: str) -> str:
    """The id. Raises `PmogenError` when it is none of those that exist, with a guess or what to do otherwise."""
    if identifier in ids:
        return identifier
    near = get_close_matches(identifier, sorted(ids), 1)
    hint = _("did you mean `{near}`?", near=near[0]) if near else otherwise
    raise PmogenError(_("there is no `{id}`", id=identifier), hint)


def bare(subject: str, kind: str) -> str:
    """The id without its kind: `service:pm-training` is `pm-training` where services are meant."""
    return subject.removeprefix(f"{kind}:")
