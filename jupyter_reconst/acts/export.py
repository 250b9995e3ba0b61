"""Write a constitution down for others: our Markdown, what other tools read, or the prompt that a model is sent."""

from __future__ import annotations

from jupyter_reconst.core.errors import BadInput
from jupyter_reconst.core.notebook import Reading
from jupyter_reconst.core.sharing.exports import FORMATS
from jupyter_reconst.core.sharing.front import Front
from jupyter_reconst.core.sharing.published import dump
from jupyter_reconst.prompts.compose import preface

NAMES = ("markdown", *FORMATS, "prompt")


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
