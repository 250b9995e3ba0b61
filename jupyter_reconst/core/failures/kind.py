"""A kind of failure: how to notice it, how to put it right in the span's own words, and the rule that prevents it."""

from __future__ import annotations

import re
from typing import ClassVar

from pydantic import Field

from jupyter_reconst.core.constitution import Draft
from jupyter_reconst.core.failures.span import QUOTE, Page, Span
from jupyter_reconst.core.failures.wording import claim, cut, quoted, rest, subject
from jupyter_reconst.core.nouns import Clause, Line, Noun, Prose


class Finding(Noun):
    """One kind that may be what is wrong, with a correction and the articles that would prevent it."""

    kind: Line
    name: Line
    score: float = Field(ge=0, le=1)
    correction: Prose
    why: Clause
    general: Draft
    specific: Draft


class Cues:
    """Telltale words with weights in [0, 1], joined as independent signs: 1 − Π(1 − weight).

    The patterns have no nested repetition and every repetition is bounded, so that reading is linear.
    """

    def __init__(self, *weighted: tuple[float, str]) -> None:
        self._weighted = [(weight, re.compile(pattern, re.I)) for weight, pattern in weighted]

    def score(self, text: str) -> float:
        """How sure the signs in a text are together."""
        missed = 1.0
        for weight, pattern in self._weighted:
            if pattern.search(text):
                missed *= 1 - weight
        return 1 - missed

    def sign(self, text: str) -> str:
        """The words that gave it away: the match of the surest pattern, or nothing."""
        found = [(weight, match.group()) for weight, pattern in self._weighted if (match := pattern.search(text))]
        return max(found, key=lambda pair: (pair[0], len(pair[1])))[1] if found else ""


def joined(*signs: float) -> float:
    """Independent signs together."""
    missed = 1.0
    for sign in signs:
        missed *= 1 - min(1.0, max(0.0, sign))
    return 1 - missed


class Kind:
    """A kind of failure. Texts may use {words} {brief} {claim} {sign} {about} {asked}: see `Own`."""

    id: ClassVar[str]
    name: ClassVar[str]
    title: ClassVar[str]
    when: ClassVar[str]
    then: ClassVar[str]
    why: ClassVar[str]
    when_here: ClassVar[str]
    then_here: ClassVar[str]
    correction: ClassVar[str]
    reason: ClassVar[str]
    example: ClassVar[str]
    question: ClassVar[str] = ""
    """A question to which `example` is a reply; for the documentation, and for kinds that need one."""
    cues: ClassVar[Cues] = Cues()
    prior: ClassVar[float] = 0.0
    """How likely the kind is where nothing gives it away: it orders guesses, and never makes a finding sure."""
    leads: ClassVar[bool] = False
    """Whether a claim that begins with the telltale words is quoted without them."""
    whole: ClassVar[bool] = False
    """Whether a text is judged as a whole rather than sentence by sentence."""
    absent: ClassVar[bool] = False
    """Whether it can be meant by “something is missing here”."""

    def detect(self, span: Span) -> float:
        """How sure it is that the span fails in this way, in [0, 1]. The sum of its cues, unless a kind knows more."""
        return self.cues.score(span.text)

    def sign(self, span: Span) -> str:
        """The span's words that give the failure away."""
        return self.cues.sign(span.text)

    def correct(self, span: Span) -> str:
        """What the span should have been, in its own words."""
        return self.say(self.correction, span)

    def explain(self, span: Span) -> str:
        """Why the span is wrong, in one sentence."""
        return self.say(self.reason, span)

    def general(self) -> Draft:
        """The article for every failure of this kind."""
        return Draft(title=self.title, when=self.when, then=self.then, why=self.why)

    def specific(self, span: Span) -> Draft:
        """The article for failures like this one, on its subject."""
        about = subject(span, self.sign(span)).replace("“", "").replace("”", "")
        return Draft(
            title=cut(f"{self.title}: {about}", 120),
            when=self.say(self.when_here, span),
            then=self.say(self.then_here, span),
            why=self.explain(span),
        )

    def say(self, template: str, span: Span, **more: str) -> str:
        """A template with the span's own words in their places."""
        return template.format_map(Own(self, span, more))

    def found(self, span: Span, score: float) -> Finding:
        """The finding that the person sees."""
        return Finding(
            kind=self.id,
            name=self.name,
            score=round(min(1.0, max(0.0, score)), 4),
            correction=self.correct(span),
            why=self.explain(span),
            general=self.general(),
            specific=self.specific(span),
        )

    def worst(self, page: Page) -> tuple[float, Span]:
        """The sentence of a reply that fails most in this way, or the reply itself for a kind that reads it whole."""
        everything = Span(page.reading, page, "whole")
        if self.whole:
            return self.detect(everything), everything
        spans = (Span(sentence[:QUOTE], page, place=place) for place, sentence in enumerate(page.sentences))
        return max(((self.detect(span), span) for span in spans), key=lambda pair: pair[0], default=(0.0, everything))


class Own:
    """The own words of a span by name, each computed when it is asked for; all quoted.

    words: the span itself; brief: its beginning; claim: what it claims; sign: what gave it away; about: its subject;
    asked: the question.
    """

    def __init__(self, kind: Kind, span: Span, more: dict[str, str]) -> None:
        self._kind, self._span, self._more = kind, span, more

    def __getitem__(self, name: str) -> str:
        if name in self._more:
            return self._more[name]
        span = self._span
        if name == "words":
            return quoted(span.quote, 200)
        if name == "claim":
            said, sign = claim(span.quote), self._kind.sign(span)
            left = rest(said, sign) if self._kind.leads and sign and said.startswith(sign) else ""
            return quoted(left if len(left.split()) > 2 else said, 200)
        if name == "brief":
            return quoted(span.quote, 80)
        if name == "sign":
            return quoted(self._kind.sign(span) or span.quote, 80)
        if name == "about":
            return subject(span, self._kind.sign(span))
        if name == "asked":
            return quoted(span.page.question, 160) if span.page.question else "the question as it was asked"
        raise KeyError(name)
