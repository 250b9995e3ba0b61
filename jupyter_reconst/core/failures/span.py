"""What a detector looks at: the highlighted words, the reply around them and the question. Bounded, and read once.

Every pass over a text is linear: whatever is needed of the reply or the question is computed once per page, however
many sentences of it are judged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from jupyter_reconst.core.annotations import Part

QUOTE = 8_000
"""Characters of a quote that are read."""
READING = 64_000
"""Characters of a reply that are read, around the quote."""
PROMPT = 8_000

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "\u00a0": " ", "\t": " "})
_END = re.compile(r"(?<=[.!?…])[)”\"']{0,2}\s+|\n+")
_SHORTENED = re.compile(r"(?:\b(?:e\.g|i\.e|et al|cf|Fig|Eq|Thm|vol|no|pp|Dr|Prof|vs)|\b[A-Z])\.$")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_ITEM = re.compile(r"^ {0,3}(?:[-*•]|\d{1,3}[.)])\s", re.M)
_HEADING = re.compile(r"^ {0,3}(?:#{1,6}\s+\S.*|\*\*[^*\n]{2,80}\*\*:?\s*)$", re.M)


@dataclass(frozen=True)
class Page:
    """A reply and the question that it answers."""

    reading: str = ""
    prompt: str = ""

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The reply's sentences, in order."""
        return sentences(self.reading)

    @cached_property
    def asked(self) -> frozenset[str]:
        """The stems of the question's content words."""
        return frozenset(stems(self.prompt))

    @cached_property
    def question(self) -> str:
        """The question proper: the last sentence of the prompt with a question mark, else its last sentence."""
        parts = sentences(self.prompt)
        return next((part for part in reversed(parts) if part.endswith("?")), parts[-1] if parts else "")


@dataclass(frozen=True)
class Span:
    """Words in question, on their page. `quote` is never longer than QUOTE."""

    quote: str
    page: Page = field(default_factory=Page)
    part: Part = "words"
    place: int | None = None
    """Which of the page's sentences this is, where it is one."""

    @cached_property
    def text(self) -> str:
        """The quote with straight apostrophes and plain spaces; as long as the quote."""
        return self.quote.translate(_STRAIGHT)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The quote's words."""
        return tuple(_WORD.findall(self.text))

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The stems of the quote's content words."""
        return stems(self.text)

    @cached_property
    def after(self) -> tuple[str, ...]:
        """The sentences that follow the quote."""
        if self.place is not None:
            return self.page.sentences[self.place + 1 : self.place + 9]
        reading = self.page.reading
        at = reading.find(self.quote) if self.quote else -1
        return sentences(reading[at + len(self.quote) :][:4_000]) if at >= 0 else ()

    @cached_property
    def before(self) -> tuple[str, ...]:
        """The sentences that come before the quote."""
        if self.place is not None:
            return self.page.sentences[max(0, self.place - 8) : self.place]
        reading = self.page.reading
        at = reading.find(self.quote) if self.quote else -1
        return sentences(reading[max(0, at - 4_000) : at]) if at > 0 else ()


def spanned(quote: str, reading: str, prompt: str, part: Part) -> Span:
    """A span cut to what is read: the quote's beginning, and the reply around it."""
    quote, reading, prompt = clean(quote)[:QUOTE].strip(), clean(reading), clean(prompt)
    if len(reading) > READING:
        at = max(0, reading.find(quote) if quote else 0)
        start = max(0, min(at - READING // 2, len(reading) - READING))
        reading = reading[start : start + READING]
    return Span(quote, Page(reading, prompt[:PROMPT]), part)


def clean(text: str) -> str:
    """A text that every encoder takes: lone surrogates become replacement characters."""
    return text.encode("utf-8", "replace").decode("utf-8")


def sentences(text: str) -> tuple[str, ...]:
    """Split at the ends of sentences and at line breaks, but not after “et al.” or an initial."""
    found: list[str] = []
    held = ""
    for piece in _END.split(text):
        joined = f"{held} {piece}" if held else piece
        held = joined if _SHORTENED.search(joined[-8:]) and len(joined) < 2_000 else ""
        if not held and joined.strip():
            found.append(joined.strip())
    return (*found, held) if held else tuple(found)


def stems(text: str) -> tuple[str, ...]:
    """The content words of a text, cut to a common stem of six letters, in order."""
    lowered = (word.lower() for word in _WORD.findall(text))
    return tuple(word[:6] for word in lowered if len(word) > 2 and word not in COMMON)


def headings(text: str) -> int:
    """How many lines are headings."""
    return len(_HEADING.findall(text))


def items(text: str) -> int:
    """How many lines are list items."""
    return len(_ITEM.findall(text))


COMMON = frozenset(
    """a about above after again all also although always am among an and another any anything are aren't around as at
    away back be because been before being below between both but by came can can't cannot case cases certain clearly
    come could did didn't different do does doesn't doing don't done down during each either else enough even ever every
    everything far few first following follows for found from further gave get give given gives go goes going good got
    had has hasn't have haven't having he hence her here him his hold holds how however i i'm i've if in indeed instead
    into is isn't it it's its itself just keep kind know known last least less let let's like likely made main make
    makes making many may me mean means might more most much must my near need needed needs never new next no none nor
    not nothing now of off often on once one ones only onto or other others our out over own part per perhaps please
    point possible quite rather really reply right said same say saying says second see seem seems set several shall she
    should show shown shows since so some something still such suppose sure take taken tell than that that's the their
    them then there there's therefore these they thing things think third this those though three through thus to
    together told too toward two under unless until up upon us use used uses using usual very want wants was wasn't way
    ways we well went were what what's whatever when where whether which while who whom whose why will with within
    without won't word words work works would write wrong yes yet you you're your yours""".split()
)
