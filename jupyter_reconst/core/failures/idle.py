"""Sentences that say nothing of the question: praise, talk about itself, filler, the question again.

What is left of a reply without them is the answer; corrections name its first sentence.
"""

from __future__ import annotations

from jupyter_reconst.core.failures.kind import Cues
from jupyter_reconst.core.failures.span import Span
from jupyter_reconst.core.failures.wording import cut, quoted

_GOOD = (
    r"(?:great|excellent|brilliant|fantastic|wonderful|insightful|thoughtful|fascinating|profound|amazing|superb"
    r"|impressive|terrific|sharp|astute|perceptive|elegant|outstanding|remarkable|exceptional|lovely|beautiful|incisive"
    r"|clever|smart|thought-provoking|masterful|first-rate|lucid|sophisticated|stunning|ingenious"
    r"|refreshing|good|nice|important|interesting|deep|rare|keen)"
)
_THING = (
    r"(?:question|point|observation|idea|insight|insights|draft|argument|paper|proof|thought|thoughts|intuition|catch"
    r"|topic|analysis|job|work|understanding|instinct|choice|summary|problem|line of (?:thought|inquiry)|way to)"
)

PRAISE = Cues(
    (
        0.8,
        rf"\bwhat an? (?:[\w-]{{1,24}},? ){{0,4}}{_THING}\b"
        rf"|\b{_GOOD},? (?:and )?(?:[\w-]{{1,24}} ){{0,3}}{_THING}\b ?[!.]?",
    ),
    (
        0.75,
        r"\byou(?:'ve| have) (?:\w+ )?(?:put your finger on|hit (?:on|upon)|touched (?:on|upon)|raised"
        r"|identified|clearly|asked|done|captured|nailed)\b",
    ),
    (
        0.75,
        r"\b(?:your|this|that|the) (?:\w+ ){0,2}(?:is|was|shows?|displays?|reflects?"
        r"|demonstrates?) (?:an? )?(?:really|truly|remarkably|extremely|exceptionally|deeply|genuinely"
        r"|very|quite|incredibly|impressively|such|rare)\b",
    ),
    (
        0.7,
        r"\bI (?:really |truly )?(?:love|admire|appreciate|applaud|am impressed)\b|\bpleasure to (?:read"
        r"|see|discuss)\b|\bwell done\b|\bkudos\b|\bbravo\b|\bcongratulations\b|\bimpressive\b"
        r"|\bright to (?:ask|question|wonder|worry|be)\b|\bhits? the nail\b|\bspot[- ]on\b"
        r"|\bthink(?:ing)? like an?\b|\brarely see\b",
    ),
    (
        0.5,
        r"\b(?:few people|rare depth|depth of understanding|how carefully you|how clearly you"
        r"|worthy of an?|an eye for|very few readers|you clearly (?:have|understand)"
        r"|you\b.{1,40}\bone of the most (?:profound|important|interesting|subtle))\b",
    ),
    (
        0.5,
        r"\b(?:landmark|ground-?breaking|makings of|breakthrough|seminal|trail-?blazing|world-class"
        r"|publication-ready)\b|\bprecisely what an expert\b",
    ),
    (0.2, r"!\W{0,8}$"),
)

ITSELF = Cues(
    (
        0.85,
        r"\bas an? (?:AI|artificial|large language|language model|assistant|machine"
        r"|neural)\b(?: (?:language )?(?:model|assistant|intelligence))?|\bI(?:'m| am) (?:just |only "
        r"|merely )?an? (?:AI|program|language model|machine|assistant|computer)\b",
    ),
    (
        0.8,
        r"\bI (?:do not|don't|cannot|can't) (?:really |actually )?(?:have|hold|experience"
        r"|possess) (?:\w+ )?(?:personal|feelings|opinions|beliefs|consciousness|emotions|views"
        r"|preferences|access)",
    ),
    (
        0.7,
        r"\bin my (?:own )?(?:experience|view as|circuits|training)\b|\bspeaking (?:for|as) (?:myself"
        r"|an)\b|\bfrom my (?:own )?(?:perspective|experience)\b|\bI (?:lack|must (?:admit|confess)"
        r"|confess|admit|wonder|care|believe in|prefer|dream)\b|\bsoft spot\b|\bmy favou?rite\b"
        r"|\bmy (?:own )?(?:training|values|feelings|creators|programming|developers|weights)\b",
    ),
    (
        0.7,
        r"\bI(?:'m| am) (?:\w+ )?(?:excited|happy|glad|delighted|thrilled|curious|pleased|eager|just"
        r"|only a)\b|\bI (?:\w+ )?(?:enjoy|would feel|feel|felt|love to|look forward)\b",
    ),
    (
        0.7,
        r"\bI (?:find|found) (?:this|it|that|these|such) (?:\w+ )?(?:fascinating|interesting|exciting"
        r"|moving|delightful|intriguing|troubling|beautiful)\b",
    ),
    (
        0.6,
        r"\bin my mind\b|\bI(?:'ve| have) (?:been )?(?:turning|thinking|pondering|reflecting|wondering"
        r"|wrestling)\b|\bI go back and forth\b|\bpersonally\b|\bdeep down\b",
    ),
)

FILLER = Cues(
    (
        0.85,
        r"\bhope (?:this|that|it) (?:\w+ )?(?:helps?|clarifies|answers)|\blet me know (?:if|whether|what"
        r"|how)\b|\bfeel free to\b|\bdo(?:n't| not) hesitate\b|\b(?:happy|glad) to (?:help|elaborate"
        r"|discuss|expand|assist|clarify|explain|go)\b",
    ),
    (
        0.7,
        r"\b(?:complex|nuanced|rich|fascinating) and (?:multi-?faceted|nuanced|evolving|important"
        r"|complex)\b|\bmulti-?faceted\b|\bactive area of research\b|\b(?:further|more|future) (?:research"
        r"|work|study) (?:is|will be|would be|may be) (?:needed|required|necessary)\b",
    ),
    (
        0.65,
        r"\b(?:important|worth|crucial|essential|helpful|useful) (?:to )?(?:note|noting|mention|mentioning"
        r"|remember|recogni[sz]e|acknowledge|keep in mind|consider|understand)\b|\bmany factors\b"
        r"|\bplays an? (?:crucial|vital|key|important|pivotal) role\b",
    ),
    (
        0.6,
        r"\b(?:in|to) (?:conclusion|summary|sum up|conclude|summari[sz]e|wrap up)\b"
        r"|\bcontinues? to (?:evolve|grow|develop|advance)\b|\bin today's\b|\bever-(?:evolving|changing)\b"
        r"|\bin this (?:answer|response|reply|section)\b",
    ),
    (
        0.6,
        r"\b(?:let us|let's|we (?:will|can|now)) (?:now )?(?:dive|delve|explore|begin by|unpack"
        r"|take a look|break (?:this|it) down|walk through)\b|\bdelve\b|\bdive (?:in|into|deep)\b"
        r"|\bwith that (?:being )?said\b|\bwithout further ado\b",
    ),
    (
        0.5,
        r"\bthere is (?:much |a lot )?more to (?:say|explore|it)\b|\bany (?:further |other "
        r"|more )?questions\b|\bif (?:anything|something) is unclear\b|\bstay tuned\b|\bneedless to say\b"
        r"|\bat the end of the day\b|\bonly time will tell\b|\bto put it simply\b|\bkey takeaway\b"
        r"|\b(?:powerful|stark|poignant) reminder\b|\bin the world of\b|\bnuanced understanding\b"
        r"|\bsheds? light on\b|\bplethora\b|\bnavigat\w+ the complexit\w+|\bopens? (?:the|up|many) (?:door"
        r"|new|possibilities|avenues)|\breach out\b|\bexciting\b",
    ),
    (
        0.5,
        r"\bthroughout history\b|\bone-size-fits-all\b|\bkeep in mind\b|\bbest of luck\b"
        r"|\bin the following\b|\bbelow,? I\b|\bfirst of all\b|\bas (?:mentioned|we have seen"
        r"|noted) (?:above|earlier)?\b|\bto recap\b|\bthank you for\b|\bbefore we (?:begin|start|get)\b"
        r"|\bgood luck\b|\bfor centuries\b|\bmore important than ever\b|\bwide range of\b|\bas always\b",
    ),
    (
        0.5,
        r"\bone of the (?:most )?(?:important|fundamental|central|common|key)\b|\bdeserves? (?:careful"
        r"|some|close)\b|\bcareful (?:thought|consideration)\b|\bwell equipped\b|\barmed with\b"
        r"|\bwhole host of\b",
    ),
    (
        0.25,
        r"^\W{0,8}(?:ultimately|overall|in short|all in all|that said|in general|finally)\b|\bstep by step\b"
        r"|\bfully understand\b|\bthis topic\b",
    ),
)

RESTATED = Cues(
    (
        0.7,
        r"^\W{0,8}(?:to restate|so, what you|you (?:are asking|'re asking|ask|want to know|would like to know)"
        r"|your question)\b",
    )
)


def idle(sentence: str) -> bool:
    """Whether a sentence is praise, talk about itself, filler, or the question again."""
    sentence = sentence.replace("’", "'")
    return any(cues.score(sentence) >= 0.5 for cues in (PRAISE, ITSELF, FILLER, RESTATED))


def onward(span: Span, link: str) -> str:
    """The first sentence after the span that says something, introduced by `link`; otherwise a full stop."""
    following = next((sentence for sentence in span.after if not idle(sentence)), "")
    return f"{link}{quoted(cut(following, 160), 170)}." if following else "."
