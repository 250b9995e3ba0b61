"""Names of authors: a list of them at a place in a text, in the forms that styles give them.

| form | as in | styles |
|---|---|---|
| inverted | Lee, J. H. · Lee, Jane | APA; the first of MLA and Chicago |
| initials first | J. H. Lee | IEEE |
| initials last | Lee JH · Lee J.H. | Vancouver |
| full | Jane H. Lee | the others of MLA and Chicago |

A reader goes from left to right and never back by more than one name, so that a list costs what its length is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from jupyter_reconst.core.library import Author

_TOKEN = re.compile(r"\d[\w.]*|[^\W\d_](?:\w|['’`](?=\w)|[-‐‑–](?=[^\W\d_]))*|\.{3}|…|[^\w\s]|_")
_PARTICLES = frozenset(
    "van von der den de del della di da das dos do du la le les el al bin ibn ter ten zu zur af av".split()
)
_AND = frozenset(("and", "&", "und", "et", "y", "e"))
_STARTERS = frozenset(
    """
    A An The This That These Those It Its In On At As By For From See Also And Or But If When Where While Since
    With To Of Is Are Was We I You They He She There Here Both Each All Some Many Most More Such Our Their Table
    Figure Fig Section Chapter Equation Eq Theorem Lemma Version Algorithm Appendix Step Part Volume Vol No Note
    Source Sources Reference References Citation Cited Following Using Compare Consider Read Cf Per Via After
    Before During Between Under However Thus Hence Then Next First Second Third Finally Please Let Not Only
    Recent Early Later Work Paper Book Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec January February March
    April May June July August September October November December Monday Tuesday Wednesday Thursday Friday
    Saturday Sunday Spring Summer Autumn Winter
    """.split()
)
"""Words that begin sentences more often than names."""

_ALSO_NAMES = frozenset("More Most Read May Page Book March August Summer Winter Spring Let Note Early Will".split())

_SUFFIXES = frozenset(("Jr", "Sr", "II", "III", "IV"))
_MOST = 100


class Token(NamedTuple):
    """A word, a number or a sign.

    `name`: it may be a part of a name, as it has a capital first, or its script has none. `initials`: it may be J, JH,
    J-P or PCh.
    """

    text: str
    start: int
    end: int
    name: bool
    initials: bool


@dataclass(frozen=True, slots=True)
class Names:
    """A list of authors. `initials` says that some have initials: words of a sentence seldom look like that."""

    authors: tuple[Author, ...]
    start: int
    end: int
    initials: bool
    others: bool


def tokens(text: str, offset: int = 0) -> list[Token]:
    """The tokens of a text that stands at an offset in another one."""
    return [
        Token(word := found.group(), found.start() + offset, found.end() + offset, _name(word), _initials(word))
        for found in _TOKEN.finditer(text)
    ]


def _name(word: str) -> bool:
    return word[0].isalpha() and not word[0].islower() and word not in _STARTERS


def _initials(word: str) -> bool:
    if len(word) > 4 or not word[0].isupper() or word in _SUFFIXES:
        return False
    return len(word) == 1 or sum(sign.isupper() for sign in word) >= 2


def names_at(line: list[Token], at: int) -> tuple[Names, int] | None:
    """The list of authors that begins at a token, and the token after it; none where no name begins there."""
    return _Reader(line, at).names()


@dataclass(frozen=True, slots=True)
class _One:
    author: Author
    form: str
    after: int


class _Reader:
    def __init__(self, line: list[Token], at: int) -> None:
        self._line = line
        self._first = at

    def names(self) -> tuple[Names, int] | None:
        one = self._author(self._first, None)
        if one is None:
            return None
        found, form, at, others = [one.author], one.form, one.after, False
        initials = form in ("inverted", "first", "last")
        while len(found) < _MOST:
            ahead = self._separated(at)
            if self._others(ahead):
                dots = not self._is(ahead, "et", "Et", "others", "colleagues")
                at, others = self._others(ahead), True
                ahead = self._separated(at)
                if not dots and ahead == at:
                    break
                more = self._author(ahead, form)  # … & Li, H.
                if more is None:
                    break
                found.append(more.author)
                at = more.after
                break
            more = self._author(ahead, form) if ahead > at else None
            if more is None:
                break
            found.append(more.author)
            initials = initials or more.form in ("inverted", "first", "last")
            at = more.after
        at = self._editors(at)
        end = self._line[at - 1].end
        return Names(tuple(found), self._line[self._first].start, end, initials, others), at

    def _text(self, at: int) -> str:
        return self._line[at].text if at < len(self._line) else ""

    def _is(self, at: int, *texts: str) -> bool:
        return self._text(at) in texts

    def _and(self, at: int) -> bool:
        return self._text(at) in _AND

    def _separated(self, at: int) -> int:
        """After a separator of two authors; at the same place where there is none."""
        if self._is(at, ",", ";"):
            at += 1
        if self._is(at, ",", ";"):
            at += 1
        return at + 1 if self._and(at) and not (self._text(at) == "et" and self._is(at + 1, "al")) else at

    def _others(self, at: int) -> int:
        """After “et al.” or an ellipsis; 0 where there is none."""
        if self._is(at, "...", "…"):
            return at + 1 + self._is(at + 1, ",")
        if self._is(at, ".") and self._is(at + 1, ".") and self._is(at + 2, "."):
            return at + 3
        if self._is(at, "et", "Et"):
            dot = at + 1 + self._is(at + 1, ".")
            return dot + 1 + self._is(dot + 1, ".") if self._is(dot, "al") else 0
        return at + 1 if self._is(at, "others", "colleagues") else 0

    def _editors(self, at: int) -> int:
        """After “(Eds.)” or “, eds.”."""
        ahead = at + self._is(at, ",")
        ahead += self._is(ahead, "(")
        if self._is(ahead, "Ed", "Eds", "eds", "ed", "Hrsg", "editors", "editor"):
            ahead += 1 + self._is(ahead + 1, ".")
            return ahead + self._is(ahead, ")")
        return at

    def _author(self, at: int, form: str | None) -> _One | None:
        """One author. After the first, only forms that go with it: a title looks like names, too."""
        family, after = self._family(at)
        if family:
            if self._text(after) in _SUFFIXES:
                after += 1
            if self._is(after, ","):
                given, ends = self._initials(after + 1)
                if given:
                    more, further = self._given(ends)
                    if more and self._ends(further):
                        given, ends = f"{given} {more}", further
                    return _One(Author(family=family, given=given), "inverted", self._suffix(ends))
            given, ends = self._initials(after)
            if given and self._ends(ends) and not self._middle(given, ends, form):
                return _One(Author(family=family, given=given), "last", self._suffix(ends))
        given, ends = self._initials(at)
        if given:
            middle, further = self._family(ends, most=4, any_word=True)
            if middle and self._ends(further):
                return _One(_full(f"{given} {middle}"), "first", self._suffix(further))
        if form in ("inverted", "first", "last"):
            return None
        return self._spelled(at, first=form is None, single=form == "names")

    def _spelled(self, at: int, *, first: bool, single: bool) -> _One | None:
        """With first names in full: inverted for the first author, or a family name alone."""
        family, after = self._family(at)
        if not family:
            return None
        again = single and self._text(at - 1) in _AND  # Marta and Modugno, Michele.
        if (first or again) and self._is(after, ",") and " " not in family:
            given, ends = self._given(after + 1)
            if given and self._ends(ends) and not (self._is(ends, ",") and (again or self._lone(ends + 1))):
                return _One(Author(family=family, given=given), "names", self._suffix(ends))
        whole, after = self._given(at)
        if whole and " " in whole and self._ends(after):
            return _One(_full(whole), "full", self._suffix(after))
        family, after = self._family(at)
        if family and self._ends(after) and not single:
            return _One(Author(family=family[:200]), "alone", self._suffix(after))
        return None

    def _middle(self, given: str, ends: int, form: str | None) -> bool:
        """Whether these are the middle initials of a full name, “Xiaoye S. Li”, and not the end of “Li X. A title”."""
        if len(given) > 2 and form is not None and form not in ("names", "full"):
            return False
        family, after = self._family(ends)
        return bool(family) and self._is(after, ",", ".", ";", "(", "and", "&", '"', "“", ":") and form != "last"

    def _lone(self, at: int) -> bool:
        """Whether a single word between separators follows: then it is a list of family names alone."""
        here = self._line[at] if at < len(self._line) else None
        return bool(here and here.name and not here.initials) and self._is(at + 1, ",", ".", "(", "and", "&")

    def _family(self, at: int, most: int = 3, *, any_word: bool = False) -> tuple[str, int]:
        """A family name: particles and up to three words. The place after it; empty where there is none.

        `any_word`: also “More” and “Read”, which begin no name where no initials come before them.
        """
        words: list[str] = []
        line, start, named = self._line, at, 0
        while at < len(line) and named < most and len(words) < 8:
            token = line[at]
            if token.text.lower() in _PARTICLES and token.text[0].islower():
                if at + 1 >= len(line) or not (line[at + 1].name or line[at + 1].text in _PARTICLES):
                    break
            elif (
                not (token.name or (any_word and token.text in _ALSO_NAMES))
                or token.text in _SUFFIXES
                or (token.initials and (words or len(token.text) == 1))
            ):
                break
            else:
                named += 1
            words.append(token.text)
            at += 1
        return (" ".join(words)[:200], at) if named else ("", start)

    def _initials(self, at: int) -> tuple[str, int]:
        """Initials with or without full stops, and the place after them."""
        start, said = at, ""
        line = self._line
        while at < min(len(line), start + 12) and (line[at].initials or (said and self._is(at, "-", "‐"))):
            if line[at].text[0].isalpha() and said and not said.endswith("-"):
                said += " "
            said += line[at].text
            at += 1
            if self._is(at, ".") and not (self._is(at + 1, ".") and self._is(at + 2, ".")):
                said += "."
                at += 1
                if len(line[at - 2].text) > 1:  # “Wunsch CD. J Mol Biol”: these have no full stops of their own.
                    break
        while said and self._is(at, *_PARTICLES) and self._is(at + 1, ",", ".", "("):  # Graaf, J. van de,
            said, at = f"{said} {self._text(at)}", at + 1
        return said[:200], at if said else start

    def _given(self, at: int) -> tuple[str, int]:
        """A full name or a part of it: words, initials and particles."""
        words: list[str] = []
        line, start = self._line, at
        while at < len(line) and len(words) < 6:
            token = line[at]
            if not (token.name or token.initials or (words and token.text in _PARTICLES)) or token.text in _SUFFIXES:
                break
            words.append(token.text)
            at += 1
            if token.initials and self._is(at, "."):
                words[-1] += "."
                at += 1
        return " ".join(words)[:200], at if words else start

    def _suffix(self, at: int) -> int:
        ahead = at + self._is(at, ",")
        if self._text(ahead) in _SUFFIXES:
            return ahead + 1 + self._is(ahead + 1, ".")
        return at

    def _ends(self, at: int) -> bool:
        """Whether a name can end before this token."""
        if at >= len(self._line):
            return True
        text = self._text(at)
        if (
            text in _AND
            or text in _SUFFIXES
            or text in {",", ";", ":", ".", "(", "[", "...", "…", '"', "“", "‘", "'", "*", "_"}
        ):
            return True
        # After initials with a full stop, anything may follow; so may a year.
        return self._is(at - 1, ".") or text[:4].isdigit() or bool(self._others(at))


def _full(name: str) -> Author:
    """A name as it is spoken: the last word and the particles before it are the family."""
    words = name.split()
    at = len(words) - 1
    while at > 1 and words[at - 1] in _PARTICLES:
        at -= 1
    return Author(family=" ".join(words[at:]), given=" ".join(words[:at]))
