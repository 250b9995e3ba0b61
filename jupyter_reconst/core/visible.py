"""Characters that a reader cannot see but a model can: found, spelled out, and a reason not to accept a text.

Source: Unicode Character Database, General_Category and Default_Ignorable_Code_Point (DerivedCoreProperties.txt 16.0);
the exceptions follow UTS 51 (emoji sequences) and RFC 5892 appendix A (contextual joiners). Where in doubt a character
is spelled out: a person can remove it, but nobody can read it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from jupyter_reconst.core.nouns import Noun

_IGNORABLE = (
    (0x00AD, 0x00AD),
    (0x034F, 0x034F),
    (0x061C, 0x061C),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),
    (0x2028, 0x202E),
    (0x2060, 0x206F),
    (0x2800, 0x2800),  # The blank Braille cell and the null notehead are drawn as nothing, whatever their category.
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFF8),
    (0x1BCA0, 0x1BCA3),
    (0x1D159, 0x1D159),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
)
_BLANK = re.compile(f"[{''.join(f'{chr(low)}-{chr(high)}' for low, high in _IGNORABLE)}]")
_UNSEEN = {"Cf", "Cc", "Co", "Cn", "Cs"}
_EMOJI = (
    (0x203C, 0x203C),
    (0x2049, 0x2049),
    (0x2122, 0x2122),
    (0x2139, 0x2139),
    (0x2190, 0x21FF),
    (0x2300, 0x23FF),
    (0x24C2, 0x24C2),
    (0x25A0, 0x27BF),
    (0x2934, 0x2935),
    (0x2B00, 0x2BFF),
    (0x3030, 0x3030),
    (0x303D, 0x303D),
    (0x3297, 0x3299),
    (0x1F000, 0x1FAFF),
)
_JOINING = ("ARABIC", "SYRIAC", "MANDAIC", "NKO", "MONGOLIAN", "ADLAM", "HANIFI ROHINGYA", "SOGDIAN")
_VS16, _ZWNJ, _ZWJ, _KEYCAP, _VIRAMA = "\ufe0f", "\u200c", "\u200d", "\u20e3", 9
_LINES = {ord("\n"): None, ord("\t"): None}


def unseen(text: str) -> tuple[int, ...]:
    """Where the characters stand that a reader cannot see (code point offsets)."""
    if text.translate(_LINES).isprintable() and not _BLANK.search(text):
        return ()
    return tuple(at for at, character in enumerate(text) if _hidden(character) and not _belongs(text, at))


def spelled(text: str) -> str:
    """The text with every such character written as ⟦U+E0041⟧."""
    hidden = set(unseen(text))
    return "".join(f"⟦U+{ord(c):04X}⟧" if at in hidden else c for at, c in enumerate(text)) if hidden else text


class Noticed(Noun):
    """Something that a reader should look at twice. A list of patterns can be evaded: a hint, never a guarantee."""

    kind: Literal["address", "secrecy"]
    text: str


_ADDRESS = re.compile(
    r"[a-z][a-z0-9+.-]{1,20}://\S{1,200}|\bwww\.\S{1,200}|\b[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,63}"
    r"|\b(?:\d{1,3}\.){3}\d{1,3}\b"
    r"|\b(?:[a-z0-9-]{1,63}\.){1,5}(?:com|org|net|edu|gov|io|ai|dev|app|info|biz|example|xyz|site|online|co|me|de|uk|fr"
    r"|ru|cn|eu|ch)\b(?:/\S{0,200})?",
    re.IGNORECASE,
)
_SECRECY = re.compile(
    r"\b(?:do\s+not|don['’]t|never|without|must\s+not|avoid)\s+(?:\w+\s+){0,2}?(?:tell|telling|mention|mentioning|reveal"
    r"|revealing|disclose|disclosing|show|showing|report|reporting|inform|informing|admit|admitting|warn|warning)\b"
    r"|\b(?:hide|hiding|conceal|concealing|suppress|suppressing|withhold|withholding)\b"
    r"|\b(?:secret|secretly|covertly|silently|confidential)\b"
    r"|\b(?:api[\s_-]?keys?|passwords?|credentials?|access\s+tokens?)\b",
    re.IGNORECASE,
)


def noticed(text: str) -> tuple[Noticed, ...]:
    """Addresses, and requests for secrecy, in a text."""
    found = [Noticed(kind="address", text=match.group()) for match in _ADDRESS.finditer(text)]
    return tuple(found + [Noticed(kind="secrecy", text=match.group()) for match in _SECRECY.finditer(text)])


def _hidden(character: str) -> bool:
    if character in "\n\t":
        return False
    code = ord(character)
    return any(low <= code <= high for low, high in _IGNORABLE) or unicodedata.category(character) in _UNSEEN


def _belongs(text: str, at: int) -> bool:
    """Whether this one is needed for what a reader does see: an emoji's shape, a script's joining, a line's end."""
    character = text[at]
    before = text[at - 1] if at else ""
    after = text[at + 1] if at + 1 < len(text) else ""
    if character == "\r":
        return after == "\n"
    if character == _VS16:
        return _emoji(before) or (after == _KEYCAP and before in set("0123456789#*"))
    if character == _ZWJ and _emoji(after):
        joined = text[max(0, at - 2) : at].rstrip(_VS16 + "🏻🏼🏽🏾🏿")
        return _emoji(before) or (bool(joined) and _emoji(joined[-1]))
    if character in (_ZWNJ, _ZWJ) and before and after.isalpha():
        if unicodedata.combining(before) == _VIRAMA:
            return True
        return character == _ZWNJ and _joins(before) and _joins(after)
    return False


def _emoji(character: str) -> bool:
    if character in ("©", "®"):
        return True
    return bool(character) and any(low <= ord(character) <= high for low, high in _EMOJI)


def _joins(character: str) -> bool:
    return unicodedata.name(character, "").startswith(_JOINING)
