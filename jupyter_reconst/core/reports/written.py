"""A report as bytes: JSON that comes back without loss, and Markdown that is nothing but text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from jupyter_reconst.core.markdown import inert
from jupyter_reconst.core.reports.report import Effect, Marked, Report, Rule


def as_json(report: Report) -> str:
    """The report; `Report.model_validate_json` reads it again."""
    return json.dumps(report.model_dump(mode="json"), indent=1, ensure_ascii=False) + "\n"


def as_markdown(report: Report) -> str:
    """The same, to be read. Every text of others stands in a block that it cannot end."""
    return inert("\n".join(_lines(report))) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield from ("# A report on a reply", "")
    yield _line(f"Written with {report.program}. Names replaced: {report.names_replaced}. Left out: {report.left_out}.")
    yield from _texts(("## What was expected", report.expected))
    if asked := report.asked:
        yield from ("", "## How it was asked", "")
        said = {
            "Model": asked.model,
            "Parameters": json.dumps(asked.parameters, ensure_ascii=False)
            if asked.parameters
            else "the endpoint’s own",
            "Style": asked.style,
            "Ended": asked.status,
            "Tokens": f"{asked.prompt_tokens} sent, {asked.completion_tokens} written, {asked.milliseconds:.0f} ms",
            "Constitution": asked.digest,
            "At": asked.at.isoformat(timespec="seconds"),
        }
        yield from (f"- {name}: {_line(text)}" for name, text in said.items() if text)
    if report.articles:
        yield from ("", "## Articles in force", "")
        for held in report.articles:
            how = f"{'sent' if held.sent else 'not sent'}, {_line(held.why)}".removesuffix(", ")
            yield f"- {_line(held.title)}: {how}"
    for number, message in enumerate(report.conversation, 1):
        yield from _texts((f"## Message {number} ({message.role})", message.content))
    for cell in report.cells:
        name = _line(cell.label) or "A cell"
        yield from _texts((f"## {name}: source", cell.source), (f"## {name}: output", cell.output))
    for one in report.given:
        yield from _texts((f"## Given: {_line(one.kind)} {_line(one.label)} {_line(one.source)}".rstrip(), one.text))
    yield from _texts(("## The prompt", report.prompt), ("## The reply", report.reply))
    for number, marked in enumerate(report.highlights, 1):
        yield from _marked(number, marked)
    for rule in report.rules:
        yield from _rule(rule)
    if report.effect:
        yield from _effect(report.effect)


def _texts(*named: tuple[str, str]) -> Iterator[str]:
    for name, text in named:
        if text:
            yield from ("", name, "", _fenced(text))


def _marked(number: int, marked: Marked) -> Iterator[str]:
    what = {"words": "words", "missing": "a place where something is missing", "whole": "the whole reply"}[marked.part]
    place = "" if marked.start is None else f", code points {marked.start} to {marked.end}"
    yield from ("", f"## Highlight {number}: {'praise of ' if marked.praise else ''}{what}{place}")
    yield from _texts(("Before:", marked.prefix), ("Highlighted:", marked.exact), ("After:", marked.suffix))
    by = f" (written by a {marked.written_by})" if marked.written_by in ("model", "library", "person") else ""
    yield from _texts((f"What it should have been{by}:", marked.correction), ("Why:", marked.why))


def _rule(rule: Rule) -> Iterator[str]:
    applies = "always" if rule.always else "where its WHEN fits"
    by = f", by {_line(rule.author)} (as claimed)" if rule.author else ""
    yield from ("", f"## The rule: {_line(rule.title)}", "")
    yield f"{rule.kind}, sent {applies}; revision {_line(rule.revision)} of {rule.at.date().isoformat()}{by}."
    yield from _texts(("When:", rule.when), ("Then:", rule.then), ("Source:", rule.source), ("Why:", rule.why))
    for words in rule.words:
        yield from _texts(("It came from:", words.quote), ("Corrected to:", words.correction))
    yield from _texts(("Evidence:", rule.evidence), ("Note:", rule.note))


def _effect(effect: Effect) -> Iterator[str]:
    yield from ("", "## What the rule did", "", _line(effect.says))
    for number, row in enumerate(effect.rows, 1):
        mark = f"; the person marked it as {row.mark}" if row.mark else ""
        yield from ("", f"### Row {number}: {row.verdict}{mark}")
        yield from ("", _line(row.why)) if row.why else ()
        yield from _texts(
            ("Prompt:", row.prompt), ("Before:", row.before), ("After:", row.after), ("The person’s note:", row.note)
        )


def _fenced(text: str) -> str:
    """A block of text that nothing inside can close."""
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}text\n{text}\n{fence}"


def _line(text: str) -> str:
    """Words in a line that are nothing but words."""
    marks = r"[\\`*\[\]<>#&|~$!]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])"
    return re.sub(marks, lambda mark: f"&#{ord(mark[0])};", " ".join(text.split()))
