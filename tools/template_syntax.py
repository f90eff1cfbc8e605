"""What tools share about the language of templates (docs/i18n.md, src/platform/html/loader.h).

Invariant: accepts exactly what src/platform/html/loader.cpp accepts; both refuse with "file:line: reason".
A template holds {{MARKERS}} of ctemplate, [[English text]], [[asset:app.css]] and [[>module/partial.html name=value]].
"""
import os
import re

EXTENSIONS = (".html", ".txt", ".xml")
BUILT_IN = ("BI_NEWLINE", "BI_SPACE")
MODIFIERS = {"x-safe-html", "h", "html_escape", "p", "pre_escape", "u", "url_query_escape", "j", "javascript_escape",
             "o", "json_escape", "xml_escape", "H=attribute", "html_escape_with_arg=attribute", "U=html",
             "url_escape_with_arg=html"}
COMMENT = re.compile(r"<!--.*?-->", re.S)
MARKER = re.compile(r"\{\{(.*?)\}\}", re.S)
NAME = re.compile(r"[A-Z][A-Z0-9_]*\Z")
ARGUMENT = r'[a-z][a-z_]*=(?:"[^"]*"|[^\s"\]]+)'
INCLUDE = re.compile(r"\[\[>\s*([a-z0-9_]+)/([A-Za-z0-9_./-]+)((?:\s+" + ARGUMENT + r")*)\s*\]\]")
TEXT = re.compile(r"\[\[(?!>|\s*asset:)(.*?)\]\]", re.S)
PARAMETER = re.compile(r"\$([a-z][a-z_]*)")


class TemplateError(Exception):
    def __init__(self, file, text, offset, reason):
        super().__init__(f"{file}:{text.count(chr(10), 0, offset) + 1}: {reason}")


def without_comments(file, text):
    """HTML comments become the line breaks they hold, so that line numbers stay."""
    if file.endswith(".txt"):
        return text
    return COMMENT.sub(lambda m: "\n" * m.group().count("\n"), text)


def read(path):
    with open(path, encoding="utf-8") as f:
        return without_comments(path, f.read())


def template_files(folder):
    """Templates below a folder: (path, path relative to the folder). Partials are not templates."""
    for root, dirs, names in os.walk(folder):
        dirs[:] = sorted(d for d in dirs if not d.startswith("."))
        for name in sorted(names):
            path = os.path.join(root, name)
            relative = os.path.relpath(path, folder).replace(os.sep, "/")
            if name.endswith(EXTENSIONS) and not name.startswith("."):
                yield path, relative


def is_partial(relative):
    return relative.startswith("partials/")


def folder_finder(source, own_module, own_folder):
    """A function from a module's name to its templates folder; `own_folder` is that of the module being read."""
    return lambda module: own_folder if module == own_module else templates_folder(source, module)


def templates_folder(source, module):
    for candidate in (module, "modules/" + module, "core/" + module, "platform/" + module):
        folder = os.path.join(source, candidate, "templates")
        if os.path.isdir(folder):
            return folder
    return None


def arguments(text):
    found = {}
    for word in re.findall(ARGUMENT, text):
        name, value = word.split("=", 1)
        found[name] = value[1:-1] if value.startswith('"') else value
    return found


def texts(file, text):
    """The English texts of a file, each once, in order: (msgid, line). Texts of its partials are not its own."""
    for match in TEXT.finditer(text):
        msgid = " ".join(match.group(1).split())
        if not msgid:
            raise TemplateError(file, text, match.start(), "an empty [[text]]")
        if not file.endswith(".txt") and "<" in msgid:
            raise TemplateError(file, text, match.start(), "mark-up inside [[text]]: close the text before the tag")
        if PARAMETER.search(msgid):
            raise TemplateError(file, text, match.start(), "a $parameter inside [[text]] cannot be translated")
        yield msgid, text.count("\n", 0, match.start()) + 1


def markers(file, text, folder_of, used, depth=0):
    """All {{markers}} with the partials put in: (content, file, text, offset). `used` collects the partials' paths."""
    position = 0
    pattern = re.compile(MARKER.pattern + r"|\[\[>", re.S)
    while True:
        match = pattern.search(text, position)
        if not match:
            return
        if match.group() != "[[>":
            yield match.group(1), file, text, match.start()
            position = match.end()
            continue
        include = INCLUDE.match(text, match.start())
        if not include:
            raise TemplateError(file, text, match.start(), "write [[>module/file.html name=value]]")
        if depth > 8:
            raise TemplateError(file, text, match.start(), "partials that include each other")
        module, name, given = include.group(1), include.group(2), arguments(include.group(3))
        if name.startswith("partials/"):
            name = name[len("partials/"):]
        folder = folder_of(module)
        path = os.path.join(folder, "partials", name) if folder else ""
        if not os.path.isfile(path):
            raise TemplateError(file, text, match.start(), f"there is no {module}/templates/partials/{name}")
        used.add(path)
        inner = read(path)
        asked = set(PARAMETER.findall(inner))
        if asked != set(given):
            wrong = ", ".join(sorted("$" + n for n in asked ^ set(given)))
            raise TemplateError(file, text, match.start(), f"arguments differ from those of {module}/{name}: {wrong}")
        inner = PARAMETER.sub(lambda m: given[m.group(1)], inner)
        yield from markers(path, inner, folder_of, used, depth + 1)
        position = include.end()


class Names:
    """The names of one template by kind: each name has one kind."""

    def __init__(self):
        self.kinds = {}

    def add(self, name, kind, file, text, offset):
        known = self.kinds.setdefault(name, kind)
        if known != kind:
            raise TemplateError(file, text, offset, f"{name} is used as {known} and as {kind}")


def names(file, text, folder_of, used):
    """The names of a template; raises TemplateError for what the loader would refuse."""
    result, open_sections = Names(), []
    for content, where, inner, offset in markers(file, text, folder_of, used):
        def fail(reason):
            raise TemplateError(where, inner, offset, reason)
        if content.startswith("!"):
            continue
        if content.startswith("%"):
            fail("no {{%pragmas}}: escaping is chosen by the file's ending")
        sign = content[0] if content[:1] in "#/>" else ""
        name, *modifiers = content[len(sign):].split(":")
        separator = name.endswith("_separator") and sign in ("#", "/")
        if separator:
            name = name[:-len("_separator")]
        if not NAME.match(name) or "__" in name:
            fail(f"{{{{{content}}}}}: names are upper-case letters, digits and single _")
        if sign and modifiers:
            fail(f"{{{{{content}}}}}: only variables have modifiers")
        for modifier in modifiers:
            if modifier not in MODIFIERS:
                fail(f"the modifier :{modifier} is not allowed")
        full = content[1:]
        if sign == "#":
            if separator and (not open_sections or open_sections[-1][0] != name):
                fail(f"{{{{{content}}}}} belongs directly into {{{{#{name}}}}}")
            open_sections.append((full, where, inner, offset))
        elif sign == "/":
            if not open_sections or open_sections[-1][0] != full:
                expected = f", {{{{/{open_sections[-1][0]}}}}} is due" if open_sections else ""
                fail(f"{{{{/{full}}}}} closes nothing{expected}")
            open_sections.pop()
        if separator or (not sign and name in BUILT_IN):
            continue
        kind = {"#": "Section", "/": "Section", ">": "Include"}.get(sign, "Var")
        if "x-safe-html" in modifiers:
            kind = "SafeVar"
            if modifiers != ["x-safe-html"]:
                fail(":x-safe-html stands alone")
            if not file.endswith(".html"):
                fail(":x-safe-html is for .html only")
        result.add(name, kind, where, inner, offset)
    if open_sections:
        name, where, inner, offset = open_sections[-1]
        raise TemplateError(where, inner, offset, f"{{{{#{name}}}}} is never closed")
    return result.kinds
