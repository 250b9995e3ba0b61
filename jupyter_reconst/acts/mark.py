"""What the person says of a row: append-only, the last word counts, and no mark takes it back."""

from __future__ import annotations

from jupyter_reconst.acts.previews import mark_event, preview_state
from jupyter_reconst.core.errors import NotFound
from jupyter_reconst.core.impact import Impact
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Ports
from jupyter_reconst.core.requests import MarkRow, Watch


async def mark(ports: Ports, person: Person, request: MarkRow) -> Impact:
    """Keep the mark and return the row as it now stands. Raises NotFound for a row that this person does not have."""
    preview = await preview_state(ports, person, Watch(preview=request.preview))
    row = next((row for row in preview.rows if row.probe.id == request.probe), None)
    if row is None:
        raise NotFound("This preview has no such row.")
    await ports.journal.append(mark_event(ports, person, preview, request))
    return row.model_copy(update={"mark": request.mark, "note": request.note})
