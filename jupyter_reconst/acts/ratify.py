"""Make an amendment law for a notebook: a new revision with its provenance, and cases from what the person marked.

The act signs and answers with what to write; the frontend writes it into the open document, and the next sync that
sees it there confirms it. A retry with the same id gives the same change.
"""

from __future__ import annotations

from typing import Any

from jupyter_reconst.acts.inforce import constitution_in_force, dumped, pending
from jupyter_reconst.acts.previews import preview_state
from jupyter_reconst.core.amendments import amended
from jupyter_reconst.core.annotations import Annotation
from jupyter_reconst.core.constitution import Constitution, Provenance, Words
from jupyter_reconst.core.errors import BadInput, InvisibleText, NotebookUnknown
from jupyter_reconst.core.impact import Impact, Preview
from jupyter_reconst.core.keeping import cases, evidence
from jupyter_reconst.core.notebook import article_key, case_key
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Accepted, Document, Event, Ports
from jupyter_reconst.core.requests import Change, Ratify, Watch
from jupyter_reconst.core.review import hidden


async def ratify(ports: Ports, person: Person, request: Ratify) -> Change:
    """The change to write. Raises Stale, BadInput for rows that a person must look at, InvisibleText."""
    known = await _ratified(ports, person, request)
    if known is not None:
        return known
    document = await ports.documents.of_path(person.owner, request.path)
    if document is None:
        raise NotebookUnknown("This notebook is not open, and cannot be read.")
    preview = await _previewed(ports, person, request)
    rows = preview.rows if preview else ()
    _looked_at(rows, request.note)
    now = ports.clock.now()
    provenance = Provenance(
        author=person.name,
        at=now,
        words=tuple(_words(annotation) for annotation in request.annotations),
        evidence=evidence(preview) if preview else "",
        note=request.note or request.amendment.note,
    )
    law, article = amended(
        await _base(ports, person, document),
        request.amendment,
        revisions=document.reading.revisions,
        revision=ports.clock.id(),
        article=request.amendment.article or ports.clock.id(),
        provenance=provenance,
    )
    spelled = hidden(Constitution(articles=(article,)))
    if spelled:
        raise InvisibleText(f"Hidden characters in the article’s {spelled[0].where.rpartition(' ')[2]}.")
    kept = [] if article.repealed else cases(rows, article.id, provenance, ports.clock.id)
    writes: dict[str, Any] = {article_key(article): dumped(article)}
    writes |= {case_key(case): dumped(case) for case in kept}
    change = Change(id=request.id, article=article, writes=writes, digest=law.digest)
    accepted = Accepted(digest=law.digest, constitution=law, at=now, how="ratified")
    await ports.trust.accept(person.owner, accepted)
    event = Event(
        id=request.id,
        owner=person.owner,
        notebook=document.notebook,
        kind="ratification",
        subject=article.id,
        body={
            "amendment": request.amendment.model_dump(mode="json"),
            "annotations": [annotation.id for annotation in request.annotations],
            "preview": request.preview,
            "evidence": provenance.evidence,
            "note": request.note,
            "change": change.model_dump(mode="json"),
        },
        created=now,
    )
    await ports.journal.append(event)
    # Two clicks may have come this far together; what the journal kept first is what both are told.
    return await _ratified(ports, person, request) or change


async def _ratified(ports: Ports, person: Person, request: Ratify) -> Change | None:
    line = await ports.journal.get(person.owner, request.id)
    if line is None:
        return None
    if line.kind != "ratification":
        raise BadInput("This id already names something else.")
    return Change.model_validate(line.body["change"])


async def _base(ports: Ports, person: Person, document: Document) -> Constitution:
    """What is in force, with what was ratified and is still on its way into the notebook."""
    law = await constitution_in_force(ports, person, document)
    for change in await pending(ports, person, document):
        article = change.article
        if article is None:
            continue
        others = tuple(a for a in law.articles if a.id != article.id)
        law = law.model_copy(update={"articles": others}) if article.repealed else law.replaced(article)
    return law


async def _previewed(ports: Ports, person: Person, request: Ratify) -> Preview | None:
    """The preview, if it tried exactly this wording: the evidence for another one says nothing about this one."""
    if request.preview is None:
        return None
    preview = await preview_state(ports, person, Watch(preview=request.preview))
    tried, wanted = preview.amendment, request.amendment
    same = (tried.action, tried.article, tried.draft) == (wanted.action, wanted.article, wanted.draft)
    return preview if same else None


def _looked_at(rows: tuple[Impact, ...], note: str) -> None:
    """A person has marked every regression, and says why unintended changes that they left unmarked are acceptable."""
    undone = sum(row.verdict == "regression" and row.mark is None for row in rows)
    if undone:
        raise BadInput(
            f"{undone} row{'s' if undone > 1 else ''} may undo an earlier correction.",
            remedy="Mark each regression row, then ratify.",
        )
    unsaid = sum(row.verdict == "unintended" and row.mark is None for row in rows)
    if unsaid and not note.strip():
        raise BadInput(
            f"{unsaid} unintended change{'s are' if unsaid > 1 else ' is'} open.",
            remedy="Mark them, or say in one line why they are acceptable.",
        )


def _words(annotation: Annotation) -> Words:
    return Words(
        annotation=annotation.id,
        cell=annotation.target.cell,
        quote=annotation.target.quote,
        correction=annotation.said("editing") or annotation.said("assessing") or annotation.said("commenting"),
    )
