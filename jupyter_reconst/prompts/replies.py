"""Reading what a model answered: the object that was asked for, or the plain text that came instead.

Nothing here trusts its input: a reply is data. What cannot be read is None, and the act says so to the person.
"""

from __future__ import annotations

import json
import re
from typing import Any

_TEXT = {"type": "string"}
_ESCAPE = re.compile(r'\\(["\\/bfnrt]|u[0-9a-fA-F]{4})?')
_LABEL = re.compile(r"^\s*[*_#>-]*\s*(?:correction|corrected|candidate|answer|better)\s*[*_]*\s*:\s*[*_]*\s*", re.I)
_REASON = re.compile(r"^\s*[*_]*(?:why|because|reason)[*_]*\s*:\s*[*_]*\s*", re.I)
_CLAUSE = re.compile(r"^\s*[*_#>-]*\s*(title|when|then|why)\b\s*[*_]*\s*:?\s*[*_]*\s*(.*)$", re.I)
_ITEM = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+(.+)$")
_BETTER = re.compile(r"^\W*(?:better\W*)?(?:reply\s*)?([012])(?:\s+is\s+better)?\W*$", re.I)
_QUOTES = "\"'“”‘’`"


def schema(**properties: dict[str, Any]) -> dict[str, Any]:
    """A JSON Schema of one small object, every key required."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


CORRECTION = schema(correction={**_TEXT, "maxLength": 900}, why={**_TEXT, "maxLength": 300})
OBJECTION = schema(right={"type": "boolean"}, reason={**_TEXT, "maxLength": 300})
ARTICLE = schema(
    title={**_TEXT, "maxLength": 100},
    when={**_TEXT, "maxLength": 400},
    then={**_TEXT, "maxLength": 400},
    why={**_TEXT, "maxLength": 300},
)
FACT = schema(
    title={**_TEXT, "maxLength": 100},
    about={**_TEXT, "maxLength": 400},
    fact={**_TEXT, "maxLength": 1_200},
    source={**_TEXT, "maxLength": 400},
)
FIRES = schema(fires={"type": "boolean"})
_QUESTIONS = {"type": "array", "items": {**_TEXT, "maxLength": 400}, "maxItems": 12}
PROMPTS = schema(prompts={**_QUESTIONS, "minItems": 1})
TWINS = schema(twins=_QUESTIONS)
EDGES = schema(inside=_QUESTIONS, outside=_QUESTIONS)
CLASH = schema(clash={"type": "boolean"}, why={**_TEXT, "maxLength": 300}, prompt={**_TEXT, "maxLength": 400})
FOLLOWED = schema(followed={"type": "boolean"})
JUDGED = schema(better={"type": "integer", "enum": [0, 1, 2]})


def correction(text: str) -> tuple[str, str] | None:
    """A correction and its reason; None where there is none."""
    found = first_object(text)
    if found is not None:
        value, why = _string(found, "correction"), _string(found, "why")
        return (value, why) if value else None
    if _broken(text):
        return None
    lines = text.strip().splitlines()
    cut = next((n for n, line in enumerate(lines) if _REASON.match(line)), len(lines))
    value = _unquoted(_LABEL.sub("", "\n".join(lines[:cut]), count=1))
    why = _REASON.sub("", " ".join(line.strip() for line in lines[cut:]), count=1).strip()
    return (value, why[:300]) if value else None


def article(text: str) -> dict[str, str] | None:
    """The title, when, then and why of an article; None unless it says both WHEN and THEN."""
    found = first_object(text)
    if found is not None:
        parts = {name: _string(found, name) for name in ("title", "when", "then", "why")}
    elif _broken(text):
        return None
    else:
        parts = _labelled(text)
    parts["when"] = re.sub(r"^when\b[\s:,]*", "", parts.get("when", ""), flags=re.I)
    parts["then"] = re.sub(r"^then\b[\s:,]*", "", parts.get("then", ""), flags=re.I)
    return parts if parts["when"] and parts["then"] else None


def fact(text: str) -> dict[str, str] | None:
    """The title, subject, statement and source of a fact; None unless it says what is so and what that is about."""
    found = first_object(text) or {}
    parts = {name: _string(found, name) for name in ("title", "about", "fact", "source")}
    return parts if parts["about"] and parts["fact"] else None


def fires(text: str) -> bool | None:
    """Whether a condition is met; None where the reply is neither a yes nor a no."""
    return _yes(text, "fires")


def followed(text: str) -> bool | None:
    """Whether a rule was followed; None where the reply is neither a yes nor a no."""
    return _yes(text, "followed")


def better(text: str) -> int | None:
    """Which of two replies is better, 0 for neither; None where the reply does not say."""
    found = first_object(text)
    if found is None:
        match = _BETTER.match(text)
        return int(match.group(1)) if match else None
    said = str(found.get("better"))
    return int(said) if said in ("0", "1", "2") else None


def clash(text: str) -> tuple[bool, str, str] | None:
    """Whether two rules clash, why, and a question that shows it; None where the reply does not say so."""
    found = first_object(text) or {}
    if found.get("clash") is False:
        return False, "", ""
    why, prompt = _string(found, "why"), _string(found, "prompt")
    return (True, why, prompt) if found.get("clash") is True and prompt else None


def objection(text: str) -> str:
    """The reason why the words were right after all; empty where the model agrees that they were not."""
    found = first_object(text)
    if found is None or found.get("right") is not True:
        return ""
    return _string(found, "reason")


def prompts(text: str) -> tuple[str, ...]:
    """The prompts that a model wrote, without repeats."""
    found = first_object(text)
    if found is not None:
        return _listed(found, "prompts")
    items = [_unquoted(match.group(1)) for match in map(_ITEM.match, text.splitlines()) if match]
    return tuple(dict.fromkeys(item for item in items if item))


def twins(text: str) -> tuple[str, ...]:
    """The minimal pairs that a model wrote, without repeats."""
    return _listed(first_object(text) or {}, "twins")


def edges(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The questions just inside a condition, and those just outside of it."""
    found = first_object(text) or {}
    inside = _listed(found, "inside")
    return inside, tuple(item for item in _listed(found, "outside") if item not in inside)


def unfolding(text: str, key: str) -> str:
    """As much of one string of an object as has arrived; of a reply that is no object, its text so far."""
    start = text.lstrip()
    if not start:
        return ""
    if start[0] not in "{`":
        return _LABEL.sub("", start, count=1)
    found = re.search(rf'"{re.escape(key)}"\s*:\s*"', text)
    if found is None:
        return ""
    body = re.match(r'(?:[^"\\]|\\u[0-9a-fA-F]{4}|\\[^u])*', text[found.end() :])
    said = body.group(0) if body else ""
    try:
        value = json.loads(f'"{_ESCAPE.sub(_escaped, said)}"', strict=False)
    except ValueError:
        return ""
    whole = str(value)
    return whole[:-1] if whole and "\ud800" <= whole[-1] <= "\udbff" else whole


def first_object(text: str) -> dict[str, Any] | None:
    """The first whole JSON object in a text, fenced or not; TeX with single backslashes is understood."""
    start = text.find("{")
    if start < 0:
        return None
    for candidate in (text[start:], _ESCAPE.sub(_escaped, text[start:])):
        try:
            value, _ = json.JSONDecoder(strict=False).raw_decode(candidate)
        except (ValueError, RecursionError):
            continue
        return value if isinstance(value, dict) else None
    return None


def _escaped(found: re.Match[str]) -> str:
    """An escape as it stands; a lone backslash, as in TeX, becomes one that JSON understands."""
    return found.group() if found.group(1) else r"\\"


def _broken(text: str) -> bool:
    """Whether a text began as an object and never became one: a cut-off reply, never an answer."""
    return bool(re.match(r'\s*(?:```\w*\s*)?\{\s*["}]', text))


def _yes(text: str, name: str) -> bool | None:
    found = first_object(text)
    if found is not None:
        said = found.get(name)
        return said if isinstance(said, bool) else None
    words = re.findall(r"[a-z]+", text.lower())
    return {"yes": True, "true": True, "no": False, "false": False}.get(words[0]) if words else None


def _string(found: dict[str, Any], name: str) -> str:
    value = found.get(name)
    return value.strip() if isinstance(value, str) else ""


def _listed(found: dict[str, Any], name: str) -> tuple[str, ...]:
    """The texts of a list, without repeats."""
    value = found.get(name)
    items = [item.strip() for item in value if isinstance(item, str)] if isinstance(value, list) else []
    return tuple(dict.fromkeys(item for item in items if item))


def _unquoted(text: str) -> str:
    text = text.strip()
    return text[1:-1].strip() if len(text) > 1 and text[0] in _QUOTES and text[-1] in _QUOTES else text


def _labelled(text: str) -> dict[str, str]:
    """`WHEN …` and `THEN …` lines, with their continuations."""
    parts: dict[str, str] = {}
    name = ""
    for line in text.strip().splitlines():
        match = _CLAUSE.match(line)
        if match and match.group(1).lower() not in parts:
            name = match.group(1).lower()
            parts[name] = match.group(2).strip()
        elif name and line.strip():
            parts[name] = f"{parts[name]} {line.strip()}".strip()
    return {name: _unquoted(value) for name, value in parts.items()}
