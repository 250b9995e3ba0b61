"""Formulas that a model wrote: whether they may be drawn, and which symbols are in them.

Only mathematics is drawn. Commands that load, link, style, define or write are refused before anything sees them, and
so is what is not balanced: such a formula is shown as text.
"""

from __future__ import annotations

import re

LONGEST = 2_000
"""Code points of one formula."""

_ACTIVE = re.compile(
    r"\\(?:href|url|include\w*|input|write\w*|open(?:in|out)|close(?:in|out)|read\w*|immediate|special|catcode|csname|"
    r"endcsname|require|usepackage|style|class|cssId|html\w*|data|bbox|mmlToken|unicode|def|gdef|edef|xdef|let|futurelet|"
    r"(?:re)?new(?:command|environment)|providecommand|DeclareMathOperator|expandafter|begingroup|endgroup|tag|label|ref|"
    r"verb|lstinline|hbox|vbox|kern|raise|lower|loop)(?![A-Za-z])"
)
_SIGN = re.compile(r"\\(?:[A-Za-z]+|.)|[{}$%]|.", re.S)
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([A-Za-z]{1,30}\*?)\}")
_WRAPPED = re.compile(r"\s*(?:\$\$(.*)\$\$|\$(.*)\$|\\\[(.*)\\\]|\\\((.*)\\\))\s*", re.S)

_TEXT = re.compile(r"\\(?:text\w*|mbox|label|quad|qquad)\s*(?:\{[^{}]*\})?|\\(?:begin|end)\s*\{[^{}]*\}")
_GREEK = (
    "alpha|beta|gamma|delta|epsilon|varepsilon|zeta|eta|theta|vartheta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|"
    "upsilon|phi|varphi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Upsilon|Phi|Psi|Omega|ell"
)
_DRESS = "hat|bar|tilde|vec|dot|ddot|overline|underline|widehat|widetilde"
_FACE = r"math(?:cal|frak|scr|bf|sf|it|rm|tt|bb)|operatorname\*?|boldsymbol|bm"
_PROSE = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{4,}")
_NAMED = re.compile(rf"(?:\\(?:{_FACE})|_)\s*\{{[^{{}}]*\}}|\\[A-Za-z]+")
_SYMBOL = re.compile(
    rf"\\(?:{_DRESS})\s*(?:\{{\s*(?P<dressed>\\?[A-Za-z]+)\s*\}}|(?P<bare>\\[A-Za-z]+|[A-Za-z]))|"
    rf"\\(?P<face>{_FACE})\s*(?:\{{\s*(?P<faced>[A-Za-z]+)\s*\}}|(?P<one>[A-Za-z]))|"
    rf"\\(?P<greek>{_GREEK})(?![A-Za-z])|\\[A-Za-z]+|(?P<letter>[A-Za-z])"
)
_SUBSCRIPT = re.compile(r"_\s*(?:\{\s*(\\?[A-Za-z]+|\d+)\s*\}|(\\[A-Za-z]+|[A-Za-z0-9]))")
_STANDARD = frozenset(
    "\\pi \\mathbb{R} \\mathbb{N} \\mathbb{Z} \\mathbb{Q} \\mathbb{C} \\mathbb{E} \\mathbb{P} e Pr E "
    "max min sup inf lim exp log sin cos arg argmax argmin det dim ker Pr Var Cov if iff and or true false".split()
)
_BINDS = re.compile(
    r"\\(?:forall|exists|lambda|nexists)\s*!?\s*(?P<quantified>[^\s:.]+(?:\s*,\s*[^\s:.\\(\[]+)*)|"
    r"\\(?:sum|prod|bigcup|bigcap|max|min|sup|inf|lim|argmax|argmin|operatorname\*?\{arg\w+\}|Pr|mathbb\{[EP]\})"
    r"(?:\\limits)?\s*_\s*(?:\{(?P<below>[^{}]*)\}|(?P<single>[A-Za-z]))|"
    r"\\\{\s*(?P<set>[^\\|:]+?)\s*(?:\\in\b|\\mid|\\colon|\||:)|(?P<mapped>[A-Za-z])\s*\\mapsto|"
    r"\\int.*?(?:\\,\s*|\s)d\s*(?P<over>[A-Za-z])"
)
_DEFINES = re.compile(
    r"^(?P<head>.*?)(?::=|=|\\equiv|\\triangleq|\\coloneqq|\\in\b|\\subseteq?\b|:|\\colon|\\sim\b|>|<|\\ge|\\le)"
)


def unwrapped(formula: str) -> str:
    """A formula without the dollars around it, on one line."""
    found = _WRAPPED.fullmatch(formula)
    inner = next((part for part in found.groups() if part is not None), "") if found else formula
    return " ".join(inner.split())


def refusal(formula: str) -> str:
    """Why a formula is not drawn; empty where it may be."""
    if not formula or len(formula) > LONGEST:
        return "it is too long" if formula else "it is empty"
    if found := _ACTIVE.search(formula):
        return f"{found[0]} is not mathematics"
    depth = 0
    for sign in _SIGN.findall(formula):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0 or sign in ("$", "%", "\\(", "\\)", "\\[", "\\]", "\\"):
            return "its braces do not match" if depth < 0 else f"{sign} does not belong inside a formula"
    if depth:
        return "its braces do not match"
    if found := _PROSE.search(_NAMED.sub(" ", _TEXT.sub(" ", formula))):
        return f"“{found[0]}” is a word and no symbol"
    open: list[str] = []
    for what, name in _ENVIRONMENT.findall(formula):
        if what == "begin":
            open.append(name)
        elif not open or open.pop() != name:
            return "its environments do not match"
    if open or len(re.findall(r"\\left(?![A-Za-z])", formula)) != len(re.findall(r"\\right(?![A-Za-z])", formula)):
        return "its environments do not match" if open else "its brackets do not match"
    return ""


def symbols(formula: str) -> set[str]:
    """The symbols in a formula, `p`, `U_a`, `\\theta`, `\\mathcal{M}`, without what is the same everywhere."""
    plain = _TEXT.sub(" ", formula)
    found = set()
    for symbol in _SYMBOL.finditer(plain):
        name = _name(symbol)
        if name and name not in _STANDARD:
            below = _SUBSCRIPT.match(plain, symbol.end())
            found.add(f"{name}_{below[1] or below[2]}" if below else name)
    return found - _differentials(plain) - _subscripts(plain)


def bound(formula: str) -> set[str]:
    """The symbols that a formula binds itself: by a quantifier, a sum, a set, an integral, or as an argument."""
    found: set[str] = set()
    for binding in _BINDS.finditer(formula):
        part = next((part for part in binding.groups() if part), "")
        head = re.split(r"\\in\b|\\sim\b|\\to\b|=|\\le\b|<|\\subset", part)[0]
        found |= symbols(head)
    return found


def defined(formula: str) -> set[str]:
    """The symbols that a definition introduces: what stands before its first sign of definition, with its arguments."""
    head = _DEFINES.match(formula)
    return symbols(head["head"] if head else formula)


def among(symbol: str, known: set[str]) -> bool:
    """Whether a symbol is one of the known: by itself, as one of a family (`p_i` beside `p`, or `p_j` beside `p_i`)."""
    base, _, below = symbol.partition("_")
    family = {other for other in known if other.partition("_")[0] == base}
    if symbol in known or base in known:
        return True
    running = set("ijkmnt")
    return (below in running and bool(family)) or any(other.partition("_")[2] in running for other in family)


def _name(symbol: re.Match[str]) -> str:
    if dressed := symbol["dressed"] or symbol["bare"]:
        return dressed
    if faced := symbol["faced"] or symbol["one"]:
        # Some faces make another symbol of a letter; the others only set it in another type.
        other = symbol["face"] in ("mathbb", "mathcal", "mathfrak", "mathscr")
        return f"\\{symbol['face']}{{{faced}}}" if other else faced
    return f"\\{symbol['greek']}" if symbol["greek"] else symbol["letter"] or ""


def _subscripts(formula: str) -> set[str]:
    """Letters that only ever stand below others: indices."""
    below = {found[1] or found[2] for found in _SUBSCRIPT.finditer(formula)}
    above = {name for found in _SYMBOL.finditer(_SUBSCRIPT.sub("", formula)) if (name := _name(found))}
    return below - above


def _differentials(formula: str) -> set[str]:
    return {"d"} if re.search(r"\\int", formula) or re.search(r"\\frac\s*\{d", formula) else set()
