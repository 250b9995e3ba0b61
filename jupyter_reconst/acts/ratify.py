"""Make an amendment law for a notebook: a new revision with its provenance, and cases from what the person marked.

Where the notebook's rule wants others to agree, it takes a proposal with their votes; ratifying remains a person's act.
It signs and answers with what to write; the frontend writes it into the open document, and the next sync that sees it
there confirms it. A retry with the same id gives the same change, and so does the same amendment ratified in another
tab.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jupyter_reconst.acts.agreed import allowed
from jupyter_reconst.acts.inforce import amendable, dumped
from jupyter_reconst.acts.parts import record
from jupyter_reconst.acts.previews import preview_state
from jupyter_reconst.core.amendments import Amendment, amended, sourced
from jupyter_reconst.core.annotations import Annotation
from jupyter_reconst.core.constitution import Constitution, Provenance, Words
from jupyter_reconst.core.errors import BadInput, InvisibleText, NotebookUnknown, Stale
from jupyter_reconst.core.impact import Impact, Preview
from jupyter_reconst.core.keeping import cases, evidence
from jupyter_reconst.core.notebook import article_key, case_key
from jupyter_reconst.core.nouns import Person, later
from jupyter_reconst.core.ports import Event, Ports
from jupyter_reconst.core.requests import Change, Ratify, Watch
from jupyter_reconst.core.review import hidden


async def ratify(ports: Ports, person: Person, request: Ratify) -> Change:
    """The change to write. Raises Stale, VotesNeeded, BadInput for rows that must be looked at, InvisibleText."""
    known = await _ratified(ports, person, request)
    if known is not None:
        return known
    document = await ports.documents.of_path(person.owner, request.path)
    if document is None:
        raise NotebookUnknown("This notebook is not open, and cannot be read.")
    standing, revisions = await amendable(ports, person, document)
    if request.amendment.action == "repeal" and request.amendment.article in standing.scopes:
        raise BadInput(
            "This article is not the notebook’s own, so it cannot be repealed here.",
            remedy="Switch it off in this notebook, or take it out of its file.",
        )
    made = await _made(ports, person, document.notebook, request.amendment, standing)
    if made is not None:
        return made
    sourced(standing, request.amendment)
    agreement = await allowed(ports, person, document, request.amendment)
    proposed = agreement.proposal.provenance if agreement else Provenance(at=ports.clock.now())
    put = agreement.proposal.amendment if agreement else None
    preview = await previewed(ports, person, request.preview, request.amendment)
    now = ports.clock.now()
    provenance = Provenance(
        author=person.name,
        at=now,
        words=quoted(request.annotations) or proposed.words,
        evidence=evidence(preview) if preview else proposed.evidence,
        note=request.note or request.amendment.note,
    )
    law, article = amended(
        standing,
        request.amendment,
        revisions=revisions,
        revision=later(ports.clock.id(), document.reading.ids),
        article=request.amendment.article or (put and put.article) or ports.clock.id(),
        provenance=provenance,
    )
    if preview and (preview.before, preview.after) != (standing.digest, law.digest):
        raise Stale("The constitution has changed since this preview.", remedy="Preview it again, then ratify.")
    rows = preview.rows if preview else ()
    _looked_at(rows, request.note)
    spelled = hidden(Constitution(articles=(article,)))
    if spelled:
        raise InvisibleText(f"Hidden characters in the article’s {spelled[0].where.rpartition(' ')[2]}.")
    kept = [] if article.repealed else cases(rows, article.id, provenance, ports.clock.id)
    writes: dict[str, Any] = {article_key(article): dumped(article)}
    writes |= {case_key(case): dumped(case) for case in kept}
    change = Change(id=request.id, article=article, writes=writes, digest=law.digest)
    await record(ports, person, law, now, "ratified")
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
            "own": law.own.digest,
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


async def _made(
    ports: Ports, person: Person, notebook: str, amendment: Amendment, standing: Constitution
) -> Change | None:
    """What this very amendment has already made, unless that was taken back. Raises Stale where it reads otherwise now.

    Two tabs that show one preview ratify it once.
    """
    lines = await ports.journal.events(person.owner, kind="ratification", notebook=notebook, newest_first=True)
    line = next((line for line in lines if Amendment.model_validate(line.body["amendment"]) == amendment), None)
    change = Change.model_validate(line.body["change"]) if line else None
    if change is None or change.article is None:
        return None
    article, now = change.article, standing.article(change.article.id)
    if now is None:
        return change if article.repealed else None
    if now.revision != article.revision:
        raise Stale(f"“{article.title}” was ratified before, and has been changed since.")
    return change


async def previewed(ports: Ports, person: Person, id: str | None, wanted: Amendment) -> Preview | None:
    """The preview, if it tried exactly this wording: the evidence for another one says nothing about this one.

    Raises BadInput for one that goes on: what is still to come may have to be looked at.
    """
    if id is None:
        return None
    preview = await preview_state(ports, person, Watch(preview=id))
    tried = preview.amendment
    if (tried.action, tried.draft) != (wanted.action, wanted.draft):
        return None
    if wanted.action != "add" and tried.article != wanted.article:
        return None
    if preview.status == "running":
        raise BadInput("The preview has not ended.", remedy="Wait for its end, or stop it, then ratify.")
    return preview


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


def quoted(annotations: Iterable[Annotation]) -> tuple[Words, ...]:
    """The words that a change comes from, and what was said of them."""
    return tuple(
        Words(
            annotation=annotation.id,
            cell=annotation.target.cell,
            quote=annotation.target.quote,
            correction=annotation.said("editing") or annotation.said("assessing") or annotation.said("commenting"),
        )
        for annotation in annotations
    )
