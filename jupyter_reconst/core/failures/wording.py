"""The span's own words, made fit to be quoted in a correction or a clause: the claim, the subject, a short extract.

Nothing is added: every function returns words of its input (the subject may also be in the question's words).
"""

from __future__ import annotations

import re

from jupyter_reconst.core.failures.span import COMMON, Span

_MATHS = re.compile(r"\$[^$\n]{1,300}\$|\\\(.{1,300}?\\\)")
_MARKED = re.compile(r"^ {0,3}(?:#{1,6}\s+|[-*•]\s+|\d{1,3}[.)]\s+)|\*\*|__", re.M)
_CITED = re.compile(r"\s*\((?=[^()]{0,100}(?:19|20)\d\d)[^()]{0,120}\)|\s*\[\d{1,3}(?:, ?\d{1,3}){0,9}\]")
_SAYING = re.compile(
    r"\b(?:pro(?:ve|ved|ves|ven)|show(?:n|s|ed)?|demonstrate[sd]?|f(?:ind|inds|ound)|establish(?:es|ed)?"
    r"|report(?:s|ed)?"
    r"|argue[sd]?|write[s]?|wrote|suggest(?:s|ed)?|indicate[sd]?|h(?:old|olds|eld)|agree[sd]?|accepted|believe[ds]?"
    r"|see|observed|view|judg(?:e)?ment|with you|confirm(?:s|ed)?|note[sd]?"
    r"|(?:known|accepted|evidence|believed|agreed|consensus)(?: [\w-]{1,24}){0,5}?),? that\s+(?=\S)",
    re.I,
)
_ACCORDING = re.compile(r"^\s*(?:according to|as shown by|following)\b[^,]{0,120}(?:\([^)]{0,80}\))?,\s+(?=\S)", re.I)
_OUTER = " \t\n\"“”«»‘’'*_#.,;:!?…—–-"
_TOKEN = re.compile(r"\$[^$\n]{1,60}\$|[^\W\d_][\w'’-]*|[.,;:!?()\[\]{}“”\"\n]")
_VERBAL = frozenset(
    """prove proves proved show defer defers defers allow allows answer answers ask asks asked argue argues argument
    question questions compare derive explain evaluate find finds give review comment claim claims state states
    consider assume define describe discuss prevent prevents call calls called become becomes need want happen happens
    matter matters add adds differ choose check checking play tell telling stay stays keep keeps look looks treat
    estimate estimates bound believe believes think thinks settle settled depend depends depending deserve start starts
    favour prefer fit fits contain contains reach reaches help helps helped change changes changed quick sanity honest
    honestly thoughts thought one's roughly""".split()
)


def cut(text: str, size: int = 160) -> str:
    """The beginning of a text, ended at a word and never inside a formula; … where something was left out."""
    text = " ".join(text.split())
    if len(text) <= size:
        return text
    end = text.rfind(" ", size // 2, size)
    end = end if end > 0 else size - 1
    for formula in _MATHS.finditer(text[: size + 300]):
        if formula.start() < end < formula.end():
            end = formula.start() if formula.start() > size // 3 else formula.end()
    return f"{text[:end].rstrip(_OUTER)}…"


def quoted(text: str, size: int = 160) -> str:
    """An extract in quotation marks, without its closing stop; marks inside become single ones."""
    inner = cut(plain(text), size).removesuffix(".") or cut(text, size)
    inner = inner.replace("“", "‘").replace("”", "’")
    return f"“{inner}”"


def plain(text: str) -> str:
    """A text without Markdown's marks for headings, lists and bold."""
    return _MARKED.sub("", text).strip()


def claim(text: str) -> str:
    """What is claimed, without who is said to have claimed it and without the closing stop."""
    text = plain(text)
    uncited = _CITED.sub("", text).strip()
    said = _SAYING.search(uncited[:400])
    body = uncited[said.end() :] if said else _ACCORDING.sub("", uncited)
    body = body.strip(_OUTER)
    return body or text.strip(_OUTER) or text


def rest(text: str, sign: str) -> str:
    """What remains of a text when the telltale words and the punctuation beside them are taken out."""
    before, _, after = text.partition(sign) if sign else (text, "", "")
    longer = max(before.strip(_OUTER), after.strip(_OUTER), key=len)
    for lead in ("and ", "but ", "that ", "so ", "because "):
        longer = longer.removeprefix(lead)
    return longer


def phrases(text: str) -> list[str]:
    """The runs of content words in a text, of one to three words, in order.

    Source: candidate extraction of RAKE (Rose, Engel, Cramer, Cowley 2010), without its scores.
    """
    found: list[str] = []
    run: list[str] = []
    for token in [*_TOKEN.findall(text[:4_000]), "."]:
        word = token.lower()
        content = len(word) > 2 and word not in COMMON and word not in _VERBAL and not word.endswith("ly")
        if content and "_" not in token and not token.startswith("$"):
            run.append(token)
            continue
        if run:
            found.append(" ".join(run[:3]))
        run = []
    return found


def subject(span: Span, sign: str = "") -> str:
    """What the span and its question are about: one or two phrases, quoted, the question's own before the span's."""
    asked, here = phrases(span.page.prompt), phrases(claim(span.quote.replace(sign, ". ") if sign else span.quote))
    known, said = _heads(asked), _heads(here)
    scores: dict[str, float] = {}
    for source, weight, others in ((asked, 1.4, said), (here, 1.0, known)):
        for place, phrase in enumerate(source[:40]):
            heads = _heads([phrase])
            value = weight + 0.8 * (len(heads) > 1) + 0.9 * bool(heads & others) + 0.3 / (1 + place)
            scores[phrase] = max(scores.get(phrase, 0.0), value)
    best: list[str] = []
    for phrase in sorted(scores, key=lambda p: scores[p], reverse=True):
        if not _heads([phrase]) & _heads(best) and (not best or scores[phrase] >= (1.7 if phrase in asked else 2.2)):
            best.append(phrase)
        if len(best) == 2:
            break
    if not best:
        return quoted(span.quote or span.page.question or "this question", 60)
    return " and ".join(quoted(phrase, 60) for phrase in best)


def _heads(phrases: list[str]) -> set[str]:
    return {word.lower()[:5] for phrase in phrases for word in phrase.split()}
