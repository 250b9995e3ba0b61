"""Which of many words to search for: the rare ones. Common words cost the time and decide next to nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection

from jupyter_reconst.core.library import Entry, Work

OFTEN = 0.01
"""The share of passages from which on a word counts as common; how often such words are is known beforehand."""

WORTH = 20_000
"""Passages that the words of a search may be in, together: ranking one takes a microsecond or two."""

MOST_WORDS = 64
_ALIKE = 0.6


def tokens(text: str) -> list[str]:
    """The words of a text as the index has them, each once, in their order."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text[:32_000].lower()) if not unicodedata.combining(c))
    return list(dict.fromkeys(re.findall(r"[^\W_]+", bare)))


def pruned(words: Collection[str], passages: Callable[[str], int], worth: int = WORTH) -> list[str]:
    """The rarest words that are in `worth` passages together; the rarest alone where even that is in more."""
    counted = sorted((passages(word), word) for word in list(words)[:MOST_WORDS])
    kept: list[str] = []
    total = 0
    for count, word in counted:
        total += count
        if kept and total > worth:
            break
        if count:
            kept.append(word)
    return kept


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
