"""What a model is sent: a frame, the constitution as numbered articles, attached cells as data, and the question.

Equal content gives identical bytes: no nonces, no times. Delimiters come from the digest of what they enclose, so that
nothing enclosed can spell its own end.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable

from jupyter_reconst.core.constitution import Article
from jupyter_reconst.core.turns import Attachment, Given, Message, Parameters
from jupyter_reconst.prompts.texts import words

_OPENS = re.compile(r"<<< .* ([0-9a-f]{16})")
_TERMINAL = ".!?…:;。！？"
_WINDOW = 4_000
"""How much of a question a scope decision reads, in characters: its beginning and its end."""

JUDGING = Parameters(
    temperature=0,
    max_tokens=16,
    json_schema={
        "type": "object",
        "properties": {"fits": {"type": "boolean"}},
        "required": ["fits"],
        "additionalProperties": False,
    },
)
"""How a scope decision is asked for: one small object."""


def article_text(number: int, article: Article) -> str:
    """One article as the model reads it: its number and title, WHEN, THEN (FACT for knowledge), where it is from."""
    lines = [f"{number}. {_sentence(' '.join(article.title.split()))}"]
    if article.when.strip():
        lines.append(f"   WHEN {_clause(article.when)}")
    word = "FACT" if article.kind == "knowledge" else "THEN"
    lines.append(f"   {word} {_sentence(_clause(article.then))}")
    if article.source.strip():
        lines.append(f"   SOURCE {_clause(article.source)}")
    return _nfc("\n".join(lines))


def preface(preamble: str, articles: Iterable[Article]) -> str:
    """The system message for these articles; empty when there is nothing in force."""
    parts = [_nfc(preamble.strip())] if preamble.strip() else []
    parts += [article_text(number, article) for number, article in enumerate(articles, 1)]
    if not parts:
        return ""
    return f"{words('frame').text}\n\n{enclosed('rules', chr(10).join(parts))}"


def beneath(preamble: str, articles: Iterable[Article]) -> str:
    """The same for a small model: plain sentences that stand under the question.

    Measured with SmolLM2-135M: “answer in one short sentence” shortens 0 of 8 replies from a system message (or with
    the question first and the system message after it, which it then answers instead) and 7 of 8 from here.
    """
    parts = [_nfc(preamble.strip())] if preamble.strip() else []
    for article in articles:
        when, then = (" ".join(text.split()) for text in (article.when, article.then))
        parts.append(_nfc(_sentence(f"When {when.rstrip(_TERMINAL)}: {then}" if when else then)))
    return "\n".join(parts)


def question(prompt: str, attachments: Iterable[Attachment] = (), given: Iterable[Given] = ()) -> str:
    """The user message: attached cells and what else is given as quoted data, then the prompt as it was typed."""
    cells = []
    for number, attached in enumerate(attachments, 1):
        label = " ".join(attached.label.split()) or f"cell {number}"
        if attached.source.strip():
            cells.append(enclosed(f"source of {label}", attached.source))
        if attached.output.strip():
            cells.append(enclosed(f"output of {label}", attached.output))
    quoted = [enclosed(f"{one.kind} {' '.join(one.label.split())}".rstrip(), one.text) for one in given]
    parts = [words("attached").text, *cells] if cells else []
    parts += [words("given").text, *quoted] if quoted else []
    return "\n\n".join([*parts, prompt])


def composed(
    preamble: str, articles: Iterable[Article], history: Iterable[Message], asked: str, *, small: bool = False
) -> tuple[Message, ...]:
    """All messages of a call. With nothing in force, nothing is added at all."""
    if small:
        rules = beneath(preamble, articles)
        return (*history, Message(role="user", content=f"{asked}\n\n{rules}" if rules else asked))
    system = preface(preamble, articles)
    first = (Message(role="system", content=system),) if system else ()
    return (*first, *history, Message(role="user", content=asked))


def enclosed(name: str, text: str) -> str:
    """Text between two marker lines made from its own digest."""
    mark = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"<<< {name} {mark}\n{text}\n>>> {mark}"


def unquoted(text: str) -> str:
    """A question without what is enclosed in it, and without what we say of that."""
    lines = text.split("\n")
    ends = {line[4:] for line in lines if line.startswith(">>> ")}
    kept, until = [], ""
    for line in lines:
        opens = None if until else _OPENS.fullmatch(line)
        if opens and opens[1] in ends:
            until = opens[1]
        elif until == line[4:] and line.startswith(">>> "):
            until = ""
        elif not until:
            kept.append(line)
    rest = "\n".join(kept)
    return rest.replace(words("attached").text, "").replace(words("given").text, "")


def scope_question(when: str, prompt: str) -> tuple[Message, ...]:
    """The messages that decide whether one clause fits one prompt. Nothing but the two of them is in it."""
    half = _WINDOW // 2
    asked = prompt if len(prompt) <= _WINDOW else f"{prompt[:half]}\n…\n{prompt[-half:]}"
    pair = f"CONDITION {_clause(when)}\nQUESTION {enclosed('question', asked)}"
    return (Message(role="system", content=words("scope").text), Message(role="user", content=_nfc(pair)))


def scope_answer(reply: str) -> bool | None:
    """Read a scope decision: the object that was asked for, or a plain yes or no; None where it is neither."""
    text = reply.strip().lower()
    start, end = text.find("{"), text.rfind("}")
    if 0 <= start < end:
        try:
            said = json.loads(text[start : end + 1])
        except (ValueError, RecursionError):
            return None
        fits = said.get("fits") if isinstance(said, dict) else None
        return fits if isinstance(fits, bool) else None
    first = text.split(maxsplit=1)[0].strip(".,!*\"'") if text else ""
    return {"yes": True, "true": True, "no": False, "false": False}.get(first)


def _clause(text: str) -> str:
    """One clause; further lines are indented, so that no line of it looks like the next article."""
    return "\n        ".join(line.strip() for line in text.strip().splitlines() if line.strip())


def _sentence(text: str) -> str:
    return text if not text or text[-1] in _TERMINAL else f"{text}."


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
