"""The body of a call, and what to leave out for an endpoint that does not take all of it.

What an endpoint has refused once is remembered per model, so that it is asked in its own dialect from then on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from jupyter_reconst.core.turns import Message, Parameters

_FORMATS = ("json_schema", "json_object", "text")
"""Ways to ask for an object, strictest first."""


@dataclass(slots=True)
class Dialect:
    """What one model of one endpoint is known to refuse."""

    format: int = 0
    usage: bool = True
    max_tokens: str = "max_tokens"
    dropped: set[str] = field(default_factory=set)

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

    def learn(self, body: dict[str, Any], said: str) -> bool:
        """After a refused request: leave out what it names, or else what is most often unknown. False: nothing left."""
        said = said.lower()
        named = any(word in said for word in ("response_format", "json_schema", "json_object", "schema", "grammar"))
        if "response_format" in body and named:
            self.format += 1
            return True
        if "stream_options" in body and ("stream_options" in said or "include_usage" in said):
            self.usage = False
            return True
        if "max_tokens" in body and ("max_tokens" in said or "max_completion_tokens" in said):
            self.max_tokens = "max_completion_tokens"
            return True
        for name in ("temperature", "seed"):
            if name in body and name in said:
                self.dropped.add(name)
                return True
        if "response_format" in body:
            self.format += 1
            return True
        if "stream_options" in body:
            self.usage = False
            return True
        return False
