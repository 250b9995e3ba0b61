"""Every reference in a reply: entries of a list, references inside sentences, “Lee (2019)”, bare DOIs and arXiv ids.

The text is read once, from left to right: where a name may begin, a list of authors is read, and what follows it says
whether a reference begins here. What was read is not read again, so that the work is in proportion to the text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from jupyter_reconst.core.references.bibtex import entries
from jupyter_reconst.core.references.citations import Citation, cited
from jupyter_reconst.core.references.extent import extent
from jupyter_reconst.core.references.ids import Found, identifiers
from jupyter_reconst.core.references.links import linked
from jupyter_reconst.core.references.names import Names, Token, names_at, tokens
from jupyter_reconst.core.references.nouns import Form, Reference
from jupyter_reconst.core.references.parse import MARKUP, Parsed, parsed, place_named, unlabelled
from jupyter_reconst.core.references.prose import Item, items, wiped

LONGEST = 1_200
"""Characters that a reference may have; in real ones, up to a thousand."""

MOST = 400
"""References and candidates that are read in one text; beyond them, only DOIs and arXiv ids are."""

READ = 100_000
"""Characters in which names are looked for: more than the longest reply has."""


def references(text: str) -> tuple[Reference, ...]:
    """The references of a text, by place. Equal places never overlap."""
    found = list(entries(text))
    plain = wiped(text)
    for entry in found:
        plain = plain[: entry.start] + " " * (entry.end - entry.start) + plain[entry.end :]
    search = _Search(plain)
    for item in items(plain[:READ]):
        found += search.item(item)
    found += _bare(plain, sorted((one.start, one.end) for one in found))
    return linked(plain, sorted(found, key=lambda one: one.start))


class _Search:
    def __init__(self, text: str) -> None:
        self._text = text
        self._plain = MARKUP.sub(lambda found: " " * len(found.group()), text)
        self._left = MOST

    def item(self, item: Item) -> Iterator[Reference]:
        """The references of a paragraph or of an item of a list."""
        body = item.start + unlabelled(self._text[item.start : min(item.end, item.start + 80)])
        line = tokens(self._plain[item.start : item.end], item.start)
        at = next((at for at, one in enumerate(line) if one.start >= body), len(line))
        first = at
        while at < len(line) and self._left > 0:
            one = self._at(item, line, at, begins=at == first)
            if one is None:
                after = names_at(line, at) if self._may(line, at) else None
                at = after[1] if after else at + 1
                continue
            if at == first and one.form == "entry":
                label = self._text[item.start : body].strip(" \t.()[]:*-+•^\\>")
                one = one.model_copy(update={"label": label[:200]})
            yield one
            at = bisect_left(line, one.end, key=lambda token: token.start)

    def _may(self, line: list[Token], at: int) -> bool:
        """Whether a name may begin at a token: not in the middle of another one."""
        token = line[at]
        return token.name or token.initials or token.text in ("van", "von", "de", "der", "ter", "den", "al")

    def _at(self, item: Item, line: list[Token], at: int, *, begins: bool) -> Reference | None:
        token = line[at]
        if token.text in '"“«' and (begins or item.listed):
            return self._whole(item, token.start, None, begins)
        if token.text in ("(", "[", ";"):
            return self._made(cited(self._text, line, at))
        if not self._may(line, at):
            return None
        found = names_at(line, at)
        if found is None:
            return self._whole(item, token.start, None, begins) if begins and (item.listed or item.marked) else None
        names, after = found
        if self._citable(names, line, after, begins):
            whole = self._whole(item, token.start, names, begins)
            if whole is not None:
                return whole
        return self._made(cited(self._text, line, at))

    def _citable(self, names: Names, line: list[Token], after: int, begins: bool) -> bool:
        """Whether it is worth to read on after these names: a year, a quote, a colon or initials stand there."""
        following = line[after].text if after < len(line) else ""
        return (
            begins
            or names.initials
            or following in ("(", '"', "“", ":", "‘", "'", ",", ".", "[")
            or following[:4].isdigit()
        )

    def _made(self, citation: Citation | None) -> Reference | None:
        if citation is None:
            return None
        return Reference(
            quote=self._text[citation.start : citation.end],
            start=citation.start,
            end=citation.end,
            form="citation",
            authors=citation.names.authors,
            year=citation.year,
            title=citation.title,
            doi=citation.doi,
            arxiv=citation.arxiv,
        )

    def _whole(self, item: Item, start: int, names: Names | None, begins: bool) -> Reference | None:
        """A reference in full that begins here; none where what follows is no title, or says too little."""
        if self._left <= 0:
            return None
        self._left -= 1
        window = self._text[start : min(item.end, start + LONGEST)]
        read = parsed(window)
        if (names is None) != (read.names is None) and not (names is None and read.names and read.names.start > 0):
            return None
        size = extent(window, read)
        ended = window[:size].rstrip(" ,;:—–-")
        rest = window[len(ended) :].strip(" .,;*_)")
        if begins and rest and len(rest.split()) < 4 and all(word[0].isupper() for word in rest.split()):
            ended, rest = window.rstrip(), ""  # The publisher's town.
        form: Form = "entry" if begins and (item.listed or item.marked or not rest) else "inline"
        read = parsed(ended)
        if not _enough(ended, read, listed=item.listed and begins, begins=begins):
            return None
        ended = ended if ended.endswith(("et al.", "Inc.")) else ended.rstrip(".")
        return Reference(
            quote=ended,
            start=start,
            end=start + len(ended),
            form=form,
            **fields(read),
        )


def fields(read: Parsed) -> dict[str, object]:
    """What a reference says, as the fields of the noun."""
    return {
        "authors": read.authors[:100],
        "year": read.year.number if read.year else None,
        "title": read.title,
        "container": read.container[:1_000],
        "volume": read.volume,
        "pages": read.pages,
        "doi": read.doi[:200],
        "arxiv": read.arxiv,
        "url": read.url,
    }


def _enough(text: str, read: Parsed, *, listed: bool, begins: bool) -> bool:
    """Whether this says so much that a person would call it a reference."""
    named = bool(read.doi or read.arxiv)
    dated = read.year is not None
    words = read.title.split() if any(sign.isalpha() for sign in read.title) else []
    tail = text[read.title_end :]
    placed = place_named(tail) or bool(read.pages or read.volume)
    if not words:
        return bool(read.names and dated and (read.volume or read.pages) and begins)
    if read.names is None:
        return begins and (read.quoted or listed) and (named or (dated and placed)) and len(words) > 1
    if read.quoted:
        close = read.title_start - read.names.end < 45
        return close and (named or dated or placed or listed or bool(read.url))
    small = words[0][0].islower()
    after_names = read.year is not None and read.year.after_names
    if small and not (after_names and text[: read.title_start].rstrip().endswith(".")) and not named:
        return False
    if listed:
        return named or dated or placed
    if read.names.initials:
        return ((len(words) > 1 or (after_names and placed)) and (named or (dated and (placed or after_names)))) or (
            begins and placed and len(words) > 2
        )
    return len(words) > 1 and (named or (dated and placed)) and (begins or after_names or len(read.authors) > 1)


def _bare(text: str, taken: list[tuple[int, int]]) -> Iterator[Reference]:
    """DOIs and arXiv ids that stand alone."""
    starts = [start for start, _ in taken]
    for one in identifiers(text):
        at = bisect_left(starts, one.end) - 1
        if one.kind != "url" and (at < 0 or taken[at][1] <= one.start):
            yield _alone(text, one)


def _alone(text: str, one: Found) -> Reference:
    named = {"doi": one.name[:200]} if one.kind == "doi" else {"arxiv": one.name}
    return Reference(quote=text[one.start : one.end], start=one.start, end=one.end, form="identifier", **named)
