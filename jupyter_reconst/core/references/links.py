"""What points to what: [3] and “Lee (2019)” are mentions of the entry that a list has for them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from jupyter_reconst.core.references.nouns import Reference, Span

_NUMBERS = re.compile(r"\[(\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,20})\](?!\()")
_RANGE = re.compile(r"(\d{1,3})(?:\s?[–-]\s?(\d{1,3}))?")


def linked(text: str, found: Sequence[Reference]) -> tuple[Reference, ...]:
    """The references, each once; those that only point to another one are its mentions."""
    mentions: dict[int, list[Span]] = {}
    labels = {
        one.label: at for at, one in reversed(list(enumerate(found))) if one.form == "entry" and one.label.isdigit()
    }
    for span, numbers in _pointers(text) if labels else ():
        # What stands in an entry, or is its number, points to nothing.
        if not any(one.start - 3 <= span.end and span.start < one.end for one in found):
            for number in numbers:
                if number in labels:
                    mentions.setdefault(labels[number], []).append(span)
    works: dict[tuple[str, str], int] = {}
    ids: dict[str, int] = {}
    for at, one in enumerate(found):
        if one.form in ("entry", "inline"):
            for name in (one.doi, one.arxiv):
                if name:
                    ids.setdefault(name, at)
            if one.authors and one.year is not None:
                works.setdefault(_named(one), at)
    alone = []
    for at, one in enumerate(found):
        target = _target(one, works, ids)
        if target is not None and target != at:
            mentions.setdefault(target, []).append(Span(start=one.start, end=one.end))
        else:
            alone.append(at)
            if one.form == "citation" and one.authors and one.year is not None:
                works.setdefault(_named(one), at)
            for name in (one.doi, one.arxiv) if one.form == "identifier" else ():
                if name:
                    ids.setdefault(name, at)
    return tuple(
        found[at].model_copy(update={"mentions": tuple(sorted(mentions[at], key=lambda span: span.start)[:1_000])})
        if at in mentions
        else found[at]
        for at in alone
    )


def folded(name: str) -> str:
    """A name without accents, case and signs: Müller, MULLER and Muller are one."""
    plain = unicodedata.normalize(
        "NFKD", name.replace("ø", "o").replace("ł", "l").replace("ß", "ss").replace("Ø", "O").replace("Ł", "L")
    )
    return "".join(sign for sign in plain.casefold() if sign.isalnum())


def _target(one: Reference, works: dict[tuple[str, str], int], ids: dict[str, int]) -> int | None:
    if one.form == "identifier":
        return ids.get(one.doi or one.arxiv)
    if one.form == "citation" and one.authors and one.year is not None:
        return works.get(_named(one))
    return None


def _named(one: Reference) -> tuple[str, str]:
    """The first author and the year, with the letter that tells two works of one year apart."""
    letter = re.search(rf"{one.year}([a-h])\b", one.quote)
    return folded(one.authors[0].family), f"{one.year}{letter.group(1) if letter else ''}"


def _pointers(text: str) -> Iterator[tuple[Span, list[str]]]:
    for found in _NUMBERS.finditer(text):
        numbers: list[str] = []
        for first, last in _RANGE.findall(found.group(1)):
            numbers += [str(one) for one in range(int(first), min(int(last or first), int(first) + 50) + 1)]
        yield Span(start=found.start(), end=found.end()), numbers
