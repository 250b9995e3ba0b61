"""Write a constitution down for others: our Markdown, what other tools read, or the prompt that a model is sent."""

from __future__ import annotations

from pathlib import PurePosixPath

from jupyter_reconst.acts.sign import opened
from jupyter_reconst.core.errors import BadInput, NotebookUnknown
from jupyter_reconst.core.notebook import Reading, understood
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Ports
from jupyter_reconst.core.requests import Export, Exportable, Exports, Notebook
from jupyter_reconst.core.requests.sharing import Format, Written
from jupyter_reconst.core.sharing.exports import FORMATS
from jupyter_reconst.core.sharing.front import Front
from jupyter_reconst.core.sharing.published import dump
from jupyter_reconst.prompts.compose import preface

NAMES = ("markdown", *FORMATS, "prompt")

_WAYS: dict[Format, tuple[str, str]] = {
    "markdown": ("{}.md", "To publish; comes back without loss"),
    "agents": ("AGENTS.md", "For coding agents"),
    "claude": ("CLAUDE.md", "For Claude Code"),
    "cursor": ("{}.mdc", "A Cursor rule"),
    "copilot": ("copilot-instructions.md", "For GitHub Copilot, in .github"),
    "model-spec": ("{}-model-spec.md", "After the pattern of the OpenAI Model Spec"),
    "prompt": ("{}-prompt.txt", "A system prompt: what a model is sent"),
}
"""Of each way the file's name, and what it is for."""


def export(front: Front, reading: Reading, name: str) -> str:
    """The text of an export. Only `markdown` returns without loss; the others hold the articles that are switched on.

    Raises BadInput for a notebook that has no constitution.
    """
    law = reading.constitution
    if not (reading.revisions or reading.preambles):
        raise BadInput("There is no constitution in it.", remedy="Ratify a rule first.")
    if name == "markdown":
        return dump(front, reading)
    if name == "prompt":
        return preface(law.preamble, law.effective) + "\n"
    return FORMATS[name](front, reading)


async def exports(ports: Ports, person: Person, request: Notebook) -> Exports:
    """The ways to write an open notebook's constitution, and what goes along with each. Raises BadInput for none."""
    if request.path is None:
        raise NotebookUnknown("Which notebook is meant cannot be known.")
    stem, reading = await _source(ports, person, request.path)
    ways = [
        Exportable(format=name, file=file.format(stem), says=f"{use}. {carries(reading, whole=name == 'markdown')}")
        for name, (file, use) in _WAYS.items()
    ]
    return Exports(formats=tuple(ways))


async def written(ports: Ports, person: Person, request: Export) -> Written:
    """An open notebook's constitution as a file. Raises BadInput for none, Malformed for what no file can hold."""
    stem, reading = await _source(ports, person, request.path)
    text = export(Front(name=stem[:200]), reading, request.format)
    return Written(file=_WAYS[request.format][0].format(stem), text=text)


def carries(reading: Reading, *, whole: bool = True) -> str:
    """What goes along, for whoever is about to publish it. Not `whole` are the articles that are switched on."""
    law = reading.constitution
    if not whole:
        return f"It holds {_counted(len(law.effective), 'article')} that are switched on, and no names."
    quotations = sum(len(article.provenance.words) for article in reading.revisions)
    authors = {a.provenance.author for a in reading.revisions} | {p.provenance.author for p in reading.preambles}
    names = sorted((authors | {case.provenance.author for case in reading.cases}) - {""})
    return (
        f"It holds {_counted(len(law.articles), 'article')}, {_counted(len(reading.revisions), 'revision')}, "
        f"{_counted(len(reading.cases), 'kept case')}, {_counted(quotations, 'quotation')}; "
        f"names: {', '.join(names) or 'none'}."
    )


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


async def _source(ports: Ports, person: Person, path: str) -> tuple[str, Reading]:
    """The name that files get, and what the notebook says."""
    document = await opened(ports, person, path)
    reading = understood(document.reading, PurePosixPath(path).name)
    if not (reading.revisions or reading.preambles):
        raise BadInput("There is no constitution in this notebook.", remedy="Ratify a rule first.")
    return PurePosixPath(path).stem, reading
