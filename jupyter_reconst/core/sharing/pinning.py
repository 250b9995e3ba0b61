"""Pins: which packs a notebook has copied, whole or in part, and with which digest, so that news is noticed."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from jupyter_reconst.core.constitution import Import
from jupyter_reconst.core.notebook import Reading
from jupyter_reconst.core.sharing.wiki import Pack


def part_of(reading: Reading, articles: Collection[str]) -> Reading:
    """What a pack says of some of its articles alone, with their cases and without its preamble; of none: all of it."""
    if not articles:
        return reading
    return Reading(
        revisions=tuple(a for a in reading.revisions if a.id in articles),
        cases=tuple(case for case in reading.cases if case.article in articles),
    )


def pin(id: str, pack: str, reading: Reading, articles: Collection[str] = ()) -> Import:
    """The pin of a pack as it reads now. Of a part, the digest is that of the part."""
    kept = tuple(sorted(articles))
    return Import(id=id, pack=pack[:200], digest=part_of(reading, kept).constitution.digest, articles=kept)


def pins(reading: Reading) -> tuple[Import, ...]:
    """The pins that stand: the newest of each pack, and of each part of one."""
    newest: dict[tuple[str, tuple[str, ...]], Import] = {}
    for found in sorted(reading.imports, key=lambda found: found.id):
        newest[found.pack, found.articles] = found
    return tuple(newest.values())


def pin_of(reading: Reading, pack: str, articles: Collection[str] = ()) -> Import | None:
    """The pin of a pack, or of a part of it, that stands."""
    kept = tuple(sorted(articles))
    return next((found for found in pins(reading) if (found.pack, found.articles) == (pack, kept)), None)


def pinned(reading: Reading, wanted: Import) -> bool:
    """Whether the pin that stands says the same."""
    found = pin_of(reading, wanted.pack, wanted.articles)
    return found is not None and found.digest == wanted.digest


def copied(reading: Reading, packs: Iterable[Pack]) -> tuple[tuple[Import, Pack | None], ...]:
    """The pins that count, each with its pack where that is here: none of what a later copy has brought again.

    A pack may have been copied under its name here and, from a file, under its title.
    """
    packs = list(packs)
    newest: list[tuple[Import, Pack | None]] = []
    for found in sorted(pins(reading), key=lambda found: found.id, reverse=True):
        pack = pack_of(found, packs)
        same = [
            late
            for late, theirs in newest
            if (theirs.name == pack.name if theirs and pack else late.pack == found.pack)
        ]
        if not any(_covers(late, found) for late in same):
            newest.append((found, pack))
    return tuple(reversed(newest))


def _covers(late: Import, early: Import) -> bool:
    return not late.articles or (bool(early.articles) and set(early.articles) <= set(late.articles))


def moved_on(found: Import, pack: Pack) -> bool:
    """Whether a pack has another digest now than its pin."""
    said = pack.published
    return said is not None and part_of(said.reading, found.articles).constitution.digest != found.digest


def pack_of(found: Import, packs: Iterable[Pack]) -> Pack | None:
    """The pack that a pin means: by its name here, or, of a file that was imported by hand, the one of its title."""
    packs = list(packs)
    named = [pack for pack in packs if pack.name == found.pack]
    titled = [pack for pack in packs if pack.published and pack.published.front.name == found.pack]
    return named[0] if named else titled[0] if len(titled) == 1 else None
