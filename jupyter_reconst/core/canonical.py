"""One spelling for one meaning: RFC 8785 JSON over NFC text, and its SHA-256.

Source: RFC 8785 (JSON Canonicalization Scheme); Unicode Standard Annex 15 for NFC.
"""

from __future__ import annotations

import hashlib
import unicodedata
from typing import Any

import rfc8785
from pydantic import BaseModel


def canonical(value: Any) -> bytes:
    """The canonical JSON of models, mappings, sequences, strings, numbers, booleans and None.

    Raises ValueError for what JSON cannot say (NaN, a lone surrogate).
    """
    return rfc8785.dumps(_plain(value))


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return _plain(value.model_dump(mode="json"))
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {unicodedata.normalize("NFC", key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
