"""What the person says of a row: append-only, the last word counts, and no mark takes it back."""

from __future__ import annotations

from jupyter_reconst.acts.previews import mark_event, preview_state, with_marks
from jupyter_reconst.core.errors import NotFound
from jupyter_reconst.core.evidence import evidence_of
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Ports
from jupyter_reconst.core.requests import Marked, MarkRow, Watch


async def mark(ports: Ports, person: Person, request: MarkRow) -> Marked:
    """Keep the mark; the row as it stands now, and the evidence. Raises NotFound for what this person does not have."""
    preview = await preview_state(ports, person, Watch(preview=request.preview))
    if all(row.probe.id != request.probe for row in preview.rows):
        raise NotFound("This preview has no such row.")
    await ports.journal.append(mark_event(ports, person, preview, request))
    rows = await with_marks(ports, person, preview.id, *preview.rows)
    row = next(row for row in rows if row.probe.id == request.probe)
    return Marked(row=row, evidence=evidence_of(rows, preview.judge, preview.as_planned))
