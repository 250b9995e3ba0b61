"""Spent today, from the journal: turns, candidates, previews, clashes, checks, arguments; read on each time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timezone

from jupyter_reconst.acts.meter import Metered
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Event, EventKind, Ports

_PAID: tuple[EventKind, ...] = ("turn", "candidates", "amendment", "preview", "clashes", "check", "formal")
_FIRST_LOOK = 400
"""Lines of a kind that are looked at when a server has just started."""


def paid(
    ports: Ports,
    person: Person,
    kind: EventKind,
    model: Metered,
    *,
    id: str | None = None,
    notebook: str | None = None,
) -> Event:
    """The line of what something cost. The words stay in the record of calls, which forgets them with their turns."""
    return Event(
        id=id or ports.clock.id(),
        owner=person.owner,
        notebook=notebook,
        kind=kind,
        body={"calls": model.calls, "cost": model.cost},
        created=ports.clock.now(),
    )


@dataclass(slots=True)
class _Sum:
    day: date
    after: dict[str, int] = field(default_factory=dict)
    costs: dict[str, float | None] = field(default_factory=dict)
    calls: dict[str, int] = field(default_factory=dict)


class Spending:
    """Sums by person, for the present day (UTC)."""

    def __init__(self) -> None:
        self._sums: dict[str, _Sum] = {}

    async def today(self, ports: Ports, person: Person) -> tuple[float | None, int]:
        """US dollars (none where a price is unknown) and model calls of this person since midnight."""
        day = ports.clock.now().astimezone(timezone.utc).date()
        found = self._sums.get(person.owner)
        if found is None or found.day != day:
            found = self._sums[person.owner] = _Sum(day, dict(found.after) if found else {})
        for kind in _PAID:
            after = found.after.get(kind)
            lines = await ports.journal.events(
                person.owner,
                kind=kind,
                after=after or 0,
                limit=_FIRST_LOOK if after is None else None,
                newest_first=after is None,
            )
            for line in sorted(lines, key=lambda line: line.sequence):
                found.after[kind] = line.sequence
                if line.created.astimezone(timezone.utc).date() == day:
                    _count(found, line)
            found.after.setdefault(kind, 0)
        costs = list(found.costs.values())
        return None if None in costs else sum(cost or 0 for cost in costs), sum(found.calls.values())


def _count(found: _Sum, line: Event) -> None:
    """A preview says again and again what it has cost so far: its last word counts."""
    body, key = line.body, line.subject or line.id
    if line.kind == "preview":
        body = body.get("preview", {})
    else:
        key = line.id
    if not body or body.get("claimed") or body.get("recording"):
        return
    cost = body.get("cost")
    found.costs[key] = float(cost) if isinstance(cost, int | float) else None
    calls = body.get("calls", 1 if line.kind == "turn" else 0)
    found.calls[key] = calls if isinstance(calls, int) else 0
    if not found.calls[key]:
        found.costs.pop(key)
