"""Markdown that code writes from a checked structure, with marks `[¶3]` that lead to the sentences it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from jupyter_reconst.core.questions import Question
from jupyter_reconst.core.sentences import Sentence
from jupyter_reconst.core.turns import Trace

_SHOWN = 400
"""How much of a sentence or of a refused point is quoted, in code points. Its mark leads to all of it."""

_KEPT = re.compile(
    r"\$\$[^$]+\$\$|(?<!\\)\$(?![\s$])[^$]*?(?<![\s\\])\$(?!\d)|(?<!`)(`+)(?!`)(?:(?!`).|(?!(?<!`)\1(?!`))`)+?(?<!`)\1(?!`)"
    r"|\\\((?:(?!\\[()]).)+\\\)|\\\[(?:(?!\\[\[\]]).)+\\\]|\\begin\{([A-Za-z]{1,30}\*?)\}.*?\\end\{\2\}"
)
"""Formulas and code spans that end where they began."""

_OPENING = re.compile(r"`+|\$|\\(?=[(\[])|\\(?=begin\{)")
_FIRST = re.compile(r"^(?:(?P<sign>[-+*#>|=~_])|(?P<number>\d{1,9})(?=[.)](?:\s|$)))")


@dataclass(frozen=True, slots=True)
class Written:
    """A reply as code wrote it. `open` is what it has to know, `plain` says that nothing of the draft held."""

    text: str
    traces: tuple[Trace, ...] = ()
    open: tuple[Question, ...] = ()
    plain: bool = False


@dataclass(slots=True)
class Page:
    """Markdown as it grows, and where its marks stand."""

    sentences: Sequence[Sentence]
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _marks: dict[int, list[int]] = field(default_factory=dict)

    def write(self, text: str) -> None:
        """Add some Markdown of ours."""
        self._parts.append(text)
        self._length += len(text)

    def heading(self, title: str, why: str = "") -> None:
        """Begin a part."""
        lead = "\n" if self._parts else ""
        self.write(f"{lead}**{title}**{f': {why}' if why else ''}\n\n")

    def item(
        self,
        text: str,
        cites: Iterable[int] = (),
        *,
        level: int = 1,
        notes: Iterable[str] = (),
        asks: int | None = None,
    ) -> None:
        """One item of a list: Markdown, the marks of its sources, a mark `[?1]` that answers it, what to know of it."""
        self.write(f"{'  ' * (level - 1)}- {text}")
        for number in cites:
            self.write(" ")
            self._marks.setdefault(number, []).append(self._length)
            self.write(f"[¶{number}]")
        if asks is not None:
            self.write(f" [?{asks}]")
        said = "; ".join(notes)
        self.write(f" *({said})*\n" if said else "\n")

    def quoted(self, numbers: Iterable[int], *, level: int = 1) -> None:
        """Sentences in their own words, each under the name of its cell."""
        label = None
        for number in numbers:
            sentence = self.sentences[number - 1]
            if sentence.label != label:
                label = sentence.label
                self.item(literal(label), level=level)
            self.item(f"“{literal(shortened(sentence.text))}”", [number], level=level + 1)

    @property
    def text(self) -> str:
        """All that has been written."""
        return "".join(self._parts)

    def done(self, *, open: Iterable[Question] = (), plain: bool = False) -> Written:
        """The page with its traces, in the order of the sentences."""
        return Written(self.text.strip("\n"), self._traces(self._marks), tuple(open), plain)

    def _traces(self, marks: Mapping[int, Sequence[int]]) -> tuple[Trace, ...]:
        sources = ((self.sentences[number - 1], places) for number, places in sorted(marks.items()))
        return tuple(
            Trace(number=one.number, cell=one.cell, start=one.start, quote=one.quote, marks=tuple(places))
            for one, places in sources
        )


def shortened(text: str) -> str:
    """The beginning of a long text."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}…"


def literal(text: str) -> str:
    """Words of a model or a notebook as one line of Markdown: whole formulas and code spans stay, nothing else opens.

    What could fetch or link becomes text where the reply is drawn, as in every reply (`core.markdown`).
    """
    line = " ".join(text.split())
    parts, last = [], 0
    for kept in _KEPT.finditer(line):
        parts += [_closed(line[last : kept.start()]), kept[0]]
        last = kept.end()
    shown = "".join([*parts, _closed(line[last:])])
    shown = shown.replace("[¶", "[ ¶").replace("[?", "[ ?")  # No mark of ours.
    return _FIRST.sub(lambda found: f"\\{found['sign']}" if found["sign"] else f"{found['number']}\\", shown)


def _closed(text: str) -> str:
    """Text in which no formula and no code span begins."""
    return _OPENING.sub(lambda found: "".join(f"\\{sign}" for sign in found[0]), text)
