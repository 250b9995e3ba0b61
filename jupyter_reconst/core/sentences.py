"""The sentences of one's own text, numbered: a model names a number instead of copying words.

What counts is what a person wrote for people: Markdown and raw cells, and of code its comments and longer strings. A
formula, a code span and a fenced block are never cut; items of lists, headings and rows of tables stand alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pydantic import Field

from jupyter_reconst.core.nouns import CellId, Noun
from jupyter_reconst.core.turns import Attachment

SENTENCES = 500
"""How many sentences one reply can be made from."""

_WHOLE = re.compile(
    r"^[ \t>]*(?P<fence>`{3,20}|~{3,20})(?![`~])[^\n]*\n.*?(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|\$\$.{1,4000}?\$\$|\\\[.{1,1500}?\\\]|\\\(.{1,1000}?\\\)"
    r"|\\begin\{(?P<env>[A-Za-z]{1,30}\*?)\}.{0,4000}?\\end\{(?P=env)\}"
    r"|(?<![\\$])\$(?![\s$])(?:[^$\n]|\n(?![ \t]*\n)){1,1000}?(?<![\s\\])\$(?!\d)"
    r"|(?<!`)(?P<tick>`{1,2})(?!`)(?:[^`\n]|\n(?![ \t]*\n)){1,1000}?(?P=tick)(?!`)",
    re.S | re.M,
)
"""What is never cut: fenced blocks, formulas, environments, code spans."""

_MARKER = r"(?:[-*+•‣–]|\d{1,3}[.)]|\(?[a-z]{1,3}\))[ \t]+"
_STARTS = re.compile(rf"^(?=[ \t>]*(?:{_MARKER}|#{{1,6}}[ \t]|\||`{{3,}}|~{{3,}}))", re.M)
_ALONE = re.compile(r"^[ \t>]*(?:#{1,6}[ \t]|\|)[^\n]*\n", re.M)
_BLANK = re.compile(r"\n[ \t>]*(?=\n)")
_LEAD = re.compile(rf"(?:[ \t\n>]*(?:#{{1,6}}[ \t]+|{_MARKER}|\[[ xX]\][ \t]+))*[\s>]*")
_STOP = re.compile(r"[.!?…]+[\"'”’»)\]*_]*(?=\s)|[。！？]+[”’」）]*")
_SHORT = re.compile(
    r"(?:^|[\s(\[“\"])(?:e\.g|i\.e|i\.i\.d|w\.r\.t|s\.t|a\.k\.a|cf|vs|al|viz|resp|approx|ca|[Ff]igs?|[Ee]qs?|[Ss]ecs?"
    r"|[Cc]h|[Tt]hm|[Pp]rop|[Dd]ef|[Ll]em|[Cc]or|[Ee]x|Nos?|pp?|vol|eds?|Drs?|Profs?|Mrs?|Ms|St|Jr|[A-HJ-Z])\.$"
)
"""Abbreviations and initials: their full stop ends nothing."""
_ETC = re.compile(r"(?:^|[\s(])(?:etc|no|\.\.|…)\.?$|\.\.\.$|…$")
_NUMBER = re.compile(r"\s*\(?(?:\d{1,3}|[a-z])\.$")
_LINE = re.compile(r"\n")
_WIDTH = 60
"""A line that ended before this column, with room for the next word, was ended on purpose."""

_GOES_ON = frozenset(
    "a an and are as at be but by for from in into is its of on or our so than that the their then this to was we were "
    "when where which who whose will with".split()
)
"""A line that closes with one of these goes on in the next."""

_PROSE_MAGIC = re.compile(r"\s*%%(?:reconst|markdown|latex)\b[^\n]*\n?")
_CODE = re.compile(
    r"(?P<triple>\"{3}|'{3})(?P<long>(?:\\.|.)*?)(?P=triple)"
    r"|(?P<quote>[\"'])(?P<short>(?:\\.|(?!(?P=quote))[^\n\\])*)(?P=quote)"
    r"|(?P<comment>#[^\n]*(?:\n[ \t]*#[^\n]*)*)",
    re.S,
)
_HASH = re.compile(r"^[ \t]*#+[!:%]?", re.M)
_ANSWER = re.compile(r"^[^\n→]*\S\n→[ \t]*\S[^\n]*", re.M)

ANSWERS = "your answers"
"""Where an answer stands, in the place of a cell's name."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_WORDS = {"long": 2, "short": 4, "comment": 2}
"""From how many words on a string or a comment is prose."""


class Sentence(Noun):
    """One sentence of a cell: `quote` is its source, verbatim, from code point `start` on; `text` is how it reads."""

    number: int = Field(ge=1)
    cell: CellId | None = None
    label: str = ""
    start: int = Field(ge=0)
    quote: str = Field(min_length=1)
    text: str = Field(min_length=1)


def numbered(attachments: Iterable[Attachment]) -> tuple[Sentence, ...]:
    """The sentences of some cells, numbered from 1 through all of them; at most `SENTENCES` and one."""
    found: list[Sentence] = []
    for place, cell in enumerate(attachments, 1):
        label = " ".join(cell.label.split()) or f"cell {place}"
        for start, quote, text in _told(cell):
            found.append(
                Sentence(number=len(found) + 1, cell=cell.cell, label=label, start=start, quote=quote, text=text)
            )
            if len(found) > SENTENCES:
                return tuple(found)
    return tuple(found)


def answered(prompt: str) -> tuple[Sentence, ...]:
    """The answers in a prompt, each with its question: a line, and under it one that begins with an arrow."""
    found = enumerate(_ANSWER.finditer(prompt), 1)
    return tuple(
        Sentence(number=number, label=ANSWERS, start=one.start(), quote=one[0], text=" ".join(one[0].split()))
        for number, one in found
    )


def _told(cell: Attachment) -> Iterator[tuple[int, str, str]]:
    """Start, quote and reading of each sentence of what is attached: a cell's source, or the text of a variable."""
    named = cell.cell is None and cell.source == cell.label
    source = cell.output if named else cell.source
    magic = _PROSE_MAGIC.match(source)
    if named or cell.kind != "code":
        masked, regions = source, [(0, len(source))]
    elif magic:
        masked, regions = source, [(magic.end(), len(source))]
    else:
        masked, regions = _prose_in(source)
    for start, end in regions:
        for first, last in _cut(masked[:end], start):
            yield first, source[first:last], " ".join(masked[first:last].split())


def _prose_in(code: str) -> tuple[str, list[tuple[int, int]]]:
    """Code with its comment signs blanked, and where in it there is prose."""
    masked, regions = code, []
    for found in _CODE.finditer(code):
        kind = next(kind for kind in _WORDS if found[kind] is not None)
        start, end = found.span(kind)
        text = found[kind]
        if kind == "comment":
            text = _HASH.sub(lambda sign: " " * len(sign[0]), text)
            masked = masked[:start] + text + masked[end:]
        if len(_WORD.findall(text)) >= _WORDS[kind]:
            regions.append((start, end))
    return masked, regions


def _cut(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text lie, from `start` on. What has no letter or figure in it is none."""
    whole = [found.span() for found in _WHOLE.finditer(text, start)]
    cuts = {end for found, end in whole if text[found:end].lstrip(" \t>").startswith(("```", "~~~"))}
    cuts |= {found.start() for found in _STARTS.finditer(text, start)}
    cuts |= {found.end() for pattern in (_ALONE, _BLANK) for found in pattern.finditer(text, start)}
    cuts |= set(_line_ends(text, start))
    inside = _Spans(whole)
    first = start
    stops = ((found.end(), True) for found in _STOP.finditer(text, start))
    for at, stop in sorted([*stops, *((cut, False) for cut in cuts), (len(text), False)]):
        if at < len(text) and (inside.at(at) or (stop and not _ends(text, first, at))):
            continue
        piece = _trimmed(text, first, at)
        if piece is not None:
            yield piece
        first = max(first, at)


class _Spans:
    """Spans in order, asked for places in order."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._spans = spans
        self._next = 0

    def at(self, place: int) -> bool:
        """Whether a place lies strictly inside one of them."""
        while self._next < len(self._spans) and self._spans[self._next][1] <= place:
            self._next += 1
        return self._next < len(self._spans) and self._spans[self._next][0] < place


def _ends(text: str, first: int, at: int) -> bool:
    """Whether a full stop ends its sentence."""
    before = text[max(first, at - 24) : at].rstrip("\"'”’»)]*_")
    following = text[at : at + 40].lstrip()[:1]
    if _SHORT.search(before) or _NUMBER.fullmatch(text[first:at]):
        return False
    if _ETC.search(before):
        return following.isupper()
    return True


def _line_ends(text: str, start: int) -> Iterator[int]:
    """Where a line was ended on purpose: the next word would still have had room on it."""
    for found in _LINE.finditer(text, start):
        at = found.start()
        line = text[max(start, text.rfind("\n", 0, at) + 1) : at].strip()
        end = text.find("\n", at + 1)
        following = text[at + 1 : end if end >= 0 else len(text)].split(maxsplit=1)
        if not line or not following or line[-1] in ",;:(–—-&+=" or line.endswith(("$$", "\\]", "}")):
            continue
        word = following[0]
        if line.rsplit(maxsplit=1)[-1].lower() in _GOES_ON:
            continue
        if word.startswith(("$$", "\\[", "\\begin")) or len(line) + 1 + len(word) > _WIDTH:
            continue
        yield at + 1


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Without the white space and the list signs around it; None where no word is left."""
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead else start
    end = start + len(text[start:end].rstrip())
    return (start, end) if any(sign.isalnum() for sign in text[start:end]) else None
