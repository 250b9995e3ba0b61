"""A report for those who tune models or tools, drawn from what this person did. It is written, and sent nowhere."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import ValidationError

from jupyter_reconst._version import __version__
from jupyter_reconst.acts.inforce import amendable
from jupyter_reconst.acts.previews import previews, recorded_preview
from jupyter_reconst.acts.recall import turn as turn_of
from jupyter_reconst.core.annotations import Annotation
from jupyter_reconst.core.constitution import Article
from jupyter_reconst.core.errors import BadInput, NotebookUnknown, NotFound
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Document, Ports
from jupyter_reconst.core.reports.drawing import Material, drawn
from jupyter_reconst.core.reports.names import Names
from jupyter_reconst.core.reports.written import as_json, as_markdown
from jupyter_reconst.core.requests import Notebook, Tell, Told
from jupyter_reconst.core.requests.sharing import Written
from jupyter_reconst.core.turns import Turn


async def tell(ports: Ports, person: Person, request: Tell, known: Iterable[str] = ()) -> Told:
    """The report, and what can be left out of it; the same request always gives the same bytes.

    `known` are names of this machine's accounts, which the caller knows. Raises NotebookUnknown, NotFound for what is
    not this person's, and BadInput where nothing is named.
    """
    document = await ports.documents.of_path(person.owner, request.path)
    if document is None:
        raise NotebookUnknown("This notebook is not open, and cannot be read.")
    law, revisions = await amendable(ports, person, document)
    article = law.article(request.article) if request.article else None
    if request.article and article is None:
        raise NotFound("There is no such article in force here.")
    material = await _material(ports, person, document, request, law.articles, article)
    if material == Material():
        raise BadInput("Nothing is named that a report could be about.", remedy="Name a turn, a highlight or a rule.")
    people = {one.creator.name for one in request.annotations} | {one.provenance.author for one in revisions}
    people |= {one.provenance.author for one in law.articles} | {c.provenance.author for c in document.reading.cases}
    names = Names({*people, *known, person.name, person.owner.removeprefix("user:")}, request.words)
    report, parts = drawn(
        material,
        request.without,
        expected=request.expected,
        program=f"jupyter_reconst {__version__}",
        names=names,
    )
    text = as_json(report) if request.format == "json" else as_markdown(report)
    return Told(file=f"report.{request.format}", text=text, parts=parts, replaced=names.replaced)


async def written(ports: Ports, person: Person, request: Tell, known: Iterable[str] = ()) -> Written:
    """The same as a file to save."""
    told = await tell(ports, person, request, known)
    return Written(file=told.file, text=told.text)


async def _material(
    ports: Ports,
    person: Person,
    document: Document,
    request: Tell,
    law: Iterable[Article],
    article: Article | None,
) -> Material:
    """What the report is about. Of an article, the turn is that of the first words that it came from."""
    origins = {words.annotation for words in article.provenance.words if words.annotation} if article else set()
    wanted = {request.annotation} if request.annotation else origins
    about = [one for one in request.annotations if one.id in wanted]
    about += [one for id in sorted(wanted - {one.id for one in about}) if (one := await _annotation(ports, person, id))]
    named = request.turn or next((one.target.turn for one in about if one.target.turn), None)
    turn = await turn_of(ports, person, named)
    if turn is None and request.turn:
        raise NotFound("This turn is not in your journal.", remedy="Its text was erased, or somebody else asked it.")
    if turn is not None and not wanted:
        about = [one for one in request.annotations if one.target.turn == turn.id]
    ids = {one.id for one in about}
    rules = tuple(
        one
        for one in law
        if (article is None and any(words.annotation in ids for words in one.provenance.words)) or one == article
    )
    return await _tried(ports, person, document, turn, tuple(about), rules)


async def _annotation(ports: Ports, person: Person, id: str | None) -> Annotation | None:
    """A highlight that stands in the notebook no more, as this person last left it."""
    lines = await ports.journal.events(person.owner, kind="annotation", subject=id, limit=1, newest_first=True)
    try:
        return Annotation.model_validate(lines[0].body) if lines else None
    except ValidationError:  # Forgotten.
        return None


async def _tried(
    ports: Ports,
    person: Person,
    document: Document,
    turn: Turn | None,
    annotations: tuple[Annotation, ...],
    rules: tuple[Article, ...],
) -> Material:
    """With the newest preview of a rule, or of an amendment from these highlights."""
    ids, articles = {one.id for one in annotations}, {one.id for one in rules}
    for found in (await previews(ports, person, Notebook(path=document.path))).previews:
        about = {*found.preview.amendment.annotations, *(one.id for one in found.annotations)}
        if found.preview.amendment.article in articles or ids & about:
            record = await recorded_preview(ports, person, found.preview.id)
            if record is not None and record.rows:
                return Material(turn, annotations, rules, record.preview, record.rows)
    return Material(turn, annotations, rules)
