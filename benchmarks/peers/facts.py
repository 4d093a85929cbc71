"""What pages of services, aspects, gaps and waves say, as plain values: the data that the peers make pages of.

The peers compute nothing. So they are given what pmogen computed, joined so that a template has nothing to look up.
"""

from __future__ import annotations

import re
from pathlib import Path

from peers.known import Known, Value

Facts = dict[str, list[Value]]


def facts_of(root: Path) -> Facts:
    """Every record by kind, of a workspace of which the pages were built."""
    known = Known(root)
    computed = known.computed
    return {
        "services": [service(known, entry) for entry in computed["services"]],
        "aspects": [aspect(known, entry) for entry in computed["assessment"]["aspects"]],
        "gaps": [gap(known, entry) for entry in computed["gaps"] if entry["kind"] == "gap"],
        "waves": [wave(known, entry) for entry in computed["plan"]["waves"]],
    }


def service(known: Known, entry: Value) -> Value:
    """A service: what it is, what was decided, when it comes and why, what it takes."""
    name, days = entry["id"], entry["expected_days"]
    plain, placed, absent = known.services[name], known.part("placements", name), known.part("absences", name)
    lost = known.part("losses", name)
    return {
        **plain,
        "paragraphs": re.split(r"\n\s*\n", plain["description"].strip()),
        "decision": entry["decision"],
        "decided": known.part("decisions", name),
        "wave": known.named(placed["wave"]) if placed else None,
        "why_then": placed.get("why") or absent.get("why", []),
        "takes": absent.get("takes") or "",
        "work": [known.named(part["wave"], part) for part in placed.get("work", ())],
        "gaps": [_of_gap(known, part) for part in known.part("candidates", name).get("closes", ())],
        "expectations": _expectations(known, name),
        "adds": [_of_gap(known, part) for part in known.part("margins", name).get("adds", ())],
        "reopens": [_of_gap(known, part) for part in lost.get("reopens", ())],
        "stranded": [known.named(other) for other in lost.get("stranded", ())],
        "changes": [known.named(part["audience"], part) for part in plain.get("audiences", ())],
        "roles": [
            {"part": part, "names": [known.name(who) for who in ([whom] if isinstance(whom, str) else whom)]}
            for part, whom in plain.get("roles", {}).items()
        ],
        "requires": [known.named(other) for other in plain.get("requires", ())],
        "steps": [{**step, "days": round(days * step["share"] / 100, 1)} for step in plain.get("steps", ())],
        "expected_days": round(days, 1),
        "in_whole": known.in_whole("services", name),
        "folded": known.folded("services", name),
    }


def aspect(known: Known, entry: Value) -> Value:
    """An aspect: its levels, where it stands, who thinks what."""
    plain, closing = known.aspects[entry["id"]], known.part("closings", entry["id"])
    return {
        **plain,
        **entry,
        "ladder": _ladder(known, plain),
        "ask": [known.name(group) for group in plain.get("ask", ())],
        "gap": known.part("gaps", entry["id"]),
        "benefits": _benefits(known, entry["id"]),
        "closes": [_closer(known, other, entry["id"]) for other in closing.get("services", ())],
        "projection": [
            known.named(part["wave"], part) for part in known.part("projected", entry["id"]).get("after", ())
        ],
        "in_whole": known.in_whole("assessment", entry["id"]),
        "folded": known.folded("assessment", entry["id"]),
    }


def gap(known: Known, entry: Value) -> Value:
    """A gap: how large it is, why it counts, what closes it, and how the level rises."""
    name = entry["aspect"]
    plain, closing = known.aspects[name], known.part("closings", name)
    return {
        **known.named(name, entry),
        "why": plain["why"],
        "ladder": _ladder(known, plain),
        "benefits": _benefits(known, name),
        "closes": [_closer(known, other, name) for other in closing.get("services", ())],
        "how": closing.get("how", ""),
        "reachable": closing.get("reachable", ""),
        "hand_offs": [part for part in known.computed["hand_offs"] if name in part["aspects"]],
        "projection": [known.named(part["wave"], part) for part in known.part("projected", name).get("after", ())],
        "in_whole": known.in_whole("gaps", name),
        "folded": known.folded("gaps", name),
    }


def wave(known: Known, entry: Value) -> Value:
    """A wave: what is launched, what it takes, who has to change what, and how levels rise."""
    name, plan = entry["id"], known.computed["plan"]
    launched = [part["service"] for part in plan["placements"] if part["wave"] == name]
    services = [part for part in known.computed["services"] if part["id"] in launched]
    rising = (
        known.named(part["aspect"], {**part, "level": after["level"], "after": None})
        for part in plan["projected"]
        for after in part["after"]
        if after["wave"] == name
    )
    return {
        **entry,
        "launches": [{**service(known, part), "folded": None} for part in services],
        "loads": [_load(known, load) for load in plan["loads"] if load["wave"] == name],
        "levels": list(rising),
        "in_whole": known.in_whole("roadmap", name),
        "folded": known.folded("roadmap", name),
    }


def _of_gap(known: Known, part: Value) -> Value:
    return known.named(part["aspect"], {**known.part("gaps", part["aspect"]), **part, "benefits": None})


def _benefits(known: Known, aspect_id: str) -> list[Value]:
    said = {part["id"]: part["benefit"] for customer in known.computed["customers"] for part in customer["expects"]}
    parts = known.part("gaps", aspect_id).get("benefits", ())
    return [known.named(part["customer"], {**part, "said": said[part["benefit"]]}) for part in parts]


def _expectations(known: Known, service_id: str) -> list[Value]:
    closes = known.part("candidates", service_id).get("closes", ())
    found = {part["benefit"]: part for closed in closes for part in _benefits(known, closed["aspect"])}
    return list(found.values())


def _ladder(known: Known, plain: Value) -> list[Value]:
    levels = known.computed["method"]["levels"]
    return [{**level, "text": text} for level, text in zip(levels, plain["levels"], strict=True)]


def _closer(known: Known, service_id: str, aspect_id: str) -> Value:
    candidate = known.part("candidates", service_id)
    alone = next((part["levels"] for part in candidate.get("closes", ()) if part["aspect"] == aspect_id), 0)
    placed = known.part("placements", service_id)
    wave_known = known.named(placed["wave"]) if placed else None
    return known.named(service_id, {"levels": alone, "decision": candidate.get("decision", ""), "wave": wave_known})


def _load(known: Known, load: Value) -> Value:
    parts = [known.named(part["what"], part) for part in load["parts"]]
    return known.named(load["audience"], {**load, "parts": parts})
