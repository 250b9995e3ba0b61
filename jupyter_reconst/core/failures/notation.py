"""Symbols of formulas: which a question introduces, and which a span uses that the question does not."""

from __future__ import annotations

import re
from functools import lru_cache

from jupyter_reconst.core.failures.span import Span

_FORMULA = re.compile(r"\$\$?([^$\n]{1,400})\$\$?|\\\((.{1,400}?)\\\)|\\\[(.{1,400}?)\\\]")
_SYMBOL = re.compile(r"\\(?:mathbb|mathcal|mathbf|mathrm|boldsymbol)\{ ?\w{1,3} ?\}|\\[A-Za-z]{2,20}|[A-Za-z]")
_LAYOUT = frozenset(
    r"""\frac \tfrac \dfrac \left \right \cdot \times \le \leq \ge \geq \to \log \exp \max \min \sup \inf \sum \int
    \prod \in \quad \text \mathrm \infty \sqrt \ln \lim \colon \forall \exists \partial \nabla \dots \ldots \neq \approx
    \mid \mapsto \top \subset \cup \cap \big \bigl \bigr \Big \sim \propto \equiv \pm \mathbb \operatorname""".split()
)
_TRANSPOSED = re.compile(r"\^\{?(?:T|\\top|\\prime|\*)\}?")
_INTRODUCES = re.compile(
    r"\b(?:let|write|denote|call|here|where|notation|we write|we use|use|given|suppose|vectors? (?:are|is)"
    r"|columns?|rows?)\b",
    re.I,
)
_CONVENTION = re.compile(r"\b(?:columns?|rows?|convention|units?|base \d|radians|indices|indexed|row-major)\b", re.I)
_PLAIN = re.compile(
    r"[<>]=|->|\w ?\* ?\w|\bsqrt\(|\b(?:exp|log|max|min|sum|Prov|Pr|P|E)[(\[{][^$\n]{1,60}[)\]}]|\w\^\w"
    r"|\b[a-zA-Z]\([a-zA-Z](?:\([a-zA-Z]\))?\)|\b[A-Za-z]_[A-Za-z]\b"
)
_LONE = re.compile(r"(?<![\w$\\'’-])([B-HJ-Zb-hj-z])(?![\w'’-])")


@lru_cache(maxsize=64)
def symbols(text: str) -> tuple[str, ...]:
    """The symbols in a text's formulas, in order, without layout and function names."""
    found: dict[str, None] = {}
    for formula in _FORMULA.finditer(text[:8_000]):
        body = _TRANSPOSED.sub(" ", next(group for group in formula.groups() if group is not None))
        found.update(dict.fromkeys(s.replace(" ", "") for s in _SYMBOL.findall(body) if s not in _LAYOUT))
    return tuple(found)


def given(span: Span) -> list[str]:
    """The question's symbols as they stand in its shortest formulas, in order."""
    formulas = dict.fromkeys(match.group() for match in _FORMULA.finditer(span.page.prompt[:8_000]))
    return [formula for formula in formulas if len(formula) <= 24]


def introduced(span: Span) -> bool:
    """Whether the question fixes notation or a convention."""
    prompt = span.page.prompt
    return (bool(_INTRODUCES.search(prompt)) and bool(given(span))) or bool(_CONVENTION.search(prompt))


def foreign(span: Span) -> list[str]:
    """Symbols of the span that the question does not have; none where the question has no symbols at all."""
    asked = set(symbols(span.page.prompt))
    if not asked:
        return []
    names = {symbol.strip("\\") for symbol in asked} | asked
    bare = _FORMULA.sub(" ", span.text[:8_000])
    used = [*symbols(span.text), *(_LONE.findall(bare) if spelled_plainly(bare) or given(span) else [])]
    return list(dict.fromkeys(symbol for symbol in used if symbol not in names))


def spelled_plainly(text: str) -> bool:
    """Whether mathematics is typed without LaTeX."""
    return _PLAIN.search(_FORMULA.sub(" ", text[:8_000])) is not None


def unbalanced(text: str) -> bool:
    """Whether a formula's braces or dollars do not match."""
    formulas = [match.group() for match in _FORMULA.finditer(text[:8_000])]
    return any(formula.count("{") != formula.count("}") for formula in formulas)
