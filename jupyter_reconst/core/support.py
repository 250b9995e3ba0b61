"""Whether some words say no more than their sources do, as far as counting words can tell.

Words that the sources do not have are *added*. A figure or a name that they do not have, or a negation that only one
side has, changes what is said. Grammar is free, and so is the form of a word: “asked” is covered by “ask”.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"(?<![.!?:;“\"(\w])(?<=\s)[^\W\d_a-z][^\W\d_]*|\b[A-Z][A-Z]+\b")
_NOT = re.compile(r"\b(?:not|no|never|none|nor|neither|without|cannot|nothing|nobody)\b|n['’]t\b", re.I)
_ENDING = re.compile(r"(?:ations?|ities|ity|ments?|ness|ings?|ingly|edly|ies|ied|ed|es|s|ly|al|e|y)$")
_FREE = frozenset(
    "a about after again also although am an and any are as at be because been before being both but by can could did "
    "do does done during each else for from further had has have he her here hers him his how i if in into is it its "
    "itself just let like me mine more most much my nor of off on one onto or other our ours out over own per same she "
    "so such than that the their theirs them then there these they this those through thus to too under until up upon "
    "us very via was we were what when where whether which while who whom whose why with within would yet you your "
    "not no never none neither without cannot nothing nobody don doesn didn isn aren wasn weren won t s re ve ll d m "
    "und oder der die das ein eine ist sind de la le les des et ou un une el los y".split()
)
"""Words that only hold a sentence together. How much is claimed (all, only, must, always) is not among them."""

_COUNTED = dict(
    zip("zero one two three four five six seven eight nine ten eleven twelve".split(), range(13), strict=True)
)


@dataclass(frozen=True, slots=True)
class Support:
    """What some words have that their sources have not. `share` of the content words, in [0, 1], is added."""

    added: tuple[str, ...]
    share: float
    figures: tuple[str, ...]
    names: tuple[str, ...]
    negated: bool
    denied: bool

    @property
    def doubts(self) -> tuple[str, ...]:
        """What a reader should look at, in words."""
        doubts = [f"the name {name} is not in its source" for name in self.names]
        doubts += ["its source has no such negation"] if self.negated else []
        doubts += ["its source has a negation that it leaves out"] if self.denied else []
        return tuple(doubts)


def support(text: str, sources: Sequence[str]) -> Support:
    """Compare some words with the sentences that they are said to come from."""
    whole = " ".join(sources)
    known = {stem(word) for word in _WORD.findall(whole)}
    counted = _figures(whole)
    content = [word for word in _WORD.findall(text) if word.lower() not in _FREE and word.lower() not in _COUNTED]
    added = tuple(dict.fromkeys(word for word in content if stem(word) not in known))
    said = {stem(word) for word in content}
    negated = bool(_NOT.search(text))
    return Support(
        added=added,
        share=len(added) / len(content) if content else 0.0,
        figures=tuple(figure for figure in dict.fromkeys(_figures(text)) if figure not in counted),
        names=tuple(dict.fromkeys(name for name in _NAME.findall(text) if name in added)),
        negated=negated and not _NOT.search(whole),
        denied=not negated and any(_NOT.search(source) and _restated(source, said) for source in sources),
    )


def stem(word: str) -> str:
    """A word without its endings, in lower case; never less than three letters."""
    known = re.sub(r"['’]s$", "", word.lower())
    while len(short := _ENDING.sub("", known)) > 2 and short != known:
        known = short
    return known


def _restated(source: str, said: set[str]) -> bool:
    """Whether most of what a sentence says is said again."""
    words = {stem(word) for word in _WORD.findall(source) if word.lower() not in _FREE}
    return bool(words) and 2 * len(words & said) > len(words)


def _figures(text: str) -> list[str]:
    """Figures in digits, those that are spelled out as well."""
    spelled = (str(_COUNTED[word.lower()]) for word in _WORD.findall(text) if word.lower() in _COUNTED)
    return [*(found.replace(",", "") for found in _FIGURE.findall(text)), *spelled]
