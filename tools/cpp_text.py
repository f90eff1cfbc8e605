"""Splits C++ and TypeScript into code, comments and literals, so that checks do not trip over words in the wrong place.

What must stay true: every piece keeps its line number, and blanked text keeps its length and its line breaks, so
positions in the result are positions in the file. Raw strings R"x(…)x", template literals `…` and regular expressions
of TypeScript are understood.
"""
import re

TOKEN = re.compile(
    r"""(?P<line>//[^\n]*)
      | (?P<block>/\*.*?\*/)
      | (?P<raw>R"(?P<mark>[^()\\ \n]{0,16})\(.*?\)(?P=mark)")
      | (?P<string>"(?:[^"\\\n]|\\.)*")
      | (?P<char>(?<![0-9a-fA-F])'(?:[^'\\\n]|\\.)*')
      | (?P<template>`(?:[^`\\]|\\.)*`)
      | (?P<regex>(?<=[=(,:!&|?\[])[ ]*/(?![*/])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/)""",
    re.VERBOSE | re.DOTALL)


def pieces(text, cpp=True):
    """(kind, start, end) of comments and literals, in order; kinds: comment, literal."""
    for match in TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "mark":
            kind = "raw"
        if cpp and kind in ("template", "regex"):
            continue
        yield ("comment" if kind in ("line", "block") else "literal"), match.start(), match.end()


def blank(text, kinds, cpp=True):
    """The text with the pieces of these kinds replaced by spaces; a literal keeps its first and last character."""
    out, at = [], 0
    for kind, start, end in pieces(text, cpp):
        if kind not in kinds:
            continue
        inner = (start, end) if kind == "comment" else (start + 1, end - 1)
        out.append(text[at:inner[0]])
        out.append(re.sub(r"[^\n]", " ", text[inner[0]:inner[1]]))
        at = inner[1]
    out.append(text[at:])
    return "".join(out)


def literals(text):
    """(line, content) of every string literal; neighbours that the compiler joins come as one."""
    found, last_end = [], None
    for kind, start, end in pieces(text):
        if kind != "literal" or text[start] == "'":
            continue
        body = text[start:end]
        content = re.sub(r'^R"[^(]*\(|\)[^)"]*"$', "", body) if body.startswith("R") else body[1:-1]
        if found and last_end is not None and not text[last_end:start].strip():
            found[-1] = (found[-1][0], found[-1][1] + content)
        else:
            found.append((line_of(text, start), content))
        last_end = end
    return found


def line_of(text, position):
    return text.count("\n", 0, position) + 1
