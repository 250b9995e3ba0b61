"""No key in a log: every record of the server's handlers passes here, exceptions included."""

from __future__ import annotations

import logging
import os
import re
from typing import Any

_SHAPES = re.compile(
    r"""(?ix)
    (?: \b bearer \s+ | \b (?:token|api[-_]?key|authorization) ["']? \s* [:=] \s* ["']? (?:(?:bearer|token) \s+)? )
    (?P<value> [^\s"',;}]{8,} )
    | \b (?P<key> (?:sk|pk|rk|gsk|hf|xai|r8) [-_] [A-Za-z0-9_\-]{8,} )"""
)

_SAID = "[removed]"


class Redacting(logging.Filter):
    """Replaces what looks like a key, and the keys of the environment."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; never drop it."""
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = redacted(record.exc_text)
        message = record.getMessage()
        clean = redacted(message)
        if clean != message:
            record.msg, record.args = clean, ()
        return True


def redacted(text: str) -> str:
    """The text without keys."""
    for name, value in os.environ.items():
        if len(value) >= 8 and name.endswith(("_API_KEY", "_TOKEN", "_SECRET")) and value in text:
            text = text.replace(value, _SAID)
    return _SHAPES.sub(_hidden, text)


def _hidden(match: re.Match[str]) -> str:
    value = match["value"] or match["key"]
    return match[0].replace(value, _SAID)


def guard(log: Any) -> None:
    """Put the filter on every handler that the server's log reaches, once."""
    logger: logging.Logger | None = log.logger if isinstance(log, logging.LoggerAdapter) else log
    while logger is not None:
        for handler in logger.handlers:
            if not any(isinstance(known, Redacting) for known in handler.filters):
                handler.addFilter(Redacting())
        logger = logger.parent if logger.propagate else None
