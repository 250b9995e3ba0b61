"""What a check found, for machines and people: JUnit XML, and Markdown for the summary of a CI job. Pure.

Prompts, replies and titles are other people's words. Characters that nobody sees are spelled out, which leaves none
that XML cannot hold; in Markdown texts stand in code blocks that nothing inside can close, and punctuation in prose is
written as entities, so that no words become a link, an image or a tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from jupyter_reconst.acts.distance import edited
from jupyter_reconst.core.checks import Answering, Check, Checked, Difference, Outcome, Shown, Suite, difference, rows
from jupyter_reconst.core.visible import spelled

WORDS: dict[Outcome, str] = {
    "regression": "regression",
    "unsure": "cannot tell",
    "failed": "failed",
    "unasked": "not asked",
    "held": "holds",
}
"""Outcomes in words, worst first."""

_ERRORS: tuple[Outcome, ...] = ("unsure", "failed", "unasked")
_TOLD, _LONG, _LINE = 30, 1_500, 400
"""Rows that are told in full, characters of a text and of a line: the summary of a job has a limit of 1 MiB."""


def ranked(check: Check) -> list[tuple[Suite, Checked, int]]:
    """Every case on every model, regressions first."""
    seats = [(suite, row, column) for suite, row in rows(check) for column in range(len(row.shown))]
    order = list(WORDS)
    return sorted(seats, key=lambda seat: order.index(seat[1].shown[seat[2]].outcome))


def counted(check: Check, column: int) -> str:
    """`3 of 5 cases hold, 1 regression, 1 cannot tell`."""
    tally = check.tally(column)
    rest = [f"{tally[outcome]} {word}" for outcome, word in WORDS.items() if outcome != "held" and tally[outcome]]
    total = sum(tally.values())
    return ", ".join([f"{tally['held']} of {total} case{'s' if total != 1 else ''} hold", *rest])


def spent(model: Answering) -> str:
    """What a model's part took."""
    cost = "cost unknown" if model.cost is None else f"${model.cost:.4f}"
    return f"{model.calls} call{'s' if model.calls != 1 else ''}, {cost}"


def told(row: Checked, *, most: int = 80) -> str:
    """A case in one line: its article, and its prompt as far as it fits."""
    return f"{spelled(row.article)}: {short(row.case.prompt, most=most)}"


def short(text: str, *, most: int = 80) -> str:
    """A text in one line, as far as it fits."""
    line = " ".join(spelled(text).split())
    return line if len(line) <= most else line[: most - 1] + "…"


def junit(check: Check) -> str:
    """JUnit XML: one test case per kept case and model; whatever is not decided is an error, never a pass."""
    root = ElementTree.Element("testsuites", name="jupyter reconst check")
    for suite in check.suites:
        for column, model in enumerate(check.models or (Answering(model="no model"),)):
            _suite(root, suite, model, column)
        if suite.arguments:
            _arguments(root, suite)
    for key in ("tests", "failures", "errors"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def markdown(check: Check) -> str:
    """The report of a CI job: what regressed, what was expected, in which words it differs, and what it took."""
    lines = [f"# {_title(check)}", ""]
    if check.models:
        lines += ["| model | cases | took |", "|---|---|---|"]
        lines += [
            f"| {_prose(model.model)} | {counted(check, column)} | {spent(model)} |"
            for column, model in enumerate(check.models)
        ]
        lines.append("")
    if (against := difference(check)) is not None:
        lines += [*_against(check, against), ""]
    for suite in check.suites:
        if suite.problem:
            lines += [f"**Not checked:** {_prose(suite.problem.message)} {_prose(suite.problem.remedy)}", ""]
    open_ = [seat for seat in ranked(check) if seat[1].shown[seat[2]].outcome != "held"]
    for suite, row, column in open_[:_TOLD]:
        lines += [*_row(check, suite, row, column), ""]
    if len(open_) > _TOLD:
        lines += [f"…and {len(open_) - _TOLD} more.", ""]
    for suite in check.suites:
        lines += [
            f"- {WORDS[one.outcome]}: argument “{_prose(short(one.pinned.passage))}”: {_prose(one.why)}"
            for one in suite.arguments
        ]
    for suite in check.suites:
        aside = f", {suite.aside} of articles that are off or repealed left aside" if suite.aside else ""
        held = f"{len(suite.rows)} case{'s' if len(suite.rows) != 1 else ''}{aside}"
        lines.append(f"- {_prose(suite.path)}: {held}; constitution `{suite.constitution}`, `--accept {suite.accept}`")
    return "\n".join(lines) + "\n"


def _title(check: Check) -> str:
    regressions = sum(check.tally(column)["regression"] for column in range(len(check.models)))
    regressions += sum(one.outcome == "regression" for suite in check.suites for one in suite.arguments)
    if regressions:
        return f"{regressions} kept case{'s have' if regressions != 1 else ' has'} regressed"
    if check.stopped:
        return "The check was stopped"
    return "All kept cases hold" if check.status == 0 else "Not everything could be checked"


def _suite(root: ElementTree.Element, suite: Suite, model: Answering, column: int) -> None:
    outcomes = [row.shown[column].outcome for row in suite.rows]
    found = ElementTree.SubElement(
        root,
        "testsuite",
        name=spelled(f"{suite.path} on {model.model}"),
        tests=str(len(outcomes) or 1),
        failures=str(outcomes.count("regression")),
        errors=str(1 if suite.problem else sum(outcome in _ERRORS for outcome in outcomes)),
    )
    properties = ElementTree.SubElement(found, "properties")
    cost = "unknown" if model.cost is None else f"{model.cost:.6f}"
    for name, value in {
        "constitution": suite.constitution,
        "accept": suite.accept,
        "model": model.model,
        "calls": str(model.calls),
        "cost": cost,
    }.items():
        ElementTree.SubElement(properties, "property", name=name, value=spelled(value))
    if suite.problem:
        case = ElementTree.SubElement(found, "testcase", classname=spelled(suite.path), name="can be checked")
        error = ElementTree.SubElement(case, "error", type=suite.problem.code, message=spelled(suite.problem.message))
        error.text = spelled(suite.problem.remedy)
    for row in suite.rows:
        shown = row.shown[column]
        case = ElementTree.SubElement(
            found, "testcase", classname=spelled(suite.path), name=f"{told(row)} ({row.case.id})"
        )
        if shown.outcome != "held":
            kind = "failure" if shown.outcome == "regression" else "error"
            told_as = ElementTree.SubElement(case, kind, type=shown.outcome, message=spelled(shown.why))
            told_as.text = "\n\n".join(f"{name}:\n{text}" for name, text in _texts(row, shown))


def _arguments(root: ElementTree.Element, suite: Suite) -> None:
    """Pinned arguments, judged by a prover: a suite of their own, as no model has to do with them."""
    outcomes = [one.outcome for one in suite.arguments]
    found = ElementTree.SubElement(
        root,
        "testsuite",
        name=spelled(f"arguments of {suite.path}"),
        tests=str(len(outcomes)),
        failures=str(outcomes.count("regression")),
        errors=str(sum(outcome in _ERRORS for outcome in outcomes)),
    )
    for one in suite.arguments:
        name = f"{short(one.pinned.passage)} ({one.pinned.id})"
        case = ElementTree.SubElement(found, "testcase", classname=spelled(suite.path), name=name)
        if one.outcome != "held":
            kind = "failure" if one.outcome == "regression" else "error"
            ElementTree.SubElement(case, kind, type=one.outcome, message=spelled(one.why))


def _texts(row: Checked, shown: Shown) -> Iterator[tuple[str, str]]:
    """What was asked, what should come, and what came."""
    expects = row.case.expects
    yield "Prompt", spelled(row.case.prompt)
    yield "The reply that was judged " + expects.verdict, spelled(expects.reply)
    yield "The reply that it was compared with", spelled(expects.without)
    if shown.reply:
        yield "Today's reply", spelled(shown.reply)


def _row(check: Check, suite: Suite, row: Checked, column: int) -> Iterator[str]:
    shown, expects = row.shown[column], row.case.expects
    yield f"## {WORDS[shown.outcome].capitalize()}: {_prose(row.article)}"
    yield ""
    yield f"{_prose(suite.path)} on {_prose(check.models[column].model)}: {_prose(shown.why)}."
    if expects.note:
        yield f"The person's note: {_prose(expects.note)}"
    for name, text in _texts(row, shown):
        yield from ("", f"{name}:", "", _fenced(text))
    if shown.reply:
        yield from ("", "From the reply that was judged to today's:", "", _fenced(edited(expects.reply, shown.reply)))


def _against(check: Check, against: Difference) -> Iterator[str]:
    first, second = (_prose(model.model) for model in check.models)
    yield f"{counted(check, 0)} on {first}; {counted(check, 1)} on {second}. {_prose(against.says)}"
    for name, differing in ((second, against.won), (first, against.lost)):
        if differing:
            yield ""
            yield f"Only on {name} these hold:"
            yield ""
            yield from (f"- {_prose(told(row))}" for row in differing)


def _fenced(text: str) -> str:
    text = spelled(text)
    text = text if len(text) <= _LONG else f"{text[:_LONG]}\n… {len(text) - _LONG:,} more characters"
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}text\n{text}\n{fence}"


def _prose(text: str) -> str:
    """Words in a line of Markdown, or a cell of a table, that are nothing but words."""
    line = " ".join(spelled(text[:_LINE]).split())
    return re.sub(r"[!-/:-@\[-`{-~]", lambda mark: f"&#{ord(mark[0])};", line)
