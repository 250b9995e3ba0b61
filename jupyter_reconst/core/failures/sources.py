"""Kinds about where a claim comes from: references that may not exist, and authorities without a name."""

from __future__ import annotations

import re

from jupyter_reconst.core.constitution import Draft
from jupyter_reconst.core.failures.kind import Cues, Kind, joined
from jupyter_reconst.core.failures.shape import people
from jupyter_reconst.core.failures.span import Span
from jupyter_reconst.core.failures.wording import claim

_NAME = r"[A-ZÀ-ÖØ-Þ][a-zà-ÿ][\w'-]{1,24}"
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
    r"\b(?:[A-Z]\w+ (?:of )?){0,4}(?:Journal|Quarterly|Proceedings|Transactions|Letters|Annals"
    r"|JMLR|NeurIPS|NIPS|ICML|ICLR|AAAI"
    r"|IJCAI|reprinted|preprint"
    r"|'s (?:\w+ )?(?:thesis|dissertation|monograph)|PhD thesis|meta-analysis|survey by|(?:Theorem|Lemma"
    r"|Proposition|Corollary|Chapter|Section) "
    r"\d[\d.]{0,6} (?:of|in)|vol\. ?\d|pp\. ?\d|\d{1,3}\(\d{1,2}\))",
)
_CREDITS = re.compile(
    r"\b(?:proved?s?|show(?:ed|s|n)?|writes?|wrote|established|introduced|coined|defined|due to|argued"
    r"|found|asked|called"
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
_ADMITS = re.compile(r"\bno (?:\w+ ){0,4}(?:found|known)\b|\bI (?:know of no|could not find|cannot confirm)\b", re.I)
_TITLED = re.compile(r"[“\"][^“”\"]{8,200}[”\"]|\*[^*]{8,200}\*")


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
    correction = "I know of no source for {claim}; treat it as a conjecture, or give a reference that can be checked."
    reason = "{sign} comes without a title and an identifier by which a reader could find it."
    example = r"Marchetti and Osei (2018) prove that $\Delta > 0$ for every Boltzmann human."
    prior = 0.02

    def detect(self, span: Span) -> float:
        """A citation or a venue; an identifier with a title, or admitting that none is known, speaks for the reply."""
        cited = 0.8 if _CITATION.search(span.text) else 0.0
        venue = 0.55 if _VENUE.search(span.text) else 0.0
        findable = _IDENTIFIER.search(span.text) and _TITLED.search(span.text) and not venue
        score = joined(cited, venue, self._credits(span))
        return score * 0.45 if findable or _ADMITS.search(span.text) else score

    def sign(self, span: Span) -> str:
        """The citation, else the people, else the venue."""
        found = _CITATION.search(span.text)
        return found.group() if found else people(span) or _first(_VENUE, span.text)

    def correct(self, span: Span) -> str:
        """Where nothing is claimed beside the work, it is the work itself that cannot be confirmed."""
        if self._bare(span):
            return self.say(
                "I cannot confirm {words}: leave the reference out, or give a title and an identifier that can be"
                " checked.",
                span,
            )
        return super().correct(span)

    def specific(self, span: Span) -> Draft:
        """A bare reference supports no claim that could be named."""
        draft = super().specific(span)
        if not self._bare(span):
            return draft
        then = self.say("do not cite {sign} unless its title and an identifier are given", span)
        return draft.model_copy(update={"then": then})

    def _bare(self, span: Span) -> bool:
        said, sign = claim(span.quote), self.sign(span)
        names = [word for word in re.findall(_NAME, sign) if word in said]
        return bool(names) or len(_CITATION.sub("", said).split()) < 3

    def explain(self, span: Span) -> str:
        """An identifier is a start, but it may be made up as well."""
        if _IDENTIFIER.search(span.text):
            return self.say("{sign} looks checkable, but an identifier can be made up too; look it up first.", span)
        return super().explain(span)

    def _credits(self, span: Span) -> float:
        """A name that is said to have shown something, with no year."""
        named = 0.4 if people(span) else 0.0
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
    then_here = "instead of {sign}, name a work that shows {claim}, or give the reason for the claim"
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
            r"(?: [\w-]{1,24}){0,3}? (?:shown?|shows|suggests?|indicates?|finds?|found|agrees?|believes?|held|holds?"
            r"|argues?|demonstrates?|demonstrated|confirms?|confirmed|points?|supports?|considers?|thinks?)\b",
        ),
        (
            0.8,
            r"\b(?:it is|it's|is|are) (?:now )?(?:well|widely|generally|commonly|often|broadly|universally)[ -]"
            r"(?:known|accepted|believed|agreed|established|said|thought|held|recogni[sz]ed|documented|understood)",
        ),
        (
            0.6,
            r"\b(?:ample|strong|much|growing|considerable|overwhelming|substantial|mounting"
            r"|clear) (?:[\w-]{1,24} )?evidence",
        ),
        (0.6, r"\b(?:there is|by) (?:a )?(?:[\w-]{1,24} )?(?:evidence|consensus|agreement)\b|\bthe consensus\b"),
        (0.4, r"\bin the (?:\w+ )?(?:community|literature|field)\b|\baccording to (?:some|many|most)\b"),
        (0.35, r"\b(?:many|most|some|several) (?:\w+ )?(?:people|authors|researchers|experts|philosophers|scholars)\b"),
        (
            0.75,
            r"\bit has (?:long |often |repeatedly )?been (?:shown|observed|found|argued|established|noted"
            r"|known|documented)\b",
        ),
        (
            0.6,
            r"\b(?:conventional wisdom|standard view|received view|folklore|common knowledge|the general view"
            r"|everyone knows)\b",
        ),
        (
            0.6,
            r"\b(?:most|many|some|several|numerous|all) (?:[\w-]{1,24} ){0,5}(?:agree|think|believe|regard|consider"
            r"|see|report|argue|say|accept|hold)\b",
        ),
        (
            0.5,
            r"\b[\w-]{3,24}(?:ists|ers|ians|ors) (?:[\w-]{1,24} ){0,2}(?:agree|think|believe|regard|found|held|shown"
            r"|report|argue|know|accept)\b",
        ),
    )
    leads = True
    prior = 0.06
    absent = True

    def detect(self, span: Span) -> float:
        """An appeal; a citation beside it names the source after all."""
        score = self.cues.score(span.text)
        return score * 0.4 if _CITATION.search(span.text) else score


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group().strip() if found else ""
