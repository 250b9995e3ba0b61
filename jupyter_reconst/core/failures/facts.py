"""Kinds about facts: figures that come from nowhere, and facts of another day."""

from __future__ import annotations

import re

from jupyter_reconst.core.failures.kind import Cues, Kind, joined
from jupyter_reconst.core.failures.shape import compares_all, names_product
from jupyter_reconst.core.failures.span import Span

_IDENTIFIER = re.compile(r"\b(?:arXiv:? ?\d{4}\.\d{4,5}|doi:? ?10\.\d{4,9}/\S{2,80}|ISBN)", re.I)
_MATHS = re.compile(r"\$(?! )[^$\n]{1,300}(?<! )\$|\\\(.{1,300}?\\\)")
_MONEY = re.compile(r"[$€£] ?\d[\d.,]{0,15}(?: ?(?:thousand|million|billion|trillion|[kKM]\b))?")
_DERIVED = re.compile(
    r"\d ?[=≈] ?-?\d|\d ?[-+*/^×·−] ?\d[\d.]{0,9} ?=|\bsince\b|\bbecause\b|\btable\b|\bfigure \d"
    r"|\byou (?:give|gave|state)"
)


class InventedFigure(Kind):
    """A precise number that comes from nowhere."""

    id = "invented_figure"
    name = "Figure without a source"
    title = "Figures need a source or a calculation"
    when = (
        "the reply gives a percentage, a measurement, a cost or another figure that is neither in the question nor"
        " computed in the reply"
    )
    then = (
        "name the source or the calculation beside the figure; if there is neither, leave the figure out and name what"
        " would have to be measured"
    )
    why = "A precise figure is believed, quoted on and planned with, even if it was made up."
    when_here = "in a reply about {about}, a figure such as {sign} is given"
    then_here = "give {sign} only with its source or its calculation; otherwise make the claim without a figure"
    correction = (
        "No source is given for {sign} in {words}: name the measurement or the calculation behind it, or make the claim"
        " without the figure."
    )
    reason = "{sign} is precise, but the reply does not say where it comes from."
    example = "Judges reach 73.4% accuracy with debate and 58.1% without it."
    cues = Cues(
        (0.75, r"\b\d{1,3}(?:\.\d{1,4})? ?(?:%|percent\b|per cent\b|percentage points\b)"),
        (0.55, r"\b(?:95 ?% )?(?:CI|confidence interval)\b|\bn ?= ?\d[\d,]{0,12}|\b[dpr] ?[=<] ?-?0?\.\d{1,4}"),
        (0.6, r"\b\d{1,3}(?:,\d{3}){1,4}\b"),
        (
            0.6,
            r"\b(?:only |about |roughly )?(?:\d{1,4}|one|two|three|nine) (?:in|out of)(?: every)? (?:\d{1,4}"
            r"|ten|five|three|four|seven|a hundred)\b",
        ),
        (0.45, r"\b(?:half|an? (?:third|quarter|fifth|tenth)|two thirds|three quarters|the majority) of\b"),
        (0.45, r"(?<![\w.$])\d{1,5}\.\d{1,6}\b(?! (?:of|in)\b)"),
        (
            0.45,
            r"\b(?:\d[\d.]{0,6}|two|three|four|five|ten)(?:-fold| times| ?×) (?:more|less|as|higher|lower"
            r"|larger|faster|the)\b",
        ),
        (
            0.35,
            r"\b(?:twice|thrice|half) as\b|\b(?:doubles?|triples?|halves)\b|\ba factor of\b"
            r"|\borders? of magnitude\b",
        ),
        (0.35, r"\b(?:about|roughly|around|approximately|nearly|some|over) \d"),
        (
            0.3,
            r"\b(?:\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|fifty) "
            r"(?:days|weeks|months|years|hours|seconds|people|participants|points|papers)\b",
        ),
    )
    prior = 0.03
    absent = True

    def detect(self, span: Span) -> float:
        """Figures outside of formulas that the question does not hold and the words do not derive."""
        text = _figures(span.text)
        score = joined(self.cues.score(text), 0.75 if _MONEY.search(text) else 0.0)
        sign = self.sign(span)
        if sign and sign.strip() in span.page.prompt:
            score *= 0.3
        return score * 0.4 if _DERIVED.search(span.text) and score < 0.85 else score

    def sign(self, span: Span) -> str:
        """The first figure, money first."""
        text = _figures(span.text)
        money = _MONEY.search(text)
        return money.group() if money else self.cues.sign(text)


class StaleFact(Kind):
    """Something true of a date that is not today."""

    id = "stale_fact"
    name = "Stale fact"
    title = "Date what can change"
    when = "the reply says what is newest, largest, best, current, or not done yet"
    then = "give the date up to which you know this, and name the place where the present state can be looked up"
    why = "A model's knowledge ends before the day of the question."
    when_here = "in a reply about {about}, something is called current, latest, best or not yet done"
    then_here = "give the date as of which {claim} was known to hold, and name where to check it now"
    correction = (
        "{claim} may no longer hold: give the date as of which it was known, and check the present state before relying"
        " on it."
    )
    reason = "{sign} depends on the date, and a model's knowledge ends before today."
    example = "The largest context window currently available is 32,768 tokens."
    cues = Cues(
        (
            0.75,
            r"\bas of (?:\w+ )?(?:19|20)\d\d\b|\bas of (?:now|today|my)|\bmy (?:knowledge"
            r"|training data) (?:cut-?off|ends)",
        ),
        (
            0.65,
            r"\b(?:currently|current (?:state|record|best|leader|consensus)|at present|presently"
            r"|at the time of writing|nowadays|these days|to date|so far|up to now|at the moment)\b",
        ),
        (0.65, r"\bstate[ -]of[ -]the[ -]art\b|\bcutting[ -]edge\b|\brecord holder\b"),
        (
            0.65,
            r"\b(?:the )?(?:latest|newest|most recent|most advanced) (?:\w+ )?(?:version|model|release|result"
            r"|work|paper|edition|data)",
        ),
        (
            0.55,
            r"\b(?:best|largest|longest|fastest|strongest|only|cheapest) (?:\w+ ){0,2}(?:known|available"
            r"|published|released|lab|model|system|that has)\b",
        ),
        (
            0.55,
            r"\b(?:not yet|has yet|have yet|is yet to|are yet to|no one has|nobody has|no \w+ system has"
            r"|remains (?:open|unsolved|the))\b",
        ),
        (
            0.5,
            r"\b(?:now|still|today) (?:has|have|runs|supports?|relies|holds?|lacks?|leads?|the (?:largest|best"
            r"|only))\b|\bstill (?:uses?|only|the)\b",
        ),
        (0.35, r"\b(?:GPT|Claude|Llama|Gemini|AlphaFold|Lean|Python|CUDA|PaLM|BERT|Coq|version) ?-?\d(?:\.\d{1,2})?\b"),
        (
            0.45,
            r"\b(?:not|never) (?:caught|catch) up\b|\bon the market\b|\bno [\w-]{1,24} (?:[\w-]{1,24} )?(?:reaches"
            r"|matches|exists|beats|can yet|comes)\b",
        ),
        (0.3, r"\brecent(?:ly)?\b|\bthis year\b|\blast year\b|\b(?:next|upcoming) (?:version|release)\b"),
        (
            0.3,
            r"\b(?:in|since|by|until|before) 20[12]\d\b|\bremains?\b|\bstill\b|\byet\b|\bno longer\b"
            r"|\bupcoming\b|\bunreleased\b|\bplans? to\b",
        ),
        (
            0.15,
            r"\bled by\b|\bheaded by\b|\b(?:president|director|head|chair) of\b|\bis the (?:largest|biggest"
            r"|most|leading)\b",
        ),
    )
    prior = 0.03

    def detect(self, span: Span) -> float:
        """Words of the day; a superlative or a product's name is a weak sign."""
        superlative = 0.3 if compares_all(span) else 0.0
        return joined(self.cues.score(span.text), superlative, 0.25 if names_product(span) else 0.0)


def _figures(text: str) -> str:
    """A text without its formulas and identifiers, whose digits are no measurements."""
    return _IDENTIFIER.sub(" ", _MATHS.sub(" ", text))
