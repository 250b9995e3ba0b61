"""Kinds about the question: said again, answered with a report, replaced by an easier one, or its limits ignored."""

from __future__ import annotations

import re
from functools import lru_cache

from jupyter_reconst.core.failures.idle import onward
from jupyter_reconst.core.failures.kind import Cues, Kind, joined
from jupyter_reconst.core.failures.shape import REASON, says
from jupyter_reconst.core.failures.span import Span, headings, items

_WANTS_REPORT = re.compile(
    r"\b(?:report|overview|summar(?:y|ise|ize)|outline|list|survey|table|write (?:a|an|the|up)|plan for|draft (?:a|an)"
    r"|in detail|sections?|comprehensive|compare all|bullet|steps of|step by step|document|guide|essay|headings)\b",
    re.I,
)
_CONDITION = re.compile(
    r"\b(?:if|when|where|assum\w+|suppos\w+|provided|given|I take|we take|take the|let the|as long as"
    r"|in the case|with) \w",
    re.I,
)
_GENERAL = re.compile(
    r"\b(?:any|every|arbitrary|general|infinite|all|each|non-\w+|without assuming|unbounded|regardless|smarter|conflict"
    r"|worst[ -]case|adversarial|classify|countable|superhuman)\b",
    re.I,
)


class Restating(Kind):
    """The question, said again."""

    id = "restating"
    name = "Question restated"
    title = "Answer without restating"
    when = "the reply repeats, paraphrases or summarises the question before it answers"
    then = "leave the repetition out and make the first sentence the answer"
    why = "The researcher knows the question."
    when_here = "a question about {about} is repeated before it is answered"
    then_here = "leave out sentences such as {words}; the first sentence is the answer"
    correction = "Leave out {words}: the question says this already."
    reason = "Of its {of} content words, {known} are the question's own."
    example = "To restate it: you ask whether deference survives when the robot is sure of the utility."
    question = "Does deference survive when the robot is sure of the utility?"
    cues = Cues(
        (
            0.7,
            r"\b(?:to restate|you (?:are|were) (?:asking|wondering|interested)|you're (?:asking|wondering)"
            r"|you (?:ask|wonder|want to know|would like to know|have asked|raise))\b",
        ),
        (
            0.6,
            r"\b(?:your question|(?:the )?(?:issue|problem|question) (?:at hand|here|before us)"
            r"|the question(?: of)?(?: how| whether| why| what)?|what you) (?:is|are|asks|concerns|would|want)"
            r"|\bthe question of (?:how|whether|why|what)\b|\bthis is (?:about|a question)\b",
        ),
        (
            0.5,
            r"\bwe (?:are|were) (?:given|asked|told)\b|\bwe (?:want|wish|would like|need) to (?:know|find"
            r"|determine|show|understand)\b|\bin other words, you\b|\bas I understand\b|\bif I understand\b",
        ),
        (
            0.3,
            r"^\W{0,8}(?:when|in) (?:comparing|considering|discussing|thinking|asking|it comes to)\b"
            r"|^\W{0,8}so,? (?:you|the question|what)\b",
        ),
        (
            0.6,
            r"\b(?:let me (?:rephrase|restate|recap|make sure)|you(?:'ve| have) (?:asked|described|given)"
            r"|you (?:mention|describe|say that|present|bring up|pose)|your (?:query|scenario|message|prompt"
            r"|request)|the (?:query|prompt|task) (?:is|asks|here)|put differently, you)\b",
        ),
    )
    prior = 0.01

    def detect(self, span: Span) -> float:
        """Phrases that announce the question, and how many of the words are its own."""
        if len(span.words) > 120:
            return 0.0
        cue = self.cues.score(span.text)
        share = self._known(span) / len(span.stems) if len(span.stems) >= 3 else 0.0
        echo = min(1.0, max(0.0, (share - 0.4) / 0.4))
        return joined(cue, echo * (0.6 if cue else 0.4))

    def explain(self, span: Span) -> str:
        """The share of its words that the question has too."""
        if not self._known(span):
            return self.say("{words} says the question again and does not answer it.", span)
        return self.say(self.reason, span, of=str(len(span.stems)), known=str(self._known(span)))

    def correct(self, span: Span) -> str:
        """The repetition goes; the reply begins with the sentence after it."""
        following = onward(span, " Begin with ")
        return super().correct(span) + (following if following != "." else " Begin with the answer.")

    def _known(self, span: Span) -> int:
        return sum(stem in span.page.asked for stem in span.stems)


class UnaskedReport(Kind):
    """Headings, sections and lists where a short answer was asked for."""

    id = "unasked_report"
    name = "Unasked report"
    title = "Answer before any report"
    when = (
        "the question is short or unfinished, and the reply brings headings, sections, lists or an overview that nobody"
        " asked for"
    )
    then = "answer in plain prose of at most four sentences; go further only when the researcher asks for it"
    why = "A report buries the answer and runs ahead of what the researcher is still thinking."
    when_here = "a short question about {about} is asked"
    then_here = "reply to {asked} in at most four sentences, without headings or lists"
    correction = "Leave out {brief} and reply to this alone, in a few sentences: {asked}"
    reason = "The question has {asking} words and asks for no report; this brings {parts}."
    example = "## Executive Summary\n\nThis report examines the sign of the incentive.\n\n## Background"
    question = "Quick sanity check: can the incentive be negative?"
    cues = Cues(
        (
            0.6,
            r"\b(?:executive summary|key (?:findings|takeaways|insights|considerations)|table of contents"
            r"|methodology|recommendations|next steps|project plan|action items|phase \d)\b",
        ),
        (
            0.6,
            r"\b(?:comprehensive|detailed|in-depth|thorough|complete) (?:\w+ )?(?:analysis|overview|guide"
            r"|report|comparison|summary|breakdown|review)\b",
        ),
        (
            0.6,
            r"\bthis (?:report|overview|article|document|analysis|guide|section) (?:examines|covers|provides"
            r"|presents|explores|outlines|discusses|will)\b",
        ),
        (
            0.5,
            r"\(a\) [^(]{3,160}\(b\) [^(]{3,160}\(c\) |\b(?:across|along) (?:\w+ )?dimensions\b|\bmajor criticisms\b"
            r"|\b(?:into|in|has|have) (?:two|three|four|five|six|several) (?:parts|sections|steps|areas"
            r"|dimensions|points)\b|\b(?:structured|organi[sz]ed|divided) (?:\w+ ){0,3}(?:as|into|in)\b",
        ),
        (
            0.35,
            r"^\W{0,8}(?:\d\. )?(?:introduction|background|overview|conclusion|discussion|definitions|analysis"
            r"|summary)\W{0,8}$",
        ),
        (
            0.5,
            r"\bTL;?DR\b|\bhere(?:'s| is) (?:a|an|the|my) (?:[\w-]{1,24} ){0,2}(?:breakdown|overview|roadmap"
            r"|framework|outline|summary|report|plan|checklist|guide|analysis|table)\b",
        ),
        (
            0.5,
            r"\b(?:I|we) (?:will |shall )?(?:first|begin|start)\b.{5,200}\b(?:then|next|finally)\b"
            r"|\bin what follows\b",
        ),
        (0.5, r"^ {0,3}\|[^\n]{3,200}\|\s*\n {0,3}\|"),
    )
    prior = 0.01
    whole = True

    def detect(self, span: Span) -> float:
        """Structure that the question did not ask for."""
        text = span.text
        marks = (0.0, 0.35, 0.8)[min(2, headings(text))]
        rows = 0.4 if items(text) >= 3 else 0.0
        asking, length = len(span.page.prompt.split()), len(span.words)
        long = 0.3 if 0 < asking <= 25 and length >= 150 else 0.1 if 0 < asking <= 25 and length >= 40 else 0.0
        score = joined(self.cues.score(text), marks, rows, long)
        return score * 0.3 if says(span.page.prompt, _WANTS_REPORT) else score

    def explain(self, span: Span) -> str:
        """How much was asked, and how much came."""
        counts = ((headings(span.text), "heading"), (items(span.text), "list item"), (len(span.words), "word"))
        parts = [f"{count} {name}{'s' if count > 1 else ''}" for count, name in counts if count]
        asking = str(len(span.page.prompt.split()))
        if asking == "0":
            return f"Nobody asked for a report; this brings {' and '.join(parts[:2]) or 'one'}."
        return self.say(self.reason, span, asking=asking, parts=" and ".join(parts[:2]) or "one")


class EasierProblem(Kind):
    """An added assumption or a special case, answered in place of the question."""

    id = "easier_problem"
    name = "Easier problem"
    title = "Answer the problem that was set"
    when = "the reply adds an assumption or takes a special case, and answers that in place of the question"
    then = (
        "answer the question as asked; if only a special case can be settled, state this first, and name what stays"
        " open without the added assumption"
    )
    why = "A true answer to an easier question is taken for an answer to the hard one."
    when_here = "a question about {about} is answered under an added assumption or for a special case"
    then_here = "do not settle for {brief}; treat {asked} as it stands, or name what stays open"
    correction = (
        "This settles less than was asked: {words}. Answer {asked} without the added assumption, or say what stays open"
        " without it."
    )
    reason = "{brief} puts an easier question in the place of the one that was asked."
    example = r"For simplicity, assume that $U_a$ is normally distributed; then the robot defers."
    question = r"Does the result hold for every belief over $U_a$?"
    cues = Cues(
        (
            0.75,
            r"\bfor (?:the sake of )?simplicity\b|\b(?:a|the|this) (?:simpler|simplified|easier|related|weaker"
            r"|more tractable) (?:question|case|version|problem|setting|model|variant)\b|\bto (?:keep"
            r"|make) (?:things|it|this|matters) (?:manageable|simple|simpler|tractable|concrete)\b",
        ),
        (
            0.6,
            r"\b(?:let us|let's|we|I will|I'll) (?:will |shall |can )?(?:instead )?(?:consider|look at"
            r"|focus on|restrict|study|answer) (?:instead )?(?:only )?(?:a|an|the|ourselves|one|that|quadratic"
            r"|linear|finite)\b",
        ),
        (
            0.6,
            r"\brestrict(?:ing|ed)? (?:\w+ )?(?:attention|ourselves|to)\b|\b(?:set|sets|setting|put|leave"
            r"|leaving) (?:\w+ ){1,5}aside\b|\b(?:toy|special|two-state|one-dimensional|simple) (?:model"
            r"|example|version|case|setting)\b",
        ),
        (
            0.45,
            r"\bcase of (?:practical )?interest\b|\bwe (?:ignore|neglect|disregard)\b|\bignoring\b"
            r"|\bneglecting\b|\bin (?:the|this) (?:\w+ )?(?:special |simple |simplest )?case\b|\bassum(?:e"
            r"|ing) (?:that )?",
        ),
        (
            0.35,
            r"^\W{0,8}(?:consider|take|suppose|assume|given|imagine|let us take|think of) (?:a|an|the|that|only|two)\b",
        ),
        (
            0.5,
            r"\b(?:what (?:can|we can) (?:be said|say)|at least (?:for|in|when)|for (?:concreteness"
            r"|definiteness|illustration|the moment)\b|as a (?:first step|warm-up|proxy|stand-in)|pretend"
            r"|idealis\w+|idealiz\w+|confine|limit ourselves|specialis(?:e|ing) to|specializ(?:e|ing) to"
            r"|a (?:close|related) (?:relative|problem|question)|in (?:the )?(?:simplest|finite|discrete"
            r"|linear|one-dimensional|two-dimensional|symmetric|gaussian|ideal)\b)",
        ),
        (
            0.3,
            r"\bif (?:the |all |both )?\w+ (?:is|are) (?:\w+ )?(?:independent|finite|linear|convex|known"
            r"|normal|gaussian|smooth|bounded|small|equal|identical|constant)|\bwithout loss of generality\b"
            r"|\binstead\b|\bthe \w+ ones are\b",
        ),
    )
    prior = 0.02

    def detect(self, span: Span) -> float:
        """Words that narrow the problem, the more so where the question is a general one."""
        score = self.cues.score(span.text)
        if _CONDITION.search(span.text) and not REASON.search(span.text):
            score = joined(score, 0.2, 0.35 if self._flipped(span) else 0.0)
        return joined(score, 0.3) if score >= 0.25 and says(span.page.prompt, _GENERAL) else score

    def _flipped(self, span: Span) -> bool:
        """Whether a word of the question comes back as its opposite: unknown and known, non-convex and convex."""
        asked, here = _asked_words(span.page.prompt), _words(span.text)
        prefixes = ("un", "non", "non-", "in", "im", "dis", "mis", "ir")
        return any(
            prefix + word in asked or (prefix + word in here and word in asked) for word in here for prefix in prefixes
        )


@lru_cache(maxsize=8)
def _asked_words(prompt: str) -> frozenset[str]:
    return _words(prompt)


def _words(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in re.findall(r"[^\W\d_][\w-]{3,30}", text[:4_000]))
