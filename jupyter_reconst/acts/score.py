"""How each WHEN in force does against the person's own marks. Everything is read from the journal: no call is made.

| what the person said | the clause should |
|---|---|
| corrected a turn, and the article came from it | fire |
| marked a row of a ratified preview *intended*, and it had changed | fire |
| marked such a row *unintended* | not fire |
| *regression*, pinned an unchanged row, or left a turn as it was | says nothing of WHEN |

A marked prompt counts once, by the last word on it, and only where the model in use has decided it for this wording.
"""

from __future__ import annotations

from jupyter_reconst.acts.call import recorded
from jupyter_reconst.acts.inforce import constitution_in_force
from jupyter_reconst.acts.previews import recorded_preview
from jupyter_reconst.acts.recall import turn as turn_of
from jupyter_reconst.core.annotations import Annotation
from jupyter_reconst.core.constitution import Article
from jupyter_reconst.core.errors import NoModel, NotebookUnknown
from jupyter_reconst.core.knowledge import fits, looked_up
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Document, Model, Ports
from jupyter_reconst.core.requests import Notebook, Scores
from jupyter_reconst.core.scoring import WhenScore, scored
from jupyter_reconst.prompts.compose import JUDGING, scope_answer, scope_question


async def scores(ports: Ports, person: Person, request: Notebook) -> Scores:
    """A score for each article in force; without a model nothing is decided, and nothing can be scored."""
    document = await ports.documents.of_path(person.owner, request.path) if request.path else None
    if document is None:
        raise NotebookUnknown("This notebook is not open here.")
    law = await constitution_in_force(ports, person, document)
    head = document.reading.head
    try:
        model = await (ports.models.recording(head.sample) if head and head.sample else ports.models.model())
    except NoModel:
        return Scores(scores=tuple(scored(article.id, ()) for article in law.articles))
    return Scores(scores=tuple([await _scored(ports, person, document, model, article) for article in law.articles]))


async def _scored(ports: Ports, person: Person, document: Document, model: Model, article: Article) -> WhenScore:
    marks = []
    for prompt, should in (await _marks(ports, person, document, article)).items():
        if looked_up(article):
            marks.append((fits(article, prompt), should))
            continue
        reply = await recorded(ports, model, scope_question(article.when, prompt), JUDGING)
        fires = scope_answer(reply.text) if reply else None
        if fires is not None:
            marks.append((fires, should))
    return scored(article.id, marks)


async def _marks(ports: Ports, person: Person, document: Document, article: Article) -> dict[str, bool]:
    """Prompts that the person spoke of, and whether the article belongs there."""
    found: dict[str, bool] = {}
    for annotation in (words.annotation for words in article.provenance.words if words.annotation):
        said = await ports.journal.events(
            person.owner, kind="annotation", subject=annotation, limit=1, newest_first=True
        )
        about = Annotation.model_validate(said[0].body).target.turn if said and said[0].body else None
        corrected = await turn_of(ports, person, about)
        if corrected is not None:
            found[corrected.prompt] = True
    for line in await ports.journal.events(
        person.owner, kind="ratification", notebook=document.notebook, subject=article.id
    ):
        name = line.body.get("preview")
        preview = await recorded_preview(ports, person, name) if name else None
        for row in preview.rows if preview else ():
            if row.mark in ("intended", "unintended") and row.changed:
                found[row.probe.prompt] = row.mark == "intended"
    return found
