"""The body of a call, and what to leave out for an endpoint that does not take all of it.

What an endpoint has refused once is remembered per model, so that it is asked in its own dialect from then on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from jupyter_reconst.core.turns import Message, Parameters

_FORMATS = ("json_schema", "json_object", "text")
"""Ways to ask for an object, strictest first."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """What one model of one endpoint is known to refuse."""

    format: int = 0
    usage: bool = True
    max_tokens: str = "max_tokens"
    dropped: frozenset[str] = frozenset()

    def body(self, model: str, messages: tuple[Message, ...], parameters: Parameters) -> dict[str, Any]:
        """The JSON of a streaming call."""
        body: dict[str, Any] = {
            "model": model,
            "messages": [{"role": message.role, "content": message.content} for message in messages],
            "stream": True,
        }
        if self.usage:
            body["stream_options"] = {"include_usage": True}
        if parameters.max_tokens is not None:
            body[self.max_tokens] = parameters.max_tokens
        for name in ("temperature", "seed"):
            value = getattr(parameters, name)
            if value is not None and name not in self.dropped:
                body[name] = value
        if parameters.stop:
            body["stop"] = list(parameters.stop)
        if parameters.json_schema is not None:
            body |= self._format(parameters.json_schema)
        return body

    def _format(self, schema: dict[str, Any]) -> dict[str, Any]:
        if _FORMATS[self.format] == "json_schema":
            named = {"name": "reply", "schema": schema, "strict": True}
            return {"response_format": {"type": "json_schema", "json_schema": named}}
        if _FORMATS[self.format] == "json_object":
            return {"response_format": {"type": "json_object"}}
        return {}

    def after(self, body: dict[str, Any], said: str) -> Dialect | None:
        """What to try after a refused request: without what it names, or else without what is most often unknown.

        None where nothing is left to leave out. It is worth remembering only if it works.
        """
        said = said.lower()
        format_, usage = "response_format" in body, "stream_options" in body
        if format_ and any(word in said for word in ("response_format", "schema", "json_object", "grammar")):
            return replace(self, format=self.format + 1)
        if usage and ("stream_options" in said or "include_usage" in said):
            return replace(self, usage=False)
        if "max_tokens" in body and ("max_tokens" in said or "max_completion_tokens" in said):
            return replace(self, max_tokens="max_completion_tokens")
        for name in ("temperature", "seed"):
            if name in body and name in said:
                return replace(self, dropped=self.dropped | {name})
        if format_:
            return replace(self, format=self.format + 1)
        return replace(self, usage=False) if usage else None
