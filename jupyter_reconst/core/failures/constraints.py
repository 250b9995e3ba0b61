"""The kind that ignores a limit of the question: length, form, forbidden subjects, sources. Limits are read here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jupyter_reconst.core.failures.kind import Kind
from jupyter_reconst.core.failures.span import Span, items, sentences, stems
from jupyter_reconst.core.failures.wording import quoted

_NUMBER = {"one": 1, "a": 1, "single": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10}
_COUNT = r"(\d{1,4}|one|a single|a|two|three|four|five|six|eight|ten)"
_UNIT = r"(sentences?|words?|lines?|paragraphs?)"
_LIMIT = re.compile(
    rf"\b(?:in|within|at most|max(?:imum)?(?: of)?|no more than|not more than|fewer than|less than|under"
    rf"|up to|exactly|only)"
    rf"(?: at most| no more than| about| under| exactly| just)? {_COUNT}[ -](?:short |single )?{_UNIT}\b"
    rf"|\b{_COUNT.replace('|a|', '|')}[ -](?:short )?{_UNIT}(?=\s*(?:[,.:;!?]|max|at most|or |only|no more"
    rf"|please|reply|answer|summary|$))",
    re.I,
)
_NO_LIST = re.compile(
    r"\b(?:no|without|avoid|not) (?:any )?(?:bullet(?:s| points| lists?)?|lists?|bulleted lists?"
    r"|headings)\b|\b(?:in|as) (?:plain )?prose\b",
    re.I,
)
_NO_FORM = re.compile(
    r"\b(?:no|without|avoid) (?:any )?(code|formulas?|equations?|maths?|mathematics|latex|symbols|jargon)\b", re.I
)
_FORBIDDEN = re.compile(
    r"\b(?:do not|don't|never|without|avoid|not) (?:mention(?:ing)?|us(?:e|ing)|refer(?:ring)? to|cit(?:e"
    r"|ing)|invok(?:e|ing)"
    r"|the (?:word|term|name|phrase|symbol)s?|appeal(?:ing)? to|discuss(?:ing)?|rely(?:ing)? on|mak(?:e"
    r"|ing) use of|talk(?:ing)? about|includ(?:e|ing)) ([^.,;:!?\n]{2,60})",
    re.I,
)
_LEFT_OUT = re.compile(
    r"\b(?:leav(?:e|ing) out|skip|omit|exclud(?:e|ing)|avoid|leave (?:\w+ ){1,3}aside) ([^.,;:!?\n]{2,60})", re.I
)
_YES_NO = re.compile(r"\byes(?: or |/)no\b", re.I)
_ASSUME = re.compile(
    r"\b(?:assume nothing|do not assume|don't assume|without assuming|no assumptions?)\b[^.,;:!?\n]{0,60}", re.I
)
_ONLY = re.compile(
    r"\b(?:us(?:e|ing) only|only us(?:e|ing)|based only on|only from|rely only on|stick to"
    r"|exclusively)\b[^.;:!?\n]{0,60}",
    re.I,
)
_BEYOND = re.compile(
    r"\b(?:beyond|outside|apart from|other (?:published|sources|work|studies|benchmarks)|elsewhere|in addition|external"
    r"|the (?:wider )?literature|more generally|as is known|also known)\b",
    re.I,
)
_ADDED = re.compile(
    r"\b(?:if|assum\w+|suppos\w+|provided|under|given that|with (?:finite|bounded|independent|normal)\w*)\b", re.I
)
_FORMULA = re.compile(r"\$[^$\n]{2,300}\$|\\\(|\\\[|[=<>≤≥∑∫]")


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit in the question's own words; `broken` says how, in a few words, or nothing where it is kept."""

    words: str
    broken: str = ""


def limits(span: Span) -> Iterator[Limit]:
    """The limits that the question sets, with what the span does to each."""
    prompt, text = span.page.prompt, span.text
    for found in _LIMIT.finditer(prompt):
        count, unit = (found.group(1), found.group(2)) if found.group(1) else (found.group(3), found.group(4))
        yield Limit(found.group(), _too_long(span, _number(count), unit.lower()))
    for found in _NO_LIST.finditer(prompt):
        count = items(text)
        yield Limit(found.group(), f"this has {count} list items" if count > 1 else "")
    for found in _NO_FORM.finditer(prompt):
        code = found.group(1).lower() == "code"
        there = "```" in text if code else bool(_FORMULA.search(text)) and found.group(1).lower() != "jargon"
        yield Limit(found.group(), f"this has {'code' if code else 'formulas'}" if there else "")
    for found in (*_FORBIDDEN.finditer(prompt), *_LEFT_OUT.finditer(prompt)):
        wanted = set(stems(found.group(1)))
        there = bool(wanted) and len(wanted & set(span.stems)) >= (len(wanted) + 1) // 2
        yield Limit(found.group().strip(), f"this speaks of {found.group(1).strip()}" if there else "")
    for found in _YES_NO.finditer(prompt):
        direct = re.match(r"\W{0,8}(?:yes|no)\b", span.page.reading or text, re.I)
        yield Limit(found.group(), "" if direct else "the reply begins with neither")
    for found in _ASSUME.finditer(prompt):
        yield Limit(found.group().strip(), "this adds an assumption" if _ADDED.search(text) else "")
    for found in _ONLY.finditer(prompt):
        yield Limit(found.group().strip(), "this goes beyond it" if _BEYOND.search(text) else "")


def _too_long(span: Span, most: int, unit: str) -> str:
    longest = max((span.quote, span.page.reading), key=len)
    if unit.startswith("word"):
        count = len(longest.split())
        return f"the reply has {count} words" if count > most * 1.1 else ""
    if unit.startswith("sentence"):
        count = len(sentences(longest))
        return f"the reply has {count} sentences" if count > most else ""
    count = sum(bool(line.strip()) for line in longest.splitlines())
    return f"the reply has {count} {unit.rstrip('s')}s" if count > most else ""


def _number(word: str) -> int:
    word = word.lower().removeprefix("a ") or "a"
    return int(word) if word.isdigit() else _NUMBER.get(word, 1)


class IgnoredConstraint(Kind):
    """A limit set by the question that the reply does not keep."""

    id = "ignored_constraint"
    name = "Ignored constraint"
    title = "Keep the limits of the question"
    when = "the question sets a limit on the reply: its length, form, sources or methods, or what to leave out"
    then = (
        "check the finished reply against each limit before giving it; where one cannot be met, the first sentence"
        " names it and the reason"
    )
    why = "The limit is part of the question."
    when_here = "the question sets a limit such as {limit}"
    then_here = "do not break {limit}; shorten, replace or drop words such as {brief}"
    correction = "The question says {limit}, but {broken}: rewrite {words} so that it holds."
    reason = "The question says {limit}, but {broken}."
    example = "The robot is unsure. The human knows more. So waiting has a value."
    question = "In one sentence: why does uncertainty matter?"
    prior = 0.01
    whole = True
    absent = True

    def detect(self, span: Span) -> float:
        """A limit that is broken; a limit that is there but kept is a weak sign."""
        found = list(limits(span))
        if any(limit.broken for limit in found):
            return 0.88
        return 0.12 if found else 0.0

    def say(self, template: str, span: Span, **more: str) -> str:
        """Templates may also use {limit} and {broken}."""
        limit = self._limit(span)
        words = quoted(limit.words, 80) if limit.words else "a limit"
        return super().say(template, span, limit=words, broken=limit.broken or "it was not kept", **more)

    def correct(self, span: Span) -> str:
        """Where no limit was recognised, all of them are to be checked."""
        if not self._limit(span).words:
            return self.say(
                "Check {words} against every limit that the question sets, and rewrite what breaks one.", span
            )
        return super().correct(span)

    def explain(self, span: Span) -> str:
        """Which limit, and how it was broken."""
        if not self._limit(span).words:
            return "The question sets a limit that these words may not keep."
        return super().explain(span)

    def _limit(self, span: Span) -> Limit:
        found = sorted(limits(span), key=lambda limit: not limit.broken)
        return found[0] if found else Limit("")
