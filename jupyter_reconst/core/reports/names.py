"""Names out of texts: people as they are known here, e-mail addresses, home folders, keys, and words that one adds.

One name is one *Person 1* wherever it stands, also where only its first or last part does. What nobody here knows to be
a name stays: the list of what was replaced is shown, and more words can be added to it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from jupyter_reconst.core.nouns import Noun

_EMAIL = r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"
_HOME = r"(?:(?<=/home/)|(?<=/Users/)|(?<=\\Users\\)|(?<=\\\\Users\\\\))[^/\\\s\"'<>|:*?]+"
_KEY = (
    r"\b(?:sk|pk|rk|gsk|hf|xai|r8|ghp|gho|glpat|xox[abp])[-_][A-Za-z0-9_\-]{8,}"
    r"|\bAKIA[A-Z0-9]{12,}|(?<=[Bb]earer )[A-Za-z0-9._\-]{16,}"
)
_ACCOUNTS = frozenset("local root user users admin administrator jovyan ubuntu runner home guest shared public".split())
"""Accounts that are nobody's name."""

_EDGE = r"(?<![^\W_])", r"(?![^\W_])"
_LEAST = 3


class Replaced(Noun):
    """What was replaced, by what, how often."""

    words: str
    by: str
    count: int


class Names:
    """Replaces names, and counts what it replaced. Whoever is met first is *Person 1*."""

    def __init__(self, people: Iterable[str], words: Iterable[str] = ()) -> None:
        self._whose: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        self._counts: dict[str, tuple[str, int]] = {}
        self._added = {one.casefold() for one in map(_plain, words) if one}
        named = {one for one in map(_plain, people) if _named(one) and one.casefold() not in self._added}
        for name in sorted(named, key=lambda one: (-len(one), one)):
            self._whose.setdefault(name.casefold(), name.casefold())
            for part in _parts(name):
                self._whose.setdefault(part.casefold(), name.casefold())
        parts = {part for name in named for part in _parts(name)}
        options = [f"(?i:{_any(self._added)})"] if self._added else []
        options += [f"(?P<key>{_KEY})", f"(?P<other>{_EMAIL}|{_HOME})"]
        options += [f"{_EDGE[0]}(?i:{_any(named)}){_EDGE[1]}"] if named else []
        options += [f"{_EDGE[0]}(?:{_any(parts)}){_EDGE[1]}"] if parts else []
        self._pattern = re.compile("|".join(options))

    @property
    def replaced(self) -> tuple[Replaced, ...]:
        """What was replaced so far, in the order in which it was met."""
        return tuple(Replaced(words=words, by=by, count=count) for words, (by, count) in self._counts.items())

    def without(self, text: str) -> str:
        """The text, in NFC, with labels in the place of names."""
        return self._pattern.sub(self._label, _nfc(text))

    def _label(self, match: re.Match[str]) -> str:
        normal = _plain(match[0]).casefold()
        if match["other"] and normal in _ACCOUNTS:
            return match[0]
        by = "[key]" if match["key"] else self._of(normal)
        shown = "a key" if match["key"] else match[0]
        self._counts[shown] = (by, self._counts.get(shown, (by, 0))[1] + 1)
        return by

    def _of(self, normal: str) -> str:
        """The label of a name. An address whose first half is somebody's account is theirs."""
        kind = "Word" if normal in self._added else "Person"
        whose = self._whose.get(normal) or self._whose.get(normal.split("@")[0]) or normal
        known = sum(label.startswith(kind) for label in self._labels.values())
        return self._labels.setdefault(whose, f"{kind} {known + 1}")


def _named(name: str) -> bool:
    return len(name) > 1 and name.casefold() not in _ACCOUNTS


def _parts(name: str) -> list[str]:
    """Parts of a name that are names too."""
    return [part for part in re.findall(r"[^\W\d_]+", name) if len(part) >= _LEAST] if " " in name else []


def _plain(words: str) -> str:
    return " ".join(_nfc(words).split())


def _any(names: Iterable[str]) -> str:
    """Any of these, the longest first, with any spaces between their words."""
    longest = sorted(names, key=lambda one: (-len(one), one))
    return "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest)


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
