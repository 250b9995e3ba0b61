"""Reading a published file back: what its sections say, joined with what its record knows of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timezone
from typing import Any, TypeVar

from pydantic import ValidationError

from jupyter_reconst.core.canonical import digest
from jupyter_reconst.core.constitution import Article, Case, Draft, Import, Preamble, after, heads
from jupyter_reconst.core.errors import Malformed
from jupyter_reconst.core.notebook import Reading
from jupyter_reconst.core.nouns import Kept, Noun, ulid
from jupyter_reconst.core.sharing.front import Front, divided, front_of, ours
from jupyter_reconst.core.sharing.published import CLAUSES, EXAMPLES, REPLIES, Published, wording
from jupyter_reconst.core.sharing.record import strict_json
from jupyter_reconst.core.sharing.sections import Section, refused, sections

MOST_ARTICLES = 500
_NOUNS: dict[str, type[Kept]] = {"article": Article, "preamble": Preamble, "case": Case, "import": Import}
_VERDICTS = {title: verdict for verdict, title in EXAMPLES.items()}
_TAGS: dict[str, dict[str, object]] = {
    "process": {"kind": "process"},
    "knowledge": {"kind": "knowledge"},
    "always": {"always": True},
    "scoped": {"always": False},
    "off": {"enabled": False},
}


def load(text: str) -> Published:
    """What a published file says. Raises Malformed, with the line where there is one."""
    if not ours(text):
        raise Malformed("This is not a published constitution: it does not begin with “reconst: 1” between “---”.")
    pairs, body, before = divided(text)
    if not pairs:
        raise Malformed("Its front matter does not end.")
    front = front_of(pairs)
    shown, record = sections(body, before)
    if sum(part.level == 2 for part in shown) > MOST_ARTICLES:
        raise Malformed(f"It has more than {MOST_ARTICLES} articles.")
    return Published(front=front, reading=_Loading(front, record).reading(shown))


def content_id(at: datetime, *content: object) -> str:
    """A ULID that everybody makes of the same content, who wrote it down without one."""
    return ulid(int(at.timestamp() * 1000), bytes.fromhex(digest(list(content)))[:10])


def content_revision(article: Article) -> str:
    """The revision of an article that has none of its own: from its words, its place and what it follows."""
    return content_id(article.provenance.at, article.id, list(article.parents), article.order, article.draft.wording)


class _Loading:
    """The record of one file, and what is made of its sections with it."""

    def __init__(self, front: Front, record: str) -> None:
        day = front.date or datetime.fromtimestamp(0, timezone.utc).date()
        self._at = datetime.combine(day, time(), timezone.utc)
        self._signed = {"author": front.authors, "at": self._at}
        self._name = front.name
        self._written: dict[tuple[str, str], tuple[dict[str, Any], str]] = {}
        self._whole: dict[str, list[Any]] = {kind: [] for kind in _NOUNS}
        for number, line in enumerate(filter(None, record.split("\n")), 1):
            self._take(number, strict_json(line))

    def _take(self, number: int, said: Any) -> None:
        """One line of the record: of something shown above (`as`), or something whole."""
        kind = next((name for name in _NOUNS if isinstance(said, dict) and name in said), None)
        if kind is None or not isinstance(said[kind], dict) or not said.keys() <= {kind, "as"}:
            raise Malformed(f"Line {number} of its record says nothing that means something here.")
        if "as" not in said:
            self._whole[kind].append(_valid(_NOUNS[kind], said[kind], f"Line {number} of its record"))
            return
        key = (kind, "" if kind == "preamble" else str(said[kind].get("id")))
        if key in self._written:
            raise Malformed(f"Its record tells of one {kind} twice.")
        self._written[key] = (said[kind], str(said["as"]))

    def reading(self, shown: list[Section]) -> Reading:
        """Everything. Raises Malformed where the record would make another constitution than a reader sees."""
        preamble = self._preamble(shown[0])
        articles: list[Article] = []
        cases: list[Case] = []
        for part in shown[1:]:
            if part.level == 2:
                articles.append(self._article(part, articles))
            elif articles:
                cases.append(self._case(part, articles[-1]))
            else:
                raise refused(part.line, "an example belongs below an article")
        whole = self._whole
        found = Reading(
            revisions=_once(articles + whole["article"], "article", lambda a: (a.id, a.revision)),
            preambles=_once(preamble + whole["preamble"], "preamble", lambda p: p.revision),
            cases=_once(cases + whole["case"], "case", lambda c: c.id),
            imports=_once(whole["import"], "import", lambda i: i.id),
        )
        law = found.constitution
        if law.articles != tuple(articles) or law.preamble != (preamble[0].text if preamble else ""):
            raise Malformed("Its record holds another constitution than the one that it shows.")
        return found.model_copy(update={"cases": tuple(sorted(found.cases, key=lambda c: c.id))})

    def _preamble(self, part: Section) -> list[Preamble]:
        if part.id or part.texts.keys() - {"Preamble"}:
            raise refused(part.line, "before the first article there is only a preamble")
        if "Preamble" not in part.texts:
            return []
        text = part.texts["Preamble"]
        known, said = self._written.get(("preamble", ""), ({}, ""))
        if said == digest(text):
            return [_valid(Preamble, known | {"text": text}, "The preamble")]
        parents = sorted({*filter(None, [known.get("revision")]), *(p.revision for p in self._whole["preamble"])})
        made = {"text": text, "revision": content_id(self._at, parents, text), "parents": parents}
        return [_valid(Preamble, known | made | {"provenance": self._signed}, "The preamble")]

    def _article(self, part: Section, earlier: list[Article]) -> Article:
        _labelled(part, CLAUSES)
        draft: dict[str, Any] = {"title": part.title, "when": "", "then": ""}
        draft |= {CLAUSES[label]: text for label, text in part.texts.items()}
        for word in part.words:
            if word not in _TAGS:
                raise refused(part.line, f"an article cannot be “{word}”")
            draft |= _TAGS[word]
        words = _valid(Draft, draft, f"The article in line {part.line}")
        id = part.id or content_id(self._at, self._name, part.title)
        known, said = self._written.get(("article", id), ({}, ""))
        last = (earlier[-1].order, earlier[-1].id) if earlier else ("", "")
        placed = isinstance(known.get("order"), str) and (known["order"], id) > last
        whole = known | words.model_dump() | {"id": id}
        if placed and said == digest(words.wording):
            return _valid(Article, whole, f"The article in line {part.line}")
        follows = {head.revision for head in heads(self._whole["article"]).get(id, ())}
        made = {
            "order": known["order"] if placed else after(last[0]),
            "parents": sorted({*filter(None, [known.get("revision")]), *follows}),
            "revision": id,
            "seals": (),
            "provenance": self._signed,
        }
        article = _valid(Article, whole | made, f"The article in line {part.line}")
        return article.model_copy(update={"revision": content_revision(article)})

    def _case(self, part: Section, article: Article) -> Case:
        _labelled(part, REPLIES)
        if part.title not in _VERDICTS or part.words or "Asked" not in part.texts:
            raise refused(part.line, f"an example is one of {', '.join(_VERDICTS)}, and says what was asked")
        said = {REPLIES[label]: text for label, text in part.texts.items()}
        prompt = said.pop("prompt")
        known, as_was = self._written.get(("case", part.id or ""), ({}, ""))
        extra = known.get("expects")
        expects = (extra if isinstance(extra, dict) else {}) | said | {"verdict": _VERDICTS[part.title]}
        id = part.id or content_id(self._at, article.id, prompt)
        whole = {"provenance": self._signed} | known | {"id": id, "article": article.id, "prompt": prompt}
        case = _valid(Case, whole | {"expects": expects}, f"The example in line {part.line}")
        if not known or as_was == digest(wording(case)):
            return case
        return case.model_copy(update={"id": content_id(case.provenance.at, id, wording(case))})


_Any = TypeVar("_Any", bound=Noun)


def _valid(kind: type[_Any], value: dict[str, Any], what: str) -> _Any:
    """A noun of this value. What is wrong is named by its field, never by what stands in it."""
    try:
        return kind.model_validate(value)
    except (ValidationError, RecursionError) as error:
        first = error.errors()[0] if isinstance(error, ValidationError) else {"loc": ("nesting",), "msg": "too deep"}
        place = " ".join(str(step) for step in first["loc"][:2])
        raise Malformed(f"{what} cannot be read: {place[:80]}: {first['msg'][:120]}.") from error


def _labelled(part: Section, labels: Iterable[str]) -> None:
    strange = part.texts.keys() - set(labels)
    if strange:
        raise refused(part.line, f"“{min(strange)}” means nothing in it")


def _once(found: list[Any], what: str, key: Any) -> tuple[Any, ...]:
    if len({key(one) for one in found}) < len(found):
        raise Malformed(f"It holds one {what} twice.")
    return tuple(found)
