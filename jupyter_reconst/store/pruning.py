"""Searching by the rare ones of many words. Common words cost the time, and decide only among what those found."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from math import log

from jupyter_reconst.core.library import Entry, Work

OFTEN = 0.01
"""The share of passages from which on a word counts as common; how often such words are is known beforehand."""

WORTH = 6_000
"""Passages that the words of a search may be in, together: ranking one takes a microsecond or two."""

CANDIDATES = 100
"""Passages found by the rare words that are ranked by all of them."""

MOST_WORDS = 64
_ALIKE = 0.6


def spoken(text: str) -> list[str]:
    """The words of a text as the index has them."""
    text = text.lower()
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.findall(r"[^\W_]+", text)


def tokens(text: str) -> list[str]:
    """The first different words of a text, in their order."""
    return list(dict.fromkeys(spoken(text[:32_000])))[:MOST_WORDS]


def pruned(counts: Mapping[str, int], worth: int = WORTH) -> list[str]:
    """The rarest words that are in `worth` passages together; the rarest alone where even that is in more."""
    kept: list[str] = []
    total = 0
    for word, count in sorted(counts.items(), key=lambda one: (one[1], one[0])):
        total += count
        if kept and total > worth:
            break
        if count:
            kept.append(word)
    return kept


def ranked(texts: Iterable[tuple[int, str]], counts: Mapping[str, int], passages: int) -> list[int]:
    """The numbers of some texts, best first, by BM25 as FTS5 has it: `counts` of `passages` hold each word."""
    weights = {word: max(1e-6, log((passages - n + 0.5) / (n + 0.5))) for word, n in counts.items() if n}
    found = [(number, spoken(text)) for number, text in texts]
    mean = sum(len(words) for _, words in found) / max(1, len(found))

    def grade(words: list[str]) -> float:
        long = 1.2 * (0.25 + 0.75 * len(words) / mean)
        said = Counter(word for word in words if word in weights)
        return sum(weights[word] * n * 2.2 / (n + long) for word, n in said.items())

    return [number for _, number in sorted((-grade(words), number) for number, words in found)]


def any_of(words: Collection[str]) -> str:
    """An FTS5 query for passages that hold at least one of these words."""
    return " OR ".join(f'"{word}"' for word in words)


def close_to(work: Work, entry: Entry) -> float:
    """How much of what is said of a work an entry says, in [0, 1]; 1 for the same identifier, 0 for another work."""
    if (work.doi and work.doi == entry.doi) or (work.arxiv and work.arxiv == entry.arxiv):
        return 1.0
    names = _shared(_names(work), _names(entry))
    if work.title:
        alike = min(_shared(work.title, entry.title), _shared(entry.title, work.title))
        return alike * 0.9 + names * 0.05 if alike >= _ALIKE else 0.0
    same = work.year is not None and work.year == entry.year
    return names * 0.5 if names and same else 0.0


def _shared(one: str, other: str) -> float:
    """The share of the words of a text that another has too."""
    mine, theirs = set(tokens(one)), set(tokens(other))
    return len(mine & theirs) / len(mine) if mine else 0.0


def _names(work: Work) -> str:
    return " ".join(author.family for author in work.authors)
