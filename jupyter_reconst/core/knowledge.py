"""Which facts a prompt is about. Pure: words against words, so that the same prompt is always given the same facts.

A fact that is not sent always is looked up: the words of its title, WHEN and THEN against those of the prompt and of
the last turns of the conversation. Words that few facts have weigh more, names more still, and words of every research
conversation little. A fact is sent where what it shares with the prompt weighs enough beside its own heaviest words,
best first, until the room for facts is filled. No model is asked, and nothing is fetched.

The weights come from the facts in force together, so one more fact may tip another; a preview shows it, as it composes
in this very way. Tuned and tested on `tests/data/knowledge.json`, by halves.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jupyter_reconst.core.constitution import Article, Draft
from jupyter_reconst.core.turns import estimated

ROOM = 1_500
"""Tokens that facts may take in one prompt."""
MOST = 12
"""Facts in one prompt."""
ENOUGH = 0.3
"""What a fact and a prompt share weighs at least this part of the fact's own heaviest words."""

_HEAVIEST = 6
_NAME, _WEAK = 2.0, 0.3
_TITLE, _THEN, _NAMED, _EARLIER = 1.25, 0.5, 1.0, 0.6
_BRIEF = 2
"""A question with so few words of its own goes on with what was said before."""
_READ = 4_000
"""Characters of an earlier message that are read: its beginning."""
_TOLD = 4
"""How many shared words, or runs of words, are named as the reason."""

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_BEGINS = re.compile(r"[.!?:;“\"(]\s*$")
_SCRIPTS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SUFFIXES = (
    "ibilities abilities ibility ability ically ations ation ments ment nesses ness ities ity ically ical ies ied ing"
    " ions ion ors or ers er edly ed ively ive ables able ibles ible ally ly ism ists ist ian als al es s e y"
).split()
_STOP = frozenset(
    (
        "a about above after again against all also am an and any are as at be because been before being below"
        " between both but by can could d did do does doing done down during each either else ever every few for"
        " from further get give given gives go had has have having he her here hers him his how however i if in"
        " into is it its itself just let like ll made make makes many may me might mine more most much must my"
        " neither no nor not now of off on once one only or other our ours out over own per please put s said"
        " same say says see shall she should since so some still such t tell than that the their theirs them then"
        " there these they this those through to too under until up upon us use used uses using very was we were"
        " what when where whether which while who whom whose why will with within without would yes yet you your"
        " yours come comes up rests"
    ).split()
)
_COMMON = (
    "accord actual answer approach argue argument article ask assume author base believe book call case certain cite"
    " claim clear compare concept conclude consider correct define definition describe differ discuss due example"
    " exist explain fact false find first follow form general good hold idea important journal kind know known large"
    " last late literature main matter mean mention name need new note number old original paper part people point"
    " possible problem proof prove proven published question reader read reason refer reference relate reply report"
    " require researcher result right second section set short show source state statement study suppose take term"
    " text theorem theory thing think three time topic true two understand way whole wrong word work write writes"
    " written wrote year"
)


@dataclass(frozen=True, slots=True)
class Look:
    """Whether a fact is sent, and the words that it shares with the prompt, as the fact writes them."""

    sent: bool
    shared: tuple[str, ...] = ()

    @property
    def why(self) -> str:
        """In words."""
        about = f"about: {', '.join(self.shared)}"[:120]
        if self.shared:
            return about if self.sent else f"{about}; the room for facts was filled by better ones"
        return "the prompt is not about it"


@dataclass(frozen=True, slots=True)
class _Fact:
    """The words of a fact in their order: as written, and their stems, empty where a word says nothing.

    `worth` is what each stem counts for by what it is and where it stands; `about` are those of its title and WHEN.
    """

    written: tuple[str, ...]
    stems: tuple[str, ...]
    worth: dict[str, float]
    about: frozenset[str]


def looked_up(article: Article | Draft) -> bool:
    """Whether an article is sent with the prompts that are about it, rather than always or where a model says so."""
    return article.kind == "knowledge" and not article.always


def look(
    facts: Iterable[Article | Draft], prompt: str, said: Sequence[str] = (), *, room: int = ROOM
) -> tuple[Look, ...]:
    """For each of these facts, whether it is sent with a prompt. `said` are the last messages before it.

    `room` is in tokens. The better fact comes first; of equal ones, the earlier.
    """
    facts = tuple(facts)
    known = [_fact(fact.title, fact.when, fact.then) for fact in facts]
    counts = Counter(stem for fact in known for stem in fact.worth)
    rare = {stem: math.log((len(known) + 1) / (count + 0.5)) + 0.1 for stem, count in counts.items()}
    asked = _asked(prompt, said)
    weighed = [_weighed(fact, rare, asked) for fact in known]
    enough = [place for place, (shared, whole) in enumerate(weighed) if shared and shared >= ENOUGH * whole]
    found: dict[int, bool] = {}
    for place in sorted(enough, key=lambda place: -weighed[place][0]):
        tokens = estimated("".join((facts[place].title, facts[place].when, facts[place].then, facts[place].source)))
        found[place] = tokens <= room and sum(found.values()) < MOST
        room -= tokens if found[place] else 0
    return tuple(
        Look(found[place], _shared(fact, rare, asked)) if place in found else Look(False)
        for place, fact in enumerate(known)
    )


def _asked(prompt: str, said: Sequence[str]) -> dict[str, float]:
    """What a question is about. The more it says itself, the less it is about what was said before it."""
    own = set(map(_stem, _words(prompt)))
    says = len(own - _WEAK_STEMS)
    earlier = _EARLIER if says <= _BRIEF else _EARLIER / says
    before = (_stem(word) for text in said for word in _words(text[:_READ]))
    return dict.fromkeys(before, earlier) | dict.fromkeys(own, 1.0)


def fits(fact: Article | Draft, prompt: str) -> bool:
    """Whether a fact is about a prompt, whatever other facts there are."""
    return look((fact,), prompt)[0].sent


def _weighed(fact: _Fact, rare: dict[str, float], asked: dict[str, float]) -> tuple[float, float]:
    """What is shared weighs this much; what the fact is about, by its heaviest words, that much."""
    whole = sum(sorted((rare[stem] * fact.worth[stem] for stem in fact.about or fact.worth), reverse=True)[:_HEAVIEST])
    return sum(rare[stem] * worth * asked[stem] for stem, worth in fact.worth.items() if stem in asked), whole


def _shared(fact: _Fact, rare: dict[str, float], asked: dict[str, float]) -> tuple[str, ...]:
    """The heaviest shared words, neighbours together as they stand in the fact."""
    runs: list[tuple[float, list[int]]] = []
    run: list[int] = []
    for place, stem in enumerate((*fact.stems, "")):
        if stem in asked:
            run.append(place)
        elif run:
            runs.append((sum(rare[fact.stems[at]] * fact.worth[fact.stems[at]] for at in run), run))
            run = []
    told: list[str] = []
    known: set[str] = set()
    for _, places in sorted(runs, key=lambda one: -one[0]):
        stems = {fact.stems[at] for at in places}
        if not stems <= known:
            told.append(" ".join(dict.fromkeys(fact.written[at] for at in places[:4])))
            known |= stems
    return tuple(told[:_TOLD])


@lru_cache(maxsize=4_096)
def _fact(title: str, when: str, then: str) -> _Fact:
    written: list[str] = []
    stems: list[str] = []
    worth: dict[str, float] = {}
    for text, place in ((title, _TITLE), (when, 1.0), (then, _THEN)):
        for match in _WORD.finditer(text):
            for word in _parts(match.group()):
                stem = _stem(word) if _telling(word) else ""
                written.append(match.group())
                stems.append(stem)
                if stem:
                    name = _name(word, first=_first(text, match.start()))
                    what = _WEAK if stem in _WEAK_STEMS else _NAME if name else 1.0
                    worth[stem] = max(worth.get(stem, 0.0), what * (max(place, _NAMED) if name else place))
        written.append("")
        stems.append("")
    about = frozenset(stem for word in _words(f"{title}\n{when}") if (stem := _stem(word)))
    return _Fact(tuple(written), tuple(stems), worth, about)


def _first(text: str, at: int) -> bool:
    """Whether a word begins a sentence."""
    return at == 0 or _BEGINS.search(text[max(0, at - 4) : at]) is not None


def _name(word: str, *, first: bool) -> bool:
    """Whether a word is written as a name or an acronym is; one that begins a sentence may be any word."""
    return (word[:1].isupper() and not first) or (len(word) > 1 and word.isupper())


def _words(text: str) -> list[str]:
    found = [part for match in _WORD.finditer(text) for part in _parts(match.group())]
    return [word for word in found if _telling(word)]


def _parts(word: str) -> list[str]:
    """The parts of a word with hyphens; in a script that is written without spaces, its pairs of signs."""
    if len(word) < 3 or not _SCRIPTS.search(word):
        return word.split("-")
    return [word[at : at + 2] for at in range(len(word) - 1)]


def _telling(word: str) -> bool:
    """Whether a word says anything of what a text is about."""
    return (len(word) > 1 or bool(_SCRIPTS.match(word))) and _folded(word) not in _STOP


def _folded(word: str) -> str:
    """Without case and accents: “Gödel” is asked for as “Godel” too."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word).casefold()
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


@lru_cache(maxsize=32_768)
def _stem(word: str) -> str:
    """A word without its ending, where at least four letters are left."""
    word = _folded(word)
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word


_WEAK_STEMS = frozenset(map(_stem, _COMMON.split()))
