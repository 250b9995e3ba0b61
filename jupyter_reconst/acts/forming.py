"""A turn with a form: cells go to the model as numbered sentences, its draft is small objects, code writes the reply.

This is part of composing (`acts.answer`), so that a preview of a rule shows the outline that it would make.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from jupyter_reconst.acts.mathematise import Mathematising
from jupyter_reconst.acts.organise import Organising
from jupyter_reconst.core.errors import BadInput
from jupyter_reconst.core.page import Written
from jupyter_reconst.core.sentences import SENTENCES, Sentence, answered, numbered
from jupyter_reconst.core.turns import Attachment, Form, Parameters
from jupyter_reconst.prompts.drafts import MATHEMATICS, OUTLINE
from jupyter_reconst.prompts.texts import words

_SMALL = 700
"""Tokens of a draft by the embedded model, which would otherwise go on for minutes."""


class Forming(Protocol):
    """A reply as its draft arrives."""

    def take(self, text: str) -> str:
        """Some more of the draft; the Markdown that it adds to the reply so far."""
        ...

    def done(self) -> Written:
        """The whole reply to what has arrived."""
        ...


def told(forming: Forming | None, text: str, complete: bool) -> dict[str, Any]:
    """What a turn's record says of its reply: the model's text itself, or what code has written from it."""
    if forming is None or not (text or complete):
        return {"reply": text}
    done = forming.done()
    return {"reply": done.text, "traces": done.traces, "open": done.open, "draft": text}


@dataclass(frozen=True, slots=True)
class Formed:
    """How a form is asked for: what is attached, what stands under the person's words, the schema; and who reads it."""

    attachments: tuple[Attachment, ...]
    task: str
    parameters: Parameters
    begin: Callable[[], Forming]

    def written(self, draft: str) -> Written:
        """The reply to a whole draft."""
        forming = self.begin()
        forming.take(draft)
        return forming.done()


def formed(
    form: Form, prompt: str, attachments: tuple[Attachment, ...], parameters: Parameters, *, small: bool
) -> Formed | None:
    """How this form is asked for; None for a plain reply. Raises BadInput where there is no text, or too much."""
    if not form:
        return None
    sentences = (*numbered(attachments), *answered(prompt))
    sentences = tuple(one.model_copy(update={"number": number}) for number, one in enumerate(sentences, 1))
    if not sentences or len(sentences) > SENTENCES:
        said = f"more than {SENTENCES} sentences" if sentences else "no sentences"
        raise BadInput(
            f"There are {said} in the cells that this cell attaches. Nothing was sent.",
            remedy="Select the cells that hold your notes: Markdown, raw text, or code with comments.",
        )
    name, schema, begin = _FORMS[form]
    asked: dict[str, Any] = {"json_schema": schema}
    if small:
        asked["max_tokens"] = min(_SMALL, parameters.max_tokens or _SMALL)
    return Formed(
        attachments=tuple(_listed(sentences)),
        task=words(f"{name}-small" if small else name).text,
        parameters=parameters.model_copy(update=asked),
        begin=lambda: begin(sentences),
    )


_FORMS: dict[str, tuple[str, dict[str, Any], Callable[[tuple[Sentence, ...]], Forming]]] = {
    "outline": ("organise", OUTLINE, Organising),
    "mathematics": ("mathematise", MATHEMATICS, Mathematising),
}


def _listed(sentences: tuple[Sentence, ...]) -> list[Attachment]:
    """The sentences of each cell, one on a line after its number."""
    cells: dict[tuple[str | None, str], list[str]] = {}
    for one in sentences:
        cells.setdefault((one.cell, one.label), []).append(f"[{one.number}] {one.text}")
    return [
        # Not held to the length of what a person attaches: the numbers come on top of it.
        Attachment.model_construct(cell=cell, label=label, source="\n".join(lines), output="")
        for (cell, label), lines in cells.items()
    ]
