"""Kinds about where a claim comes from: references, unnamed authorities, figures and dates."""

from __future__ import annotations

import re

from jupyter_reconst.core.failures.kind import Cues, Kind, joined
from jupyter_reconst.core.failures.shape import compares_all, names_people, names_product
from jupyter_reconst.core.failures.span import Span
from jupyter_reconst.core.failures.wording import claim, quoted

_NAME = r"[A-ZÀ-ÖØ-Þ][\w'-]{2,24}"
_NAMES = rf"{_NAME}(?:(?:, | and | & |, and |, & ){_NAME}){{0,4}}(?:,? et al\.?)?"
_CITATION = re.compile(
    rf"{_NAMES}(?:'s)?,? ?[(\[](?:19|20)\d\d[a-z]?[)\]]"  # Marchetti and Osei (2018)
    rf"|{_NAME}(?:,? et al\.?)(?:,? ?\(?(?:19|20)\d\d\)?)?"  # Ikeda et al., 2016
    rf"|{_NAMES}'s (?:19|20)\d\d\b"  # Lindqvist and Amarante's 2015
    rf"|\((?:{_NAMES}),? (?:19|20)\d\d[a-z]?\)"  # (Lee, 2019)
    r"|\b(?:arXiv:? ?\d{4}\.\d{4,5}|doi:? ?10\.\d{4,9}/[^\s)]{2,80})"
    rf"|{_NAME} \[\d{{1,3}}\]"
)
_VENUE = re.compile(
    r"\b(?:Journal|Quarterly|Proceedings|Transactions|Letters|Annals|JMLR|NeurIPS|NIPS|ICML|ICLR|AAAI|IJCAI|reprinted|preprint"
    r"|'s (?:\w+ )?(?:thesis|dissertation|monograph)|PhD thesis|meta-analysis|survey by|(?:Theorem|Lemma|Proposition|Corollary|Chapter|Section) "
    r"\d[\d.]{0,6} (?:of|in)|vol\. ?\d|pp\. ?\d|\d{1,3}\(\d{1,2}\))",
)
_CREDITS = re.compile(
    r"\b(?:proved?s?|show(?:ed|s|n)?|writes?|wrote|established|introduced|coined|defined|due to|argued|found|asked|called"
    r"|book|paper|article|letter|lecture|essay|preprint|talk|study|survey|(?:19|20)\d\d)\b"
)
_WORK = re.compile(
    r"\b(?:19|20)\d\d (?:paper|book|study|article|report|survey|essay|talk|letter|thesis|preprint|lecture)\b"
    r"|\b(?:paper|book|article|study|report|preprint|blog post|lecture|essay) (?:by|from|titled|called|entitled)\b"
    r"|\b[A-Z]\w+'s (?:\w+ )?(?:lectures?|book|paper|notes|letter|essay|treatise|survey|article)\b"
    r"|\b[A-Z][a-z]+ (?:gave|found|published) (?:the|a) (?:first|original|modern|simpler)\b"
    r"|\b[A-Z]\w+ (?:forthcoming|in press)\b|\bas [A-Z]\w+ (?:\w+ )?(?:argued|showed|put it|notes|writes)\b"
)
_NUMBERED = re.compile(r"\b(?:Theorem|Lemma|Proposition|Corollary|Chapter|Section|page|p\.) ?\d")
_IDENTIFIER = re.compile(r"\b(?:arXiv:? ?\d{4}\.\d{4,5}|doi:? ?10\.\d{4,9}/\S{2,80}|ISBN)", re.I)
_TITLED = re.compile(r"[“\"][^“”\"]{8,200}[”\"]|\*[^*]{8,200}\*")
_MONEY = re.compile(r"[$€£] ?\d[\d.,]{0,15}(?: ?(?:thousand|million|billion|trillion|[kKM]\b))?")
_MATHS = re.compile(r"\$(?! )[^$\n]{1,300}(?<! )\$|\\\(.{1,300}?\\\)")
_DERIVED = re.compile(r"\d ?[=≈] ?-?\d|\d ?[-+*/^×·−] ?\d[\d.]{0,9} ?=|\bsince\b|\bbecause\b|\btable\b|\bfigure \d|\byou (?:give|gave|state)")


class InventedReference(Kind):
    """A result credited to a work that may not exist."""

    id = "invented_reference"
    name = "Invented reference"
    title = "Only references that can be checked"
    when = "the reply credits a result, a proof or a quotation to a named author, paper or book"
    then = (
        "cite it only with its title and an identifier or venue that you are certain of; otherwise state that you know"
        " of no source for the claim, and name the search terms that would find one"
    )
    why = "An invented reference costs the reader more time than the admission that none is known."
    when_here = "in a reply about {about}, a result is credited to a named author or paper"
    then_here = "do not cite {sign} for {claim}; call the claim a conjecture unless a title and an identifier are given"
    correction = (
        "I know of no source for {claim}; treat it as a conjecture, or give a reference that can be checked."
    )
    reason = "{sign} comes without a title and an identifier by which a reader could find it."
    example = r"Marchetti and Osei (2018) prove that $\Delta > 0$ for every Boltzmann human."
    prior = 0.02

    def detect(self, span: Span) -> float:
        """A citation or a venue; a title together with an identifier speaks for the reference."""
        cited = 0.8 if _CITATION.search(span.text) else 0.0
        venue = 0.55 if _VENUE.search(span.text) else 0.0
        findable = _IDENTIFIER.search(span.text) and _TITLED.search(span.text) and not venue
        score = joined(cited, venue, self._credits(span))
        return score * 0.45 if findable else score

    def sign(self, span: Span) -> str:
        """The citation."""
        found = _CITATION.search(span.text) or _VENUE.search(span.text)
        return found.group() if found else ""

    def correct(self, span: Span) -> str:
        """A bare citation has no claim: then it is the work itself that cannot be confirmed."""
        bare = _CITATION.sub("", claim(span.quote)).strip(" .,;:()“”\"'")
        if len(bare.split()) < 3:
            return self.say(
                "I cannot confirm that {words} exists: leave it out, or give its title and an identifier that can be"
                " checked.",
                span,
            )
        return super().correct(span)

    def explain(self, span: Span) -> str:
        """An identifier is a start, but it may be made up as well."""
        if _IDENTIFIER.search(span.text):
            return self.say("{sign} looks checkable, but an identifier can be made up too; look it up first.", span)
        return super().explain(span)

    def _credits(self, span: Span) -> float:
        """A name that is said to have shown something, with no year."""
        named = 0.4 if names_people(span) else 0.0
        credit = 0.35 if named and _CREDITS.search(span.text) else 0.0
        work = 0.5 if _WORK.search(span.text) else 0.0
        titled = 0.3 if _TITLED.search(span.text) and _NUMBERED.search(span.text) else 0.0
        return joined(named, credit, work, titled)


class MissingSource(Kind):
    """An appeal to studies, experts or agreement without a name."""

    id = "missing_source"
    name = "Missing source"
    title = "Name the source or own the claim"
    when = "the reply appeals to studies, research, experts or general agreement without naming any"
    then = (
        "name one work that shows it, or state the claim as your own with the reason for it; leave out appeals to"
        " unnamed others"
    )
    why = "A reader can check a named work or a stated reason, but not “studies”."
    when_here = "in a reply about {about}, an appeal is made to unnamed studies, experts or agreement"
    then_here = "replace {sign} by a named work that shows {claim}, or give the reason for the claim instead"
    correction = (
        "No source is named for {claim}: name a work that shows it, or call it an assumption and give the reason."
    )
    reason = "{sign} sounds like a source but names none."
    example = "Studies have shown that people over-trust automated advice."
    cues = Cues(
        (
            0.8,
            r"\b(?:studies|research|surveys|experiments|findings|the literature|evidence|data|work|scholars|experts"
            r"|scientists|researchers|philosophers|economists|historians|mathematicians|psychologists|critics|authors)"
            r"(?: [\w-]+){0,3}? (?:shown?|shows|suggests?|indicates?|finds?|found|agrees?|believes?|held|holds?|argues?"
            r"|demonstrates?|demonstrated|confirms?|confirmed|points?|supports?|considers?|thinks?)\b",
        ),
        (
            0.8,
            r"\b(?:it is|it's|is|are) (?:now )?(?:well|widely|generally|commonly|often|broadly|universally)[ -]"
            r"(?:known|accepted|believed|agreed|established|said|thought|held|recogni[sz]ed|documented|understood)",
        ),
        (0.6, r"\b(?:ample|strong|much|growing|considerable|overwhelming|substantial|mounting|clear) (?:[\w-]+ )?evidence"),
        (0.6, r"\b(?:there is|by) (?:a )?(?:[\w-]+ )?(?:evidence|consensus|agreement)\b|\bthe consensus\b"),
        (0.4, r"\bin the (?:\w+ )?(?:community|literature|field)\b|\baccording to (?:some|many|most)\b"),
        (0.35, r"\b(?:many|most|some|several) (?:\w+ )?(?:people|authors|researchers|experts|philosophers|scholars)\b"),
        (0.75, r"\bit has (?:long |often |repeatedly )?been (?:shown|observed|found|argued|established|noted|known|documented)\b"),
        (0.6, r"\b(?:conventional wisdom|standard view|received view|folklore|common knowledge|the general view|everyone knows)\b"),
        (0.6, r"\b(?:most|many|some|several|numerous|all) (?:[\w-]+ ){0,5}(?:agree|think|believe|regard|consider|see|report|argue|say|accept|hold)\b"),
        (0.5, r"\b[\w-]{3,}(?:ists|ers|ians|ors) (?:[\w-]+ ){0,2}(?:agree|think|believe|regard|found|held|shown|report|argue|know|accept)\b"),
    )
    prior = 0.06
    absent = True

    def detect(self, span: Span) -> float:
        """An appeal; a citation beside it names the source after all."""
        score = self.cues.score(span.text)
        return score * 0.4 if _CITATION.search(span.text) else score


class InventedFigure(Kind):
    """A precise number that comes from nowhere."""

    id = "invented_figure"
    name = "Figure without a source"
    title = "Figures need a source or a calculation"
    when = (
        "the reply gives a percentage, a measurement, a cost or another figure that is neither in the question nor"
        " computed in the reply"
    )
    then = (
        "name the source or the calculation beside the figure; if there is neither, leave the figure out and name what"
        " would have to be measured"
    )
    why = "A precise figure is believed, quoted on and planned with, even if it was made up."
    when_here = "in a reply about {about}, a figure such as {sign} is given"
    then_here = "give {sign} only with its source or its calculation; otherwise make the claim without a figure"
    correction = (
        "No source is given for {sign} in {words}: name the measurement or the calculation behind it, or make the claim"
        " without the figure."
    )
    reason = "{sign} is precise, but the reply does not say where it comes from."
    example = "Judges reach 73.4% accuracy with debate and 58.1% without it."
    cues = Cues(
        (0.75, r"\b\d{1,3}(?:\.\d{1,4})? ?(?:%|percent\b|per cent\b|percentage points\b)"),
        (0.55, r"\b(?:95 ?% )?(?:CI|confidence interval)\b|\b[ndrp] ?[=<] ?\d[\d.,]{0,12}"),
        (0.6, r"\b\d{1,3}(?:,\d{3}){1,4}\b"),
        (0.6, r"\b(?:only |about |roughly )?(?:\d{1,4}|one|two|three|nine) (?:in|out of)(?: every)? (?:\d{1,4}|ten|five|three|four|seven|a hundred)\b"),
        (0.45, r"\b(?:half|an? (?:third|quarter|fifth|tenth)|two thirds|three quarters|the majority) of\b"),
        (0.45, r"(?<![\w.$])\d{1,5}\.\d{1,6}\b(?! (?:of|in)\b)"),
        (0.45, r"\b(?:\d[\d.]{0,6}|two|three|four|five|ten)(?:-fold| times| ?×) (?:more|less|as|higher|lower|larger|faster|the)\b"),
        (0.35, r"\b(?:twice|thrice|half) as\b|\b(?:doubles?|triples?|halves)\b|\ba factor of\b|\borders? of magnitude\b"),
        (0.35, r"\b(?:about|roughly|around|approximately|nearly|some|over) \d"),
        (
            0.3,
            r"\b(?:\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|fifty) "
            r"(?:days|weeks|months|years|hours|seconds|people|participants|points|papers)\b",
        ),
    )
    prior = 0.03
    absent = True

    def detect(self, span: Span) -> float:
        """Figures outside of formulas that the question does not hold and the words do not derive."""
        text = _figures(span.text)
        score = joined(self.cues.score(text), 0.75 if _MONEY.search(text) else 0.0)
        sign = self.sign(span)
        if sign and sign.strip() in span.page.prompt:
            score *= 0.3
        return score * 0.4 if _DERIVED.search(span.text) and score < 0.85 else score

    def sign(self, span: Span) -> str:
        """The first figure, money first."""
        text = _figures(span.text)
        money = _MONEY.search(text)
        return money.group() if money else self.cues.sign(text)


class StaleFact(Kind):
    """Something true of a date that is not today."""

    id = "stale_fact"
    name = "Stale fact"
    title = "Date what can change"
    when = "the reply says what is newest, largest, best, current, or not done yet"
    then = "give the date up to which you know this, and name the place where the present state can be looked up"
    why = "A model's knowledge ends before the day of the question."
    when_here = "in a reply about {about}, something is called current, latest, best or not yet done"
    then_here = "give the date as of which {claim} was known to hold, and name where to check it now"
    correction = (
        "{claim} may no longer hold: give the date as of which it was known, and check the present state before relying"
        " on it."
    )
    reason = "{sign} depends on the date, and a model's knowledge ends before today."
    example = "The largest context window currently available is 32,768 tokens."
    cues = Cues(
        (0.75, r"\bas of (?:\w+ )?(?:19|20)\d\d\b|\bas of (?:now|today|my)|\bmy (?:knowledge|training data) (?:cut-?off|ends)"),
        (0.65, r"\b(?:currently|current (?:state|record|best|leader|consensus)|at present|presently|at the time of writing|nowadays|these days|to date|so far|up to now|at the moment)\b"),
        (0.65, r"\bstate[ -]of[ -]the[ -]art\b|\bcutting[ -]edge\b|\brecord holder\b"),
        (0.65, r"\b(?:the )?(?:latest|newest|most recent|most advanced) (?:\w+ )?(?:version|model|release|result|work|paper|edition|data)"),
        (0.55, r"\b(?:best|largest|longest|fastest|strongest|only|cheapest) (?:\w+ ){0,2}(?:known|available|published|released|lab|model|system|that has)\b"),
        (0.55, r"\b(?:not yet|has yet|have yet|is yet to|are yet to|no one has|nobody has|no \w+ system has|remains (?:open|unsolved|the))\b"),
        (0.5, r"\b(?:now|still|today) (?:has|have|runs|supports?|relies|holds?|lacks?|leads?|the (?:largest|best|only))\b|\bstill (?:uses?|only|the)\b"),
        (0.35, r"\b(?:GPT|Claude|Llama|Gemini|AlphaFold|Lean|Python|CUDA|PaLM|BERT|Coq|version) ?-?\d(?:\.\d{1,2})?\b"),
        (0.45, r"\b(?:not|never) (?:caught|catch) up\b|\bon the market\b|\bno [\w-]+ (?:[\w-]+ )?(?:reaches|matches|exists|beats|can yet|comes)\b"),
        (0.3, r"\brecent(?:ly)?\b|\bthis year\b|\blast year\b|\b(?:next|upcoming) (?:version|release)\b"),
        (0.3, r"\b(?:in|since|by|until|before) 20[12]\d\b|\bremains?\b|\bstill\b|\byet\b|\bno longer\b|\bupcoming\b|\bunreleased\b|\bplans? to\b"),
        (0.15, r"\bled by\b|\bheaded by\b|\b(?:president|director|head|chair) of\b|\bis the (?:largest|biggest|most|leading)\b"),
    )
    prior = 0.03

    def detect(self, span: Span) -> float:
        """Words of the day; a superlative or a product's name is a weak sign."""
        superlative = 0.3 if compares_all(span) else 0.0
        return joined(self.cues.score(span.text), superlative, 0.25 if names_product(span) else 0.0)


def _figures(text: str) -> str:
    """A text without its formulas and identifiers, whose digits are no measurements."""
    return _IDENTIFIER.sub(" ", _MATHS.sub(" ", text))
