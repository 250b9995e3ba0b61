"""The constitution in force as other tools read it. They have no WHEN, so it is said in words; read back, it is text.

Sources: agents.md; Claude Code, Cursor and GitHub Copilot documentation; github.com/openai/model_spec for headings with
attributes and for examples.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from jupyter_reconst.core.constitution import Article, Case
from jupyter_reconst.core.notebook import Reading
from jupyter_reconst.core.sharing.front import Front
from jupyter_reconst.core.sharing.record import spelled_json

_MENTION = re.compile(r"(?<![\w`])@[^\s`@]+")


def agents(front: Front, reading: Reading) -> str:
    """AGENTS.md and copilot-instructions.md: plain Markdown."""
    return "\n\n".join([f"# {_line(front.name) or 'Instructions'}", *_body(reading, _rule)]) + "\n"


def claude(front: Front, reading: Reading) -> str:
    """CLAUDE.md, where `@path` would load that file: between backticks it stays text."""
    return _MENTION.sub(r"`\g<0>`", agents(front, reading))


def cursor(front: Front, reading: Reading) -> str:
    """A Cursor rule (`.mdc`) that always applies."""
    name = spelled_json(_line(front.name) or "Instructions")
    return f"---\ndescription: {name}\nglobs:\nalwaysApply: true\n---\n\n" + "\n\n".join(_body(reading, _rule)) + "\n"


def model_spec(front: Front, reading: Reading) -> str:
    """Markdown after the pattern of the OpenAI Model Spec: headings with anchors, kept cases as examples."""

    def rule(article: Article) -> Iterator[str]:
        heading, *clauses = _rule(article)
        yield f"{heading} {{#{article.id} authority=user}}"
        yield from clauses
        yield from (_example(case) for case in reading.cases if case.article == article.id)

    return "\n\n".join([f"# {_line(front.name) or 'Constitution'}", *_body(reading, rule)]) + "\n"


FORMATS: dict[str, Callable[[Front, Reading], str]] = {
    "agents": agents,
    "claude": claude,
    "copilot": agents,
    "cursor": cursor,
    "model-spec": model_spec,
}


def _body(reading: Reading, rule: Callable[[Article], Iterable[str]]) -> Iterator[str]:
    law = reading.constitution
    if law.preamble.strip():
        yield law.preamble.strip()
    for article in law.effective:
        yield from rule(article)


def _rule(article: Article) -> Iterator[str]:
    """A heading, then WHEN, THEN, its source and why as paragraphs."""
    yield f"## {_line(article.title)}"
    if article.when.strip():
        yield f"**When** {article.when.strip()}"
    then = article.then.strip()
    yield f"**Then** {then}" if article.when.strip() and article.kind == "process" else then
    if article.source.strip():
        yield f"*Source:* {article.source.strip()}"
    if article.why.strip():
        yield f"*Why:* {article.why.strip()}"


def _example(case: Case) -> str:
    good = case.expects.verdict == "intended"
    replies = {"GOOD": case.expects.reply, "BAD": case.expects.without}
    if not good:
        replies = {"GOOD": case.expects.without, "BAD": case.expects.reply}
    shown = [f"<assistant> <!-- {mark} -->\n{reply}\n</assistant>" for mark, reply in replies.items() if reply]
    asked = f"<user>\n{case.prompt}\n</user>"
    inside = "\n".join((asked, "<comparison>", *shown, "</comparison>"))
    return f"**Example**: {_line(case.expects.note) or 'kept case'}\n\n~~~xml\n{inside}\n~~~"


def _line(text: str) -> str:
    return " ".join(text.split())
