"""Definitions, axioms and claims in LaTeX, made of one's own notes, each with the sentences that it comes from.

A model proposes them; here it is found out which may be drawn, which symbols nobody defines, what they say beyond the
notes, and which sentences nothing was made of.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from pydantic import Field

from jupyter_reconst.core import tex
from jupyter_reconst.core.nouns import Noun
from jupyter_reconst.core.outline import Refused, known, remarks, write_left, write_refused
from jupyter_reconst.core.page import Page, Written, literal, shortened
from jupyter_reconst.core.questions import OPTIONS, Question
from jupyter_reconst.core.sentences import Sentence
from jupyter_reconst.core.support import support

Kind = Literal["definition", "axiom", "claim"]

KINDS: tuple[Kind, ...] = ("definition", "axiom", "claim")
STATEMENTS = 200
QUESTIONS = 20
_READING = 600
_PLAIN_FIGURES = {"0", "1", "2"}
"""Figures that writing something as a formula may need."""


class Stated(Noun):
    """A statement as a model filled it in. Nothing of it is believed yet."""

    kind: Kind
    latex: str
    words: str = ""
    defines: tuple[str, ...] = ()
    cites: tuple[int, ...] = ()


class Unclear(Noun):
    """What a model could not tell from the notes, with answers to choose from."""

    text: str
    options: tuple[str, ...] = ()
    cites: tuple[int, ...] = ()


class Statement(Noun):
    """A statement with its source. One that may not be drawn says why in `undrawn`, and is shown as text."""

    kind: Kind
    name: str
    latex: str = Field(min_length=1)
    words: str = ""
    cites: tuple[int, ...] = Field(min_length=1)
    undrawn: str = ""
    added: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


class Mathematics(Noun):
    """Statements in order; what was refused; what is undefined, is to be asked, and was left out."""

    statements: tuple[Statement, ...] = ()
    refused: tuple[Refused, ...] = ()
    undefined: tuple[str, ...] = ()
    questions: tuple[Unclear, ...] = ()
    left: tuple[int, ...] = ()


def mathematics(stated: Iterable[Stated], unclear: Iterable[Unclear], sentences: Sequence[Sentence]) -> Mathematics:
    """What of a draft holds."""
    drafted = list(stated)[:STATEMENTS]
    counts = dict.fromkeys(KINDS, 0)
    found: list[Statement] = []
    refused: list[Refused] = []
    for one in drafted:
        held = judged(one, sentences, counts[one.kind] + 1)
        if isinstance(held, Statement):
            counts[held.kind] += 1
            found.append(held)
        else:
            refused.append(held)
    questions = [asked for one in list(unclear)[:QUESTIONS] if (asked := _asked(one, sentences))]
    cited = {number for held in found for number in held.cites}
    cited |= {number for one in questions for number in one.cites}
    return Mathematics(
        statements=tuple(found),
        refused=tuple(refused),
        undefined=_undefined(drafted, found),
        questions=tuple(questions),
        left=tuple(sentence.number for sentence in sentences if sentence.number not in cited),
    )


def judged(one: Stated, sentences: Sequence[Sentence], number: int) -> Statement | Refused:
    """A statement with its name, or why it is not taken."""
    latex = tex.unwrapped(one.latex)
    cites, gone = known(one.cites, sentences)
    if not cites or not latex:
        why = "it names no sentence of the notes" if latex else "it has no formula"
        return Refused(text=latex or one.words[:_READING], cites=cites, why=why)
    words = " ".join(one.words.split())[:_READING]
    sources = [sentences[number - 1].text for number in cites]
    reading, figures = support(words, sources), support(latex, sources).figures
    strange = [figure for figure in (*reading.figures, *figures) if figure not in _PLAIN_FIGURES]
    doubts = [f"{figure} is not in its source" for figure in dict.fromkeys(strange)]
    return Statement(
        kind=one.kind,
        name=f"{one.kind.capitalize()} {number}",
        latex=latex,
        words=words,
        cites=cites,
        undrawn=tex.refusal(latex),
        added=reading.added,
        doubts=(*doubts, *reading.doubts, *gone),
    )


def _asked(one: Unclear, sentences: Sequence[Sentence]) -> Unclear | None:
    text = " ".join(one.text.split())[:_READING]
    options = tuple(dict.fromkeys(" ".join(option.split())[:200] for option in one.options if option.strip()))
    cites = known(one.cites, sentences)[0]
    return Unclear(text=text, options=options[:OPTIONS], cites=cites) if text and cites else None


def _undefined(drafted: Iterable[Stated], found: Iterable[Statement]) -> tuple[str, ...]:
    """Symbols that axioms and claims use and no definition introduces, in the order of their first use."""
    have: set[str] = set()
    for one in drafted:
        if one.kind == "definition":
            latex = tex.unwrapped(one.latex)
            used = tex.symbols(latex)
            have |= tex.defined(latex) | {
                name for said in one.defines for name in tex.symbols(tex.unwrapped(said)) & used
            }
    missing: dict[str, None] = {}
    for held in found:
        if held.kind != "definition" and not held.undrawn:
            free = tex.symbols(held.latex) - tex.bound(held.latex)
            missing |= dict.fromkeys(sorted(symbol for symbol in free if not tex.among(symbol, have)))
    return tuple(missing)


def written(found: Mathematics, sentences: Sequence[Sentence]) -> Written:
    """The statements as Markdown, in order. Without one that holds, the notes’ own sentences under their cells."""
    page = Page(sentences)
    for one in found.statements:
        write_statement(page, one)
    if found.undefined:
        page.heading("Undefined", "used above, and no definition says what it is")
        page.item(", ".join(f"${symbol}$" for symbol in found.undefined))
    if found.questions:
        page.heading("To be settled", "what your notes leave open; the mark [?] takes your answer")
    for number, question in enumerate(found.questions, 1):
        choices = f" ({' / '.join(literal(option) for option in question.options)})" if question.options else ""
        page.item(f"{literal(question.text)}{choices}", question.cites, asks=number)
    plain = not found.statements and not found.questions
    if plain:
        why = "no statement of the model holds, so these are your own sentences in their order"
        page.heading("Not turned into mathematics", why)
        page.quoted(found.left)
    else:
        write_left(page, found.left)
    write_refused(page, found.refused)
    return page.done(open=[Question(text=one.text, options=one.options) for one in found.questions], plain=plain)


def write_statement(page: Page, one: Statement) -> None:
    """A statement: its name, its formula (as text, where it may not be drawn), how it reads, its marks."""
    drawn = literal(shortened(one.latex)) if one.undrawn else f"${one.latex}$"
    reads = f": {literal(one.words)}" if one.words else ""
    notes = [f"not drawn: {one.undrawn}"] if one.undrawn else []
    page.item(f"**{one.name}** {drawn}{reads}", one.cites, notes=[*notes, *remarks(one.added, one.doubts)])
