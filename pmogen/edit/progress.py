"""How far services are, as changes of content/roadmap.yml: started, live, dropped, and what it takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pmogen.edit.changes import Append, Change, Delete, Put
from pmogen.edit.ids import bare, known
from pmogen.errors import PmogenError
from pmogen.language import _
from pmogen.model.roadmap import Launched, Progress, Roadmap, Wave
from pmogen.model.workspace import Workspace

FILE = "content/roadmap.yml"
_LAUNCHED = tuple(Launched.model_fields)
_PROGRESS = tuple(Progress.model_fields)


def progress(workspace: Workspace, service: str, said: Mapping[str, Any]) -> tuple[Change, ...]:
    """The changes that tell how far a service is; `said` holds fields of `Progress` and `Launched` as plain values.

    With `live` its entry moves from `progress` to `launched` of the wave of that day. Raises `PmogenError` when the service
    or the wave does not exist, or it was never started and nobody says when.
    """
    service = known(bare(service, "service"), workspace.ids["services"], _("see the list of services in the playbook"))
    if "expected" in said:
        known(said["expected"], workspace.ids["waves"], _("see `waves` in {file}", file=FILE))
    launched = _launched(workspace, service)
    if launched is not None:
        return _live_already(workspace, service, said, launched)
    number = next((n for n, entry in enumerate(workspace.roadmap.progress) if entry.service == service), None)
    if "live" in said:
        return _went_live(workspace, service, said, number)
    if number is not None:
        return tuple(Put(FILE, ("progress", number, key), value, _PROGRESS) for key, value in said.items())
    if "started" not in said:
        raise PmogenError(
            _("work on `{service}` has not begun, as far as {file} knows", service=service, file=FILE),
            _("say --started, and the day"),
        )
    entry = {"service": service, **{key: said[key] for key in _PROGRESS if key in said}}
    if workspace.roadmap.progress:
        return (Append(FILE, ("progress",), entry),)
    return (Put(FILE, ("progress",), [entry], tuple(Roadmap.model_fields)),)


def _launched(workspace: Workspace, service: str) -> tuple[int, int] | None:
    """Numbers of the wave that a service is live in, and of its entry there."""
    for number, wave in enumerate(workspace.roadmap.waves):
        for position, entry in enumerate(wave.launched):
            if entry.service == service:
                return number, position
    return None


def _live_already(
    workspace: Workspace, service: str, said: Mapping[str, Any], place: tuple[int, int]
) -> tuple[Change, ...]:
    """What is live: its entry is corrected, and moves where the day belongs to another wave."""
    strange = [key for key in said if key not in _LAUNCHED]
    wave = workspace.roadmap.waves[place[0]]
    if strange:
        raise PmogenError(
            _("`{service}` is live since `{wave}`", service=service, wave=wave.id),
            _("only its days, its effort and its note can change: --live, --started, --effort-days, --note"),
        )
    path = ("waves", place[0], "launched", place[1])
    target = _wave_of(workspace, said["live"]) if "live" in said else place[0]
    if target == place[0]:
        return tuple(Put(FILE, (*path, key), value, _LAUNCHED) for key, value in said.items())
    entry = {**_plain(wave.launched[place[1]]), **said}
    return (Delete(FILE, path), _into_wave(workspace, target, entry))


def _went_live(workspace: Workspace, service: str, said: Mapping[str, Any], number: int | None) -> tuple[Change, ...]:
    strange = ", ".join(f"--{key.replace('_', '-')}" for key in said if key not in _LAUNCHED)
    if strange:
        raise PmogenError(_("what is live has no {options}", options=strange), _("leave it out"))
    target = _wave_of(workspace, said["live"])
    if number is None:
        return (_into_wave(workspace, target, {"service": service, **said}),)
    known_so_far = _plain(workspace.roadmap.progress[number])
    change = _into_wave(workspace, target, {**known_so_far, **said})
    return (change, Delete(FILE, ("progress", number)))


def _into_wave(workspace: Workspace, number: int, entry: Mapping[str, Any]) -> Change:
    told = {key: entry[key] for key in _LAUNCHED if key in entry}
    if workspace.roadmap.waves[number].launched:
        return Append(FILE, ("waves", number, "launched"), told)
    return Put(FILE, ("waves", number, "launched"), [told], tuple(Wave.model_fields))


def _plain(entry: Progress | Launched) -> dict[str, Any]:
    """The fields that are given, as they stand in the file."""
    return entry.model_dump(mode="json", exclude_none=True)


def _wave_of(workspace: Workspace, day: str) -> int:
    """The wave in which a day is."""
    live = dt.date.fromisoformat(day)
    for number, wave in enumerate(workspace.roadmap.waves):
        if wave.starts <= live <= wave.ends:
            return number
    raise PmogenError(_("{day} is in no wave", day=day), _("see `waves` in {file}", file=FILE))
