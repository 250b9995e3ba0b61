"""Write the JSON Schemas of everything that crosses a wall, from the nouns. `python scripts/contract.py [--check]`."""

from __future__ import annotations

import inspect
import json
import sys
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import models_json_schema

from jupyter_reconst.core import annotations, constitution, notebook, proposals, requests, styles
from jupyter_reconst.core.formal import pinned
from jupyter_reconst.core.nouns import Noun
from jupyter_reconst.core.reports.report import Report
from jupyter_reconst.doors.server.base import STATUS
from jupyter_reconst.doors.server.routes import ROUTES, Route

HERE = Path(__file__).parent.parent / "jupyter_reconst" / "schema"
REQUESTS = (
    "Browse Foresee Lend Offer Open "
    "Accept Adopt Ask AskHistory AskSent AskTravels Bring Cancel Choose Clashes Connect Correct Diff Disconnect Export "
    "Find Forget Highlight Judge MarkRow Name Notebook Play Probing Propose Ratify Rehearse Repeat Restore Retain "
    "StartPreview Sync Tell TextFile Turns Undo Watch "
    "Cast Formalize Govern Pin Submit Verify "
    "AskVariants Edit Keep Vary Way "
    "Collect Consult Discard Quote"
).split()
STREAMS = {
    "ForeseeEvent": requests.ForeseeEvent,
    "FormalizeEvent": requests.FormalizeEvent,
    "AskEvent": requests.AskEvent,
    "ClashEvent": requests.ClashEvent,
    "CollectEvent": requests.CollectEvent,
    "CorrectEvent": requests.CorrectEvent,
    "LookUpEvent": requests.LookUpEvent,
    "ProposeEvent": requests.ProposeEvent,
    "RehearseEvent": requests.RehearseEvent,
    "VaryEvent": requests.VaryEvent,
    "WatchEvent": requests.WatchEvent,
}
IN_FILES = (
    notebook.Head,
    constitution.Article,
    constitution.Preamble,
    constitution.Import,
    constitution.Case,
    pinned.Pinned,
    proposals.Rule,
    proposals.Proposed,
    proposals.Vote,
    styles.Pick,
    annotations.Annotation,
)


def wire() -> dict[str, Any]:
    """Requests as they may be written, everything else as it is read."""
    nouns = [c for _, c in inspect.getmembers(requests, inspect.isclass) if issubclass(c, Noun) and c is not Noun]
    pairs = [(c, "validation" if c.__name__ in REQUESTS else "serialization") for c in [*nouns, *IN_FILES]]
    _, schema = models_json_schema(pairs, ref_template="#/$defs/{model}")  # type: ignore[arg-type]
    for name, union in STREAMS.items():
        one_of = TypeAdapter(union).json_schema(mode="serialization", ref_template="#/$defs/{model}")["oneOf"]
        schema["$defs"][name] = {"oneOf": one_of}
    text = json.dumps(schema).replace("-Output", "").replace("-Input", "Input")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Wire", **json.loads(text)}


def format_v1() -> dict[str, Any]:
    """Notebook format v1: our keys in notebook and cell metadata."""
    _, schema = models_json_schema([(c, "validation") for c in IN_FILES], ref_template="#/$defs/{model}")
    ulid = "[0-7][0-9A-HJKMNP-TV-Z]{25}"
    ref = {c.__name__: {"$ref": f"#/$defs/{c.__name__}"} for c in IN_FILES}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "jupyter_reconst notebook format v1",
        **schema,
        "type": "object",
        "properties": {
            "notebook": {
                "description": "Notebook metadata",
                "type": "object",
                "properties": {"reconst": ref["Head"], "reconst:style": ref["Pick"]},
                "patternProperties": {
                    f"^reconst:article:{ulid}:{ulid}$": ref["Article"],
                    f"^reconst:preamble:{ulid}$": ref["Preamble"],
                    f"^reconst:import:{ulid}$": ref["Import"],
                    f"^reconst:case:{ulid}$": ref["Case"],
                    f"^reconst:argument:{ulid}$": ref["Pinned"],
                    f"^reconst:rule:{ulid}$": ref["Rule"],
                    f"^reconst:proposal:{ulid}$": ref["Proposed"],
                    f"^reconst:vote:{ulid}:{ulid}$": ref["Vote"],
                },
            },
            "cell": {
                "description": "Cell metadata",
                "type": "object",
                "patternProperties": {f"^reconst:annotation:{ulid}$": ref["Annotation"]},
            },
        },
    }


def report_v1() -> dict[str, Any]:
    """A report for engineers, as it is saved."""
    schema = Report.model_json_schema(mode="validation")
    named = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "jupyter_reconst report v1"}
    return {**schema, **named}


def openapi() -> dict[str, Any]:
    """The routes, from their table; the schemas are those of the wire."""
    text = json.dumps(wire()["$defs"]).replace("#/$defs/", "#/components/schemas/")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "jupyter_reconst",
            "version": "1",
            "description": "Below the Jupyter server's base URL. Signed in by cookie (with `X-XSRFToken`) or by token.",
        },
        "paths": {f"/reconst/{route.verb}": {route.method.lower(): _operation(route)} for route in ROUTES},
        "components": {
            "schemas": json.loads(text),
            "responses": {
                "problem": {
                    "description": "What went wrong: a stable code, one sentence, what to do.",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
                }
            },
            "securitySchemes": {
                "token": {"type": "apiKey", "in": "header", "name": "Authorization", "description": "token <token>"},
            },
        },
        "security": [{"token": []}],
    }


def _operation(route: Route) -> dict[str, Any]:
    def content(noun: str, kind: str = "application/json") -> dict[str, Any]:
        return {kind: {"schema": {"$ref": f"#/components/schemas/{noun}"}}}

    kind = "text/event-stream" if route.stream else "text/plain" if route.file else "application/json"
    said = "Server-sent events: `event` is the type, `data` one object." if route.stream else "The answer."
    errors = {str(status): {"$ref": "#/components/responses/problem"} for status in sorted({*STATUS.values()})}
    answer = {kind: {"schema": {"type": "string"}}} if route.file else content(route.answer, kind)
    operation = {
        "operationId": route.verb,
        "summary": route.doc,
        "responses": {"200": {"description": said, "content": answer}, **errors},
    }
    if route.request:
        operation["requestBody"] = {"required": True, "content": content(route.request)}
    return operation


def main() -> int:
    """Write the files, or with --check say which differ."""
    HERE.mkdir(exist_ok=True)
    stale = []
    schemas = {"wire": wire(), "notebook-v1": format_v1(), "report-v1": report_v1(), "openapi": openapi()}
    for name, schema in schemas.items():
        path, text = HERE / f"{name}.json", json.dumps(schema, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path.name)
    if stale:
        print(f"out of date: {', '.join(stale)}; run: python scripts/contract.py && jlpm contract")
    return bool(stale)


if __name__ == "__main__":
    raise SystemExit(main())
