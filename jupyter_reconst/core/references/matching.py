"""Whether a reference names a work that is known, and in which fields it says something else. Pure.

| the reference and the work | are |
|---|---|
| have the same DOI or arXiv id | one, whatever else differs: then that is what is shown |
| have the same title, or one without the other's subtitle, and share an author | one |
| have no title said, the same first author and the same year | one |
| have the same authors and another title | two |

A preprint and its journal version are one work: a later year is no difference where the arXiv id says the earlier one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from jupyter_reconst.core.canonical import digest
from jupyter_reconst.core.library import Author, Work
from jupyter_reconst.core.nouns import ulid
from jupyter_reconst.core.references.links import folded
from jupyter_reconst.core.references.nouns import Looked, Mismatch, Reference, State

Similar = Callable[[str, str], float]
"""How alike two titles or names are, in [0, 1]."""

_TITLES, _NAMES = 0.9, 0.8
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "å": "aa", "ø": "oe"})
_SUBTITLE = re.compile(r"[:.?!–—]\s|\s[–—-]\s")
_PREPRINT = 3
"""Years that a journal may take."""


def same_work(said: Work, known: Work, similar: Similar) -> bool:
    """Whether both are one work."""
    if _identified(said, known):
        return True
    if said.title and known.title:
        return titled_alike(said.title, known.title, similar) and (
            not said.authors or not known.authors or _shared(said.authors, known.authors, similar)
        )
    return bool(
        not said.title
        and said.authors
        and known.authors
        and said.year is not None
        and said.year == known.year
        and named_alike(said.authors[0], known.authors[0], similar)
        and all(any(named_alike(one, other, similar) for other in known.authors) for one in said.authors)
    )


def differences(said: Work, known: Work, similar: Similar) -> tuple[Mismatch, ...]:
    """What a reference says otherwise than the work that it names. What it does not say is no difference."""
    found: list[Mismatch] = []
    if said.title and known.title and not titled_alike(said.title, known.title, similar):
        found.append(Mismatch(field="title", said=said.title, known=known.title))
    if said.authors and known.authors and not _credited(said.authors, known.authors, similar):
        found.append(Mismatch(field="authors", said=_list(said.authors), known=_list(known.authors)))
    if said.year is not None and known.year is not None and said.year != known.year and not _preprint(said, known):
        found.append(Mismatch(field="year", said=str(said.year), known=str(known.year)))
    if said.doi and known.doi and said.doi.lower() != known.doi.lower() and not (said.arxiv or known.arxiv):
        found.append(Mismatch(field="doi", said=said.doi, known=known.doi))
    if said.arxiv and known.arxiv and said.arxiv.lower() != known.arxiv.lower():
        found.append(Mismatch(field="arxiv", said=said.arxiv, known=known.arxiv))
    return tuple(found)


def nearest(said: Work, works: Sequence[Work], similar: Similar) -> Work | None:
    """The work among these that a reference names, the one with the fewest differences; none where none is it."""
    same = [known for known in works if same_work(said, known, similar)]
    return min(same, key=lambda known: len(differences(said, known, similar)), default=None)


def judged(said: Work, looked: Sequence[Looked], library: str, similar: Similar) -> tuple[State, tuple[Mismatch, ...]]:
    """What is known of a reference from the places that were searched, and what differs."""
    best: tuple[State, tuple[Mismatch, ...]] | None = None
    for one in looked:
        if one.nearest is None:
            continue
        differs = differences(said, one.nearest, similar)
        if not differs:
            return ("in_library" if one.where == library else "found"), ()
        if best is None or len(differs) < len(best[1]):
            best = ("differs", differs)
    if best:
        return best
    return ("not_found" if any(not one.problem for one in looked) else "unknown"), ()


def identity(said: Reference) -> str:
    """The name of what a reference says, shaped like an id: the same mistake in a later reply has the same one."""
    seen = bytes.fromhex(
        digest([said.doi, said.arxiv, folded(said.title), [folded(one.family) for one in said.authors[:1]], said.year])
    )
    return ulid(int.from_bytes(seen[:6], "big"), seen[6:16])


def titled_alike(one: str, other: str, similar: Similar) -> bool:
    """Whether two titles are one, or one of them lacks the other's subtitle."""
    first, second = _words(one), _words(other)
    if similar(first, second) >= _TITLES:
        return True
    short, long = sorted((one, other), key=len)
    main = _SUBTITLE.split(long, maxsplit=1)[0]
    return main != long and len(main.split()) > 1 and similar(_words(short), _words(main)) >= _TITLES


def named_alike(one: Author, other: Author, similar: Similar) -> bool:
    """Whether two family names are one, as spelled in another script's letters: Müller, Mueller; Kolmogoroff."""
    spelled = {folded(one.family), folded(one.family.translate(_UMLAUTS))}
    others = {folded(other.family), folded(other.family.translate(_UMLAUTS))}
    if spelled & others:
        return True
    return any(min(len(a), len(b)) > 5 and a[0] == b[0] and similar(a, b) >= _NAMES for a in spelled for b in others)


def _identified(said: Work, known: Work) -> bool:
    return bool(
        (said.doi and said.doi.lower() == known.doi.lower())
        or (said.arxiv and said.arxiv.lower() == known.arxiv.lower())
    )


def _shared(said: Sequence[Author], known: Sequence[Author], similar: Similar) -> bool:
    return any(named_alike(one, other, similar) for one in said for other in known)


def _credited(said: Sequence[Author], known: Sequence[Author], similar: Similar) -> bool:
    """The first author is the first, and nobody is named who is not there."""
    return named_alike(said[0], known[0], similar) and all(
        any(named_alike(one, other, similar) for other in known) for one in said
    )


def _preprint(said: Work, known: Work) -> bool:
    """Whether two years are those of a preprint and of its journal."""
    arxiv = said.arxiv or known.arxiv
    posted = 2000 + int(arxiv[:2]) if re.match(r"\d{4}\.", arxiv) else None
    assert said.year is not None and known.year is not None
    return posted in (said.year, known.year) and abs(said.year - known.year) <= _PREPRINT


def _words(text: str) -> str:
    return " ".join(filter(None, (folded(word) for word in re.split(r"[\W_]+", text))))


def _list(authors: Sequence[Author]) -> str:
    return ", ".join(f"{one.given} {one.family}".strip() for one in authors)[:1_000]
