"""The journal of one notebook, newest first, a page at a time."""

from __future__ import annotations

from jupyter_reconst.acts.inforce import constitution_in_force
from jupyter_reconst.acts.previews import ratified, recorded_preview, tried
from jupyter_reconst.acts.recall import turn as turn_of
from jupyter_reconst.core.errors import NotebookUnknown
from jupyter_reconst.core.impact import Preview
from jupyter_reconst.core.keeping import evidence
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Document, Event, EventKind, Ports
from jupyter_reconst.core.remembering import Remembered, deed
from jupyter_reconst.core.requests import AskHistory, History

_SHOWN: tuple[EventKind, ...] = (
    "turn",
    "keep",
    "annotation",
    "preview",
    "proposal",
    "vote",
    "rule",
    "ratification",
    "acceptance",
    "forget",
)
"""What a person did. Candidates, rows and marks are parts of these."""


async def history(ports: Ports, person: Person, request: AskHistory) -> History:
    """What this person did in this notebook. `more` says that an older page follows."""
    document = await ports.documents.of_path(person.owner, request.path)
    if document is None:
        raise NotebookUnknown("This notebook is not open, and cannot be read.")
    lines = [line for kind in _SHOWN for line in await _older(ports, person, document, kind, request)]
    lines.sort(key=lambda line: line.sequence, reverse=True)
    page = await _read(ports, person, document, lines[: request.limit])
    law = (await constitution_in_force(ports, person, document)).articles
    told = (Remembered(**dict(line), deed=deed(line, document.reading.revisions, law)) for line in page)
    return History(events=tuple(told), more=len(lines) > len(page))


async def _older(ports: Ports, person: Person, document: Document, kind: EventKind, request: AskHistory) -> list[Event]:
    """The newest lines of one kind before the page's end: one more than the page holds, if there are so many."""
    wanted = taken = request.limit + 1
    while True:
        lines = await ports.journal.events(
            person.owner, kind=kind, notebook=document.notebook, limit=taken, newest_first=True
        )
        told = _told(lines)
        older = [line for line in told if request.before is None or line.sequence < request.before]
        if len(older) >= wanted or len(lines) < taken:
            return older[:wanted]
        taken *= 4


def _told(lines: list[Event]) -> list[Event]:
    """The lines that say something of their own, of those given newest first.

    The arrival of a ratified change does not, and of a preview only its last word does.
    """
    last: dict[str | None, Event] = {}
    for line in lines:
        last.setdefault(line.subject, line)
    return [
        line
        for line in lines
        if (line is last[line.subject] if line.kind == "preview" else line.body.get("how") != "ratified")
    ]


async def _read(ports: Ports, person: Person, document: Document, lines: list[Event]) -> list[Event]:
    """The lines as they are shown: a preview as what was tried, what was seen, and what it takes to open it again.

    Of an answer that was kept, the question, and how the answer was asked.
    """
    law = await ratified(ports, person, document.notebook)
    shown = []
    for line in lines:
        name = line.subject if line.kind == "preview" else None
        record = await recorded_preview(ports, person, name) if name else None
        if record is not None:
            said = evidence(record.preview.model_copy(update={"rows": record.rows}))
            begun = tried(record, law).model_dump(mode="json", by_alias=True)
            body = {"title": _title(record.preview, document), "says": said, "tried": begun}
            line = line.model_copy(update={"body": body})
        if line.kind == "keep" and (kept := await turn_of(ports, person, line.body.get("chosen"))):
            says = " · ".join(filter(None, (kept.model, kept.style)))
            line = line.model_copy(update={"body": {**line.body, "prompt": kept.prompt, "says": says}})
        shown.append(line)
    return shown


def _title(preview: Preview, document: Document) -> str:
    """What an amendment is about: its wording's title, or the title of the article that it would take away."""
    if preview.amendment.draft is not None:
        return preview.amendment.draft.title
    found = [article.title for article in document.reading.revisions if article.id == preview.amendment.article]
    return found[-1] if found else ""
