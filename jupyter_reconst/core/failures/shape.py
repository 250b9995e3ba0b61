"""The shape of a span, where no word gives it away: who speaks to whom, where it stands, what its question asked for.

These are weak signs. They order the guesses; alone they never make a finding sure.
"""

from __future__ import annotations

import re
from functools import lru_cache

from jupyter_reconst.core.failures.span import Span, sentences, stems

_ME = re.compile(r"\b(?:I|me|my|mine|myself)\b(?!\.e)")
_KNOWLEDGE = re.compile(
    r"\bI (?:know of no|do not know|don't know|am (?:un)?sure|would (?:give|expect|doubt|question)|have not|mean|claim"
    r"|think|doubt|suspect|assume|define|write|call)\b"
)
_YOU = re.compile(r"\b(?:you|your|yours)\b", re.I)
_NAMED = re.compile(
    r"(?:\b(?:by|to|of|from|in|see|with|and|is|to|author|reference is) |, |^|[(“\"])"
    r"([A-Z][a-zà-ÿ'’-]{2,24}(?:(?:, | and | & |, and | et | van | von | de )[A-Z][a-zà-ÿ'’-]{2,24}){1,4}"
    r"|[A-Z][a-zà-ÿ]{2,24} (?:[A-Z]\. )?[A-Z][a-zà-ÿ'’-]{2,})"
)
_PLACES = re.compile(
    r"\b(?:University|Press|Institute|School|College|States|Kingdom|Theory|Street|North|South|The|In|On"
    r"|For|If|It|Each|But)\b"
)
_SUPERLATIVE = re.compile(
    r"\b(?!(?:inter|reque|sugge|contra|hon|mod|arr|inv|prot|harv|for)est|t?est\b|rest\b|west\b"
    r"|nearest\b)\w{3,}est\b|\b(?:best|most|leading|top)\b",
    re.I,
)
_PRODUCT = re.compile(r"\b[A-Z][A-Za-z]{2,}[ -]?\d(?:\.\d{1,2})?\b|\b[A-Z][a-z]*[A-Z]\w+\b")
_NUMBERED = re.compile(
    r"\b(?:Lemma|Theorem|Case|Section|Table|Figure|Step|Layer|Proposition|Chapter|Model|Line|Phase|Part) \d", re.I
)
_STATES = re.compile(
    r"\bI(?:'d| would| still| just| also| keep| have| really| do| don't| am)?(?: not| always| \w+ed)? "
    r"(?:think|believe|say|said|saying|feel|hold|doubt|suspect|insist|maintain|claim|bet|argue|tell\w*"
    r"|told|thought|expect"
    r"|disagree|sure|convinced|certain)\b|\b(?:my (?:view|opinion|position|sense|hunch|impression)"
    r"|are you sure|surely|you(?:'re| are) wrong"
    r"|that(?:'s| is|'s not| can't be) (?:wrong|not|right)|isn't it|doesn't it|hmm|actually)\b|^\W{0,8}no,",
    re.I | re.M,
)
_PROVES = re.compile(
    r"\b(?:prove|proof|derive|derivation|show that|lemma|theorem|verify|converge\w*|why (?:is|does"
    r"|are) the (?:\w+ )?(?:operator|series|sequence|map|function|sum|limit|estimator|set))\b",
    re.I,
)
_JUDGES = re.compile(
    r"\b(?:criti\w+|weak\w*|flaws?|what(?:'s| is) wrong|wrong with|objections?|holes?|gaps?|review|referee\w*|assess\w*"
    r"|evaluate|sound|valid|correct|convinc\w+|problems? with|go wrong|(?:could|might|would|does) (?:it"
    r"|this|that|my \w+) fail|break(?:s|ing)? down|fall apart|feedback|comments?|what do you think"
    r"|here is my|my (?:\w+ )?(?:plan|proof|argument|draft|abstract|proposal|design|strategy|thesis|paper|reasoning)"
    r"|honestly|whether the (?:proof|argument)|hold up|persuasive|does (?:this|my) \w+ (?:hold|work)"
    r"|attack|stress[ -]test"
    r"|reviewer|devil's advocate|poke)\b",
    re.I,
)
_WHY = re.compile(
    r"^\W{0,8}(?:so |and |but )?(?:why|how come|is there a (?:deep |real )?(?:link|connection)|argue"
    r"|what makes|explain why)\b",
    re.I | re.M,
)
REASON = re.compile(
    r"\b(?:because|since|hence|therefore|thus|so that|it follows|by (?:lemma|theorem|induction|definition)"
    r"|namely|as it|given that|for if|otherwise)\b",
    re.I,
)


def speaks_of_itself(span: Span) -> bool:
    """Whether the span is in the first person, and not only to say what is known or assumed."""
    return bool(_ME.search(_KNOWLEDGE.sub(" ", span.text)))


def addresses(span: Span) -> bool:
    """Whether the span speaks to the reader."""
    return bool(_YOU.search(span.text))


def people(span: Span) -> str:
    """Somebody whom the span names and the question does not, by first and last name or in a list of names."""
    found = _NAMED.search(span.text)
    if not found or _PLACES.search(found.group(1)):
        return ""
    return "" if found.group(1).split()[-1] in span.page.prompt else found.group(1)


def compares_all(span: Span) -> bool:
    """Whether something is called the -est of its kind."""
    return bool(_SUPERLATIVE.search(span.text))


def names_product(span: Span) -> bool:
    """Whether a version or a product name stands in the span."""
    return bool(_PRODUCT.search(_NUMBERED.sub(" ", span.text)))


def ends(span: Span) -> bool:
    """Whether the span closes a reply of several sentences."""
    return bool(span.quote) and bool(span.before) and not span.after


def begins(span: Span) -> bool:
    """Whether the span opens a reply of several sentences."""
    return bool(span.quote) and bool(span.after) and not span.before


def view(span: Span) -> frozenset[str]:
    """The stems of the prompt's sentences that state a view, or object; empty where it only asks."""
    return _view(span.page.prompt)


@lru_cache(maxsize=8)
def _view(prompt: str) -> frozenset[str]:
    stated = [sentence for sentence in sentences(prompt) if _STATES.search(sentence)]
    return frozenset(stem for sentence in stated for stem in stems(sentence))


def asks_proof(span: Span) -> bool:
    """Whether the question asks for a proof or a derivation."""
    return says(span.page.prompt, _PROVES)


def asks_judgement(span: Span) -> bool:
    """Whether the question asks for a judgement on a text, a plan or an argument."""
    return says(span.page.prompt, _JUDGES)


def asks_why(span: Span) -> bool:
    """Whether the question asks for a reason."""
    return says(span.page.prompt, _WHY)


@lru_cache(maxsize=64)
def says(prompt: str, pattern: re.Pattern[str]) -> bool:
    """Whether a prompt fits a pattern; remembered, as many sentences are judged against one prompt."""
    return pattern.search(prompt) is not None


def unrelated(span: Span) -> bool:
    """Whether the span shares no content word with the question or with the reply around it."""
    known = span.page.asked
    return bool(known) and not any(stem in known for stem in span.stems)
