"""A reply as Markdown that fetches nothing and links nowhere: images, links and HTML become visible text.

No Markdown parser is trusted to see the text as we do. Code blocks are written anew with a fence that nothing inside
can close; everywhere else what could start an image, a link, an address or a tag is spelled so that it cannot, in code
spans and formulas too (see `ACTIVE`). Brackets of formulas become dollars, other dollars stay dollars.
`src/notebook/inert.ts` is the same program; `tests/data/inert.json` holds both to it.
"""

from __future__ import annotations

import re

ACTIVE = re.compile(r"\]\(|\]:|<(?!/?code>)[A-Za-z/!?]|://|www\.|@(?! )", re.IGNORECASE | re.ASCII)
"""What must not be left outside code blocks: the starts of images and links, addresses, and tags."""

_MACROS = (
    "href|url|require|includegraphics|style|class|cssId|data|bbox|mmlToken|def|gdef|edef|let|futurelet|"
    "newcommand|renewcommand|providecommand|newenvironment|renewenvironment|DeclareMathOperator"
)
"""Macros that load, link, style, or change what other formulas mean."""

_MACRO = re.compile(rf"\\(?:{_MACROS})(?![A-Za-z])")
_RUN_BEFORE_MACRO = re.compile(rf"\\+(?=(?:{_MACROS})(?![A-Za-z]))")
_IN_CODE = re.compile(
    rf"\]\(|\]:|<[A-Za-z/!?]|://|www\.|@|\||\\(?:{_MACROS})(?![A-Za-z])|\\begin\{{|\\\\[(\[]", re.IGNORECASE | re.ASCII
)
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})[ \t]*([^`]*)")
_LANGUAGE = re.compile(r"[A-Za-z0-9+#.-]{1,20}")
_BLANK = re.compile(r"(\n[ \t]*\n)")
_NEXT = re.compile(r"[\\$`~\]:wW<@]")
_PLAIN = re.compile(r"~{3,80}|\]\(|\]:|://|www\.|[<@]", re.IGNORECASE | re.ASCII)
_PLAINLY = {"](": "]&#40;", "]:": "]&#58;", "://": ":&#47;&#47;", "<": "&lt;", "@": "&#64;"}
_BEGINS = re.compile(r"\\begin(?=(\{[^{}]*\}))")
_ENVIRONMENT = re.compile(r"\\begin\{([A-Za-z]{1,30}\*?)\}")
_TICKS = re.compile("`+")
_PADDED = re.compile(r" [^\n\r\u2028\u2029]*[^ ][^\n\r\u2028\u2029]* ")
_OPENS = re.compile(r"\\begin\{|\\\\[(\[]")
_MARK = re.compile(r"[!-/:-@\[-`{-~]")
_SPACE = " \t\n"


def inert(text: str) -> str:
    """The reply as inert Markdown."""
    lines = re.sub(r"\r\n?", "\n", text).split("\n")
    parts: list[str] = []
    prose: list[str] = []
    rest = iter(lines)
    for line in rest:
        fence = _FENCE.fullmatch(line)
        if not fence:
            prose.append(line)
            continue
        parts += _apart(_prosaic(prose), "\n".join(prose))
        prose = []
        code: list[str] = []
        indent = len(line) - len(line.lstrip(" \t"))
        for inside in rest:
            if _closes(inside, fence.group(1)):
                break
            code.append(_unindented(inside, indent))
        parts += _apart([_fenced(code, fence.group(2))], "\n".join(code))
    return "\n".join(parts + _prosaic(prose))


def _prosaic(lines: list[str]) -> list[str]:
    if not lines:
        return []
    # Blank lines end every span, so that each stretch between them is read by itself.
    stretches = _BLANK.split("\n".join(lines))
    return ["".join(stretch if at % 2 else _Stretch(stretch).inert() for at, stretch in enumerate(stretches))]


def _apart(parts: list[str], source: str) -> list[str]:
    """Followed by a blank line where a formula might begin that JupyterLab would let run on, through a fence."""
    return [*parts, ""] if _OPENS.search(source) else parts


def _fenced(code: list[str], info: str) -> str:
    longest = max((len(run) for run in _TICKS.findall("\n".join(code))), default=0)
    fence = "`" * max(3, longest + 1)
    found = _LANGUAGE.match(info)
    language = found.group() if found and found.group().lower() != "mermaid" else ""
    return "\n".join([fence + language, *code, fence])


def _closes(line: str, fence: str) -> bool:
    run = line.strip(_SPACE)
    return len(run) >= len(fence) and run == fence[0] * len(run)


def _unindented(line: str, indent: int) -> str:
    leading = len(line) - len(line.lstrip(" \t"))
    return line[min(indent, leading) :]


class _Stretch:
    """A stretch of text without blank lines or code blocks, read from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._written: list[str] = []
        self._absent: set[str] = set()
        self._runs: dict[int, list[int]] | None = None

    def inert(self) -> str:
        """What is written in its place."""
        readers = {"\\": self._backslash, "$": self._dollar, "`": self._code}
        while found := _NEXT.search(self._text, self._at):
            self._write(self._text[self._at : found.start()], found.start())
            readers.get(found.group(), self._plain)()
        return "".join([*self._written, self._text[self._at :]])

    def _write(self, written: str, to: int) -> None:
        if written:
            self._written.append(written)
        self._at = to

    def _formula(self, dollars: str, content: str, to: int) -> None:
        # Where the dollars of two formulas touch, another parser sees a third one open; after a backslash, none close.
        before = " " if self._written and self._written[-1].endswith("$") else ""
        tex = _inline(content) if dollars == "$" else _tex(content)
        after = " " if tex.endswith("\\") else ""
        self._write(f"{before}{dollars}{tex}{after}{dollars}", to)

    def _plain(self) -> None:
        found = _PLAIN.match(self._text, self._at)
        if found is None:
            return self._write(self._text[self._at], self._at + 1)
        said = found.group()
        if said[0] == "~":
            return self._write(_spelled(said), found.end())
        self._write(_PLAINLY.get(said) or f"{said[:3]}&#46;", found.end())

    def _backslash(self) -> None:
        text, at = self._text, self._at
        following = text[at + 1 : at + 2]
        macro = _MACRO.match(text, at)
        if following == "\\" and text[at + 2 : at + 3] in ("[", "("):
            # To nbconvert these open a formula, which would run on to whatever closes it, through a fence.
            self._write(f"\\\\&#{ord(text[at + 2])};", at + 3)
        elif following == "\\" and text.startswith("begin{", at + 2):
            self._write("&#92;", at + 2)
        elif following in ("\\", "`"):
            self._write(text[at : at + 2], at + 2)
        elif following == "$":
            # Two backslashes: Markdown takes one, the other tells MathJax that this dollar opens nothing.
            self._write("\\\\$", at + 2)
        elif following in ("(", "["):
            self._bracketed("\\)" if following == "(" else "\\]", "$" if following == "(" else "$$")
        elif macro:
            self._write(f"\\{macro.group()}", macro.end())
        else:
            self._environment()

    def _bracketed(self, close: str, dollars: str) -> None:
        end = self._find(close, self._at + 2)
        content = "" if end < 0 else self._text[self._at + 2 : end].strip(_SPACE)
        if content and "$" not in content:
            self._formula(dollars, content, end + 2)
        else:
            said = self._text[self._at : self._at + 2]
            # After another backslash, nbconvert sees a formula open.
            after = self._at > 0 and self._text[self._at - 1] == "\\"
            self._write(f"&#92;{said[1]}" if after else said, self._at + 2)

    def _environment(self) -> None:
        name = _ENVIRONMENT.match(self._text, self._at)
        end = self._find(f"\\end{{{name.group(1)}}}", self._at) if name else -1
        if name and end >= 0:
            to = end + len(name.group(1)) + 6
            write = _inline if re.search("[A-Z]", name.group(1)) else _tex
            self._write(write(self._text[self._at : to]), to)
        else:
            # One that nothing here ends might be ended by the words of a code block.
            self._write("&#92;" if self._text.startswith("\\begin{", self._at) else "\\", self._at + 1)

    def _dollar(self) -> None:
        text, at = self._text, self._at
        dollars = "$$" if text[at + 1 : at + 2] == "$" else "$"
        start = at + len(dollars)
        end = self._unescaped(dollars, start)
        content = "" if end < 0 else text[start:end]
        if dollars == "$$":
            formula = bool(content.strip(_SPACE)) and "$" not in content
        else:
            # As in Pandoc: a formula touches its dollars, and no digit follows. “$5 and $6” is money.
            money = text[end + 1 : end + 2] in set("0123456789")
            formula = bool(content) and not (content[0] in _SPACE or content[-1] in _SPACE or money)
        if formula:
            self._formula(dollars, content, end + len(dollars))
        else:
            self._write("\\\\$" * len(dollars), start)

    def _code(self) -> None:
        text, at = self._text, self._at
        found = _TICKS.match(text, at)
        run = found.group() if found else "`"
        end = self._run(len(run), at + len(run))
        if end < 0:
            return self._write(run if len(run) < 3 else _spelled(run), at + len(run))
        content = text[at + len(run) : end]
        # Only code blocks start with three backticks: none is left where another parser could see a fence.
        keep = len(run) < 3 and not _IN_CODE.search(content)
        self._write(run + content + run if keep else f"<code>{_code_of(content)}</code>", end + len(run))

    def _find(self, what: str, start: int) -> int:
        """Where a string comes next; what was sought in vain once is not sought again."""
        end = -1 if what in self._absent else self._text.find(what, start)
        if end < 0:
            self._absent.add(what)
        return end

    def _unescaped(self, dollars: str, start: int) -> int:
        end = self._find(dollars, start)
        while end > 0 and self._text[end - 1] == "\\":
            end = self._find(dollars, end + 1)
        return end

    def _run(self, length: int, start: int) -> int:
        """Where the next run of exactly so many backticks starts."""
        if self._runs is None:
            self._runs = {}
            for run in reversed(list(_TICKS.finditer(self._text))):
                self._runs.setdefault(len(run.group()), []).append(run.start())
        starts = self._runs.get(length, [])
        while starts and starts[-1] < start:
            starts.pop()
        return starts[-1] if starts else -1


def _tex(content: str) -> str:
    """A formula with spaces where something active could start: they change nothing in a formula."""
    content = re.sub(r"\]([(:])", r"] \1", content)
    content = re.sub(r"<(?=[A-Za-z/!?])", "< ", content)
    content = content.replace("://", ": //")
    content = re.sub(r"(www)\.", r"\1 .", content, flags=re.IGNORECASE | re.ASCII)
    content = re.sub(r"@(?! )", "@ ", content)
    content = re.sub(r"([`~])(?=\1\1)", r"\1 ", content)
    return _RUN_BEFORE_MACRO.sub(lambda run: run.group() + "\\" * (len(run.group()) % 2), content)


def _inline(content: str) -> str:
    """A formula that nbconvert does not take for a block, with spaces where it could see one begin and run on."""
    tex = re.sub(r"\\\\(?=[(\[])", r"\\\\ ", _tex(content))
    return _BEGINS.sub(lambda begin: begin[0] + ("" if f"\\end{begin[1]}" in tex[begin.end() :] else " "), tex)


def _code_of(span: str) -> str:
    """The content of a code span as HTML."""
    code = span.replace("\\|", "|").replace("\n", " ")
    return _spelled(code[1:-1] if _PADDED.fullmatch(code) else code)


def _spelled(text: str) -> str:
    """Every mark spelled by its number."""
    return _MARK.sub(lambda mark: f"&#{ord(mark.group())};", text)
