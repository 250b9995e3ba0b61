"""What the journal knows of previews: the request, the probes, the rows in order, the marks. The last word counts.

A preview that says *running* without a process that runs it was interrupted: `begun` gives the request to go on with.
A mark is about what was seen, so another run of the same amendment keeps it where it shows exactly the same.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from jupyter_reconst.core.canonical import digest
from jupyter_reconst.core.errors import NotebookUnknown, NotFound
from jupyter_reconst.core.evidence import evidence_of
from jupyter_reconst.core.impact import Impact, Preview, Probe
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Event, Ports
from jupyter_reconst.core.requests import MarkRow, Notebook, Previews, StartPreview, Tried, Watch

_LISTED = 300
"""How many lines of a notebook's previews are looked at."""

_FIRST, _PAGE = 100, 1_000
"""Rows that are read at once, at first few, to be soon there: between two pages others have their turn."""


@dataclass(frozen=True, slots=True)
class Record:
    """A preview as it was last written, its rows with their marks. `probes` is None while they are being chosen.

    One that is not `whole` has a page of its rows.
    """

    preview: Preview
    request: StartPreview
    probes: tuple[Probe, ...] | None
    rows: tuple[Impact, ...] = ()
    whole: bool = True


async def preview_state(ports: Ports, person: Person, request: Watch) -> Preview:
    """A preview with its rows and marks. Raises NotFound."""
    record = await recorded_preview(ports, person, request.preview)
    if record is None:
        raise NotFound("There is no such preview.")
    return _stands(record)


async def shown(ports: Ports, person: Person, request: Watch) -> AsyncGenerator[Preview, None]:
    """The same for somebody who looks on: of many rows each full page as soon as it is read, and at last the rest."""
    sent: dict[str, Impact] = {}
    record: Record | None = None
    async with aclosing(_pages(ports, person, request.preview)) as pages:
        async for record in pages:
            if not record.whole:
                sent |= {row.probe.id: row for row in record.rows}
                yield record.preview.model_copy(update={"rows": record.rows})
    if record is None:
        raise NotFound("There is no such preview.")
    rest = tuple(row for row in record.rows if sent.get(row.probe.id) is not row)
    yield _stands(record).model_copy(update={"rows": rest})


async def previews(ports: Ports, person: Person, request: Notebook) -> Previews:
    """The previews of a notebook, newest first: each without its rows, and what it was begun with."""
    document = await ports.documents.of_path(person.owner, request.path) if request.path else None
    if document is None:
        raise NotebookUnknown("This notebook is not open here.")
    law = await ratified(ports, person, document.notebook)
    return Previews(previews=tuple(tried(record, law) for record in await _recorded(ports, person, document.notebook)))


def tried(record: Record, law: dict[str, datetime]) -> Tried:
    """A preview without its rows and what it was begun with, given when each amendment became law."""
    at = law.get(record.request.amendment.id)
    return Tried(
        preview=record.preview,
        annotations=record.request.annotations,
        prompts=record.request.prompts,
        turns=record.request.turns,
        without=record.request.without,
        ratified=at is not None and at >= record.preview.created,
    )


async def marked_before(ports: Ports, person: Person, preview: Preview) -> dict[str, Impact]:
    """The rows that the person marked in earlier runs of an amendment, by what was seen."""
    found: dict[str, Impact] = {}
    for record in reversed(await _recorded(ports, person, preview.notebook)):
        if record.preview.amendment.id == preview.amendment.id and record.preview.id != preview.id:
            state = await preview_state(ports, person, Watch(preview=record.preview.id))
            found |= {sight(row): row for row in state.rows}
    return {key: row for key, row in found.items() if row.mark}


async def judged_before(
    ports: Ports, person: Person, preview: Preview, judge: str, rows: Iterable[Impact]
) -> list[Impact]:
    """Rows that a judge and the person spoke of in other previews of the notebook, once each and not these again."""
    found: dict[str, Impact] = {}
    for record in reversed(await _recorded(ports, person, preview.notebook)):
        known = record.preview.judge
        if record.preview.id != preview.id and known is not None and known.key == judge:
            whole = await recorded_preview(ports, person, record.preview.id)
            found |= {sight(row): row for row in (whole.rows if whole else ()) if row.mark and row.judgement}
    here = {sight(row) for row in rows}
    return [row for key, row in found.items() if key not in here]


def sight(row: Impact) -> str:
    """What a person sees of a row: the question with its conversation, and both replies."""
    return digest([*_asked(row.probe), row.before.text, row.after.text])


def key(probe: Probe) -> str:
    """What a probe asks: a digest of its question with the conversation, and of the case that it replays."""
    return digest([*_asked(probe), probe.case])


def _asked(probe: Probe) -> list[object]:
    given = [[one.text for one in probe.given]] if probe.given else []
    return [probe.prompt, [message.model_dump() for message in probe.history], *given]


async def begun(ports: Ports, person: Person, request: Watch) -> StartPreview:
    """The request that began a preview, to go on with it after a restart. Raises NotFound."""
    record = await recorded_preview(ports, person, request.preview)
    if record is None:
        raise NotFound("There is no such preview.")
    return record.request


async def recorded_preview(ports: Ports, person: Person, id: str) -> Record | None:
    """The last state of a preview and its rows in the order of its probes; None where there is none."""
    pages = [page async for page in _pages(ports, person, id)]
    return pages[-1] if pages else None


async def _pages(ports: Ports, person: Person, id: str) -> AsyncGenerator[Record, None]:
    """A preview with each full page of its rows, as they were written, and at last the whole of it."""
    states = await ports.journal.events(person.owner, kind="preview", subject=id, newest_first=True, limit=1)
    found = _read(states[0]) if states else None
    if found is None:
        return
    marks = await _marks(ports, person, id)
    rows: dict[str, Impact] = {}
    counted: dict[str, object] = {}
    after, size, more = 0, min(_FIRST, _PAGE), True
    while more:
        lines = await ports.journal.events(person.owner, kind="row", subject=id, after=after, limit=size)
        page: dict[str, Impact] = {}
        for line in lines:
            after = line.sequence
            try:
                row = Impact.model_validate(line.body["row"])
            except (ValidationError, KeyError):  # Forgotten, or written by another version.
                continue
            page[row.probe.id] = _marked(row, marks)
            counted = {name: line.body[name] for name in ("calls", "saved", "tokens", "cost") if name in line.body}
        rows |= page
        if more := len(lines) == size:
            yield replace(found, rows=tuple(page.values()), whole=False)
        size = _PAGE
    order = {probe.id: place for place, probe in enumerate(found.probes or ())}
    ordered = sorted(rows.values(), key=lambda row: order.get(row.probe.id, len(order)))
    preview = found.preview
    if preview.status == "running" and counted:  # What has come since that line was written.
        noises = [row.noise for row in ordered if row.noise is not None]
        preview = preview.model_copy(update={**counted, "floor": max(noises, default=preview.floor)})
    yield replace(found, preview=preview, rows=tuple(ordered))


async def with_marks(ports: Ports, person: Person, preview: str, *rows: Impact) -> tuple[Impact, ...]:
    """Rows of a preview with what the person last said of them."""
    marks = await _marks(ports, person, preview)
    return tuple(_marked(row, marks) for row in rows)


async def _marks(ports: Ports, person: Person, preview: str) -> dict[str, dict[str, Any]]:
    """What the person last said of each probe."""
    lines = await ports.journal.events(person.owner, kind="mark", subject=preview)
    return {line.body["probe"]: line.body for line in lines if line.body}


def _marked(row: Impact, marks: dict[str, dict[str, Any]]) -> Impact:
    said = marks.get(row.probe.id)
    return row if said is None else row.model_copy(update={"mark": said["mark"], "note": said["note"]})


def _stands(record: Record) -> Preview:
    """A whole record as it is shown."""
    evidence = evidence_of(record.rows, record.preview.judge, record.preview.as_planned)
    return record.preview.model_copy(update={"rows": record.rows, "evidence": evidence})


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


def mark_event(ports: Ports, person: Person, preview: Preview, mark: MarkRow) -> Event:
    """The line of what the person says of a row."""
    return Event(
        id=ports.clock.id(),
        owner=person.owner,
        notebook=preview.notebook,
        kind="mark",
        subject=preview.id,
        created=ports.clock.now(),
        body={"probe": mark.probe, "mark": mark.mark, "note": mark.note},
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
            "tokens": preview.tokens,
            "cost": preview.cost,
        },
    )


async def _recorded(ports: Ports, person: Person, notebook: str) -> list[Record]:
    """The last state of each preview of a notebook, newest first, without rows and probes."""
    events = await ports.journal.events(
        person.owner, kind="preview", notebook=notebook, newest_first=True, limit=_LISTED
    )
    newest: dict[str, Record] = {}
    for event in events:
        found = _read(event, probes=False)
        if found is not None:
            newest.setdefault(found.preview.id, found)
    return sorted(newest.values(), key=lambda record: record.preview.created, reverse=True)


async def ratified(ports: Ports, person: Person, notebook: str) -> dict[str, datetime]:
    """When each amendment became law last."""
    lines = await ports.journal.events(
        person.owner, kind="ratification", notebook=notebook, newest_first=True, limit=_LISTED
    )
    found: dict[str, datetime] = {}
    for line in lines:
        amendment = line.body.get("amendment")
        if isinstance(amendment, dict):
            found.setdefault(str(amendment.get("id")), line.created)
    return found


def _read(event: Event, *, probes: bool = True) -> Record | None:
    """One line; whoever lists previews does without their `probes`, of which there may be many."""
    try:
        chosen = event.body["probes"] if probes else None
        return Record(
            preview=Preview.model_validate(event.body["preview"]),
            request=StartPreview.model_validate(event.body["request"]),
            probes=None if chosen is None else tuple(Probe.model_validate(probe) for probe in chosen),
        )
    except (ValidationError, KeyError):
        return None
