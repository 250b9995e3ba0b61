"""What the journal knows of previews: the request, the probes, the rows in order, the marks. The last word counts.

A preview that says *running* without a process that runs it was interrupted: `begun` gives the request to go on with.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import ValidationError

from jupyter_reconst.core.errors import NotebookUnknown, NotFound
from jupyter_reconst.core.impact import Impact, Preview, Probe
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Event, Ports
from jupyter_reconst.core.requests import Notebook, Previews, StartPreview, Watch


@dataclass(frozen=True, slots=True)
class Record:
    """A preview as it was last written. `probes` is None while they are being chosen. Rows carry no marks here."""

    preview: Preview
    request: StartPreview
    probes: tuple[Probe, ...] | None
    rows: tuple[Impact, ...] = ()


async def preview_state(ports: Ports, person: Person, request: Watch) -> Preview:
    """A preview with its rows and marks. Raises NotFound."""
    record = await recorded_preview(ports, person, request.preview)
    if record is None:
        raise NotFound("There is no such preview.")
    marks = await ports.journal.events(person.owner, kind="mark", subject=request.preview)
    said = {event.body.get("probe"): event.body for event in marks if event.body}
    rows = tuple(
        row.model_copy(update={"mark": body["mark"], "note": body["note"]})
        if (body := said.get(row.probe.id)) is not None
        else row
        for row in record.rows
    )
    return record.preview.model_copy(update={"rows": rows})


async def previews(ports: Ports, person: Person, request: Notebook) -> Previews:
    """The previews of a notebook, newest first, without their rows."""
    document = await ports.documents.of_path(person.owner, request.path) if request.path else None
    if document is None:
        raise NotebookUnknown("This notebook is not open here.")
    events = await ports.journal.events(
        person.owner, kind="preview", notebook=document.notebook, newest_first=True, limit=300
    )
    newest: dict[str, Preview] = {}
    for event in events:
        found = _read(event)
        if found is not None:
            newest.setdefault(found.preview.id, found.preview)
    return Previews(previews=tuple(sorted(newest.values(), key=lambda p: p.created, reverse=True)))


async def begun(ports: Ports, person: Person, request: Watch) -> StartPreview:
    """The request that began a preview, to go on with it after a restart. Raises NotFound."""
    record = await recorded_preview(ports, person, request.preview)
    if record is None:
        raise NotFound("There is no such preview.")
    return record.request


async def recorded_preview(ports: Ports, person: Person, id: str) -> Record | None:
    """The last state of a preview and its rows in the order of its probes; None where there is none."""
    states = await ports.journal.events(person.owner, kind="preview", subject=id, newest_first=True, limit=1)
    found = _read(states[0]) if states else None
    if found is None:
        return None
    lines = await ports.journal.events(person.owner, kind="row", subject=id)
    rows: dict[str, Impact] = {}
    counted: dict[str, object] = {}
    for line in lines:
        try:
            row = Impact.model_validate(line.body["row"])
        except (ValidationError, KeyError):  # Forgotten, or written by another version.
            continue
        rows[row.probe.id] = row
        counted = {name: line.body[name] for name in ("calls", "saved", "cost") if name in line.body}
    order = {probe.id: place for place, probe in enumerate(found.probes or ())}
    ordered = tuple(sorted(rows.values(), key=lambda row: order.get(row.probe.id, len(order))))
    preview = found.preview
    if preview.status == "running" and counted:
        preview = preview.model_copy(update=counted)
    return Record(preview, found.request, found.probes, ordered)


def state_event(
    ports: Ports, person: Person, preview: Preview, request: StartPreview, probes: Iterable[Probe] | None
) -> Event:
    """The line that says how a preview stands."""
    return Event(
        id=ports.clock.id(),
        owner=person.owner,
        notebook=preview.notebook,
        kind="preview",
        subject=preview.id,
        created=ports.clock.now(),
        body={
            "preview": preview.model_copy(update={"rows": ()}).model_dump(mode="json", by_alias=True),
            "request": request.model_dump(mode="json", by_alias=True),
            "probes": None if probes is None else [probe.model_dump(mode="json") for probe in probes],
        },
    )


def row_event(ports: Ports, person: Person, preview: Preview, row: Impact) -> Event:
    """The line of one row, with the counts so far."""
    return Event(
        id=ports.clock.id(),
        owner=person.owner,
        notebook=preview.notebook,
        kind="row",
        subject=preview.id,
        created=ports.clock.now(),
        body={
            "row": row.model_dump(mode="json"),
            "calls": preview.calls,
            "saved": preview.saved,
            "cost": preview.cost,
        },
    )


def _read(event: Event) -> Record | None:
    try:
        chosen = event.body["probes"]
        return Record(
            preview=Preview.model_validate(event.body["preview"]),
            request=StartPreview.model_validate(event.body["request"]),
            probes=None if chosen is None else tuple(Probe.model_validate(probe) for probe in chosen),
        )
    except (ValidationError, KeyError):
        return None
