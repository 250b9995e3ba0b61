"""A text that somebody hands over, whatever it is: our Markdown, the instructions of another tool, or a notebook."""

from __future__ import annotations

from pathlib import PurePosixPath

from jupyter_reconst.core.errors import BadInput, Malformed
from jupyter_reconst.core.notebook import Reading, ours, read, understood
from jupyter_reconst.core.nouns import Noun
from jupyter_reconst.core.sharing import front
from jupyter_reconst.core.sharing.foreign import foreign, unused
from jupyter_reconst.core.sharing.loading import MOST_ARTICLES, load
from jupyter_reconst.core.sharing.published import Published
from jupyter_reconst.core.sharing.record import decoded, strict_json


class Received(Noun):
    """What was read, and what of it has no counterpart here."""

    published: Published
    unused: tuple[str, ...] = ()


def received(name: str, text: str) -> Received:
    """The constitution that a text says. Raises Malformed for what T10 refuses, and where there is none in it."""
    try:
        text = decoded(text.encode("utf-8"))
    except UnicodeEncodeError as error:
        raise Malformed("A text in it holds half a character.") from error
    name = PurePosixPath(name).name
    if name.lower().endswith(".ipynb"):
        found = _of_notebook(text, name)
    elif front.ours(text):
        found = Received(published=load(text))
    else:
        found = Received(published=foreign(text, name), unused=unused(text))
    if not (found.published.reading.revisions or found.published.reading.preambles):
        raise Malformed(f"There is no constitution in {name}.")
    return found


def _of_notebook(text: str, name: str) -> Received:
    notebook = strict_json(text)
    metadata = notebook.get("metadata") if isinstance(notebook, dict) else None
    if not isinstance(metadata, dict):
        raise BadInput(f"{name} is not a notebook in format 4.")
    reading: Reading = understood(read(ours(metadata)), name)
    if len({article.id for article in reading.revisions}) > MOST_ARTICLES:
        raise Malformed(f"It has more than {MOST_ARTICLES} articles.")
    problems = tuple(f"{key} cannot be read" for key in reading.problems)
    return Received(published=Published(reading=reading.model_copy(update={"head": None})), unused=problems)
