#!/usr/bin/env python3
"""The texts of the program and their translations, per module (docs/i18n.md). Needs gettext and python3-polib.

usage: po.py extract                     all English texts, one a line: module, file, text
       po.py update [LANGUAGE]           brings locale/de.po of every module up to date: new texts come in (with the
                                         translation another module has), vanished ones go, translations stay. Other
                                         languages only lose what vanished; LANGUAGE asks for all texts in it.
       po.py check                       lists what is missing or wrong; exit status 1 when there is something
       po.py merge --language L --out F.mo FILES…   for the build (cmake/translations.cmake)
option --source SRC: the folder with platform/ core/ modules/ app/ (default: src beside tools/).

Invariant: a text may stand in several modules, but has one translation per language.
"""
import argparse
import os
import re
import subprocess
import sys

try:
    import polib
except ImportError:  # another python3 stands before Debian's; the package is one plain file
    sys.path.append("/usr/lib/python3/dist-packages")
    import polib

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import template_syntax as syntax  # noqa: E402

PLURALS = {"ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"}
TWO_FORMS = "nplurals=2; plural=(n != 1);"
MARKER = re.compile(r"\{\{.*?\}\}")
ARGUMENT = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def key(entry):
    return (entry.msgctxt or "", entry.msgid)


def translation(entry):
    if entry.msgid_plural:
        return tuple(text for _, text in sorted(entry.msgstr_plural.items(), key=lambda item: int(item[0])))
    return (entry.msgstr,)


def is_translated(entry):
    return all(translation(entry)) and bool(translation(entry)) and "fuzzy" not in entry.flags


def modules(source):
    """Folders that have a locale folder of their own, relative to the source folder."""
    found = [floor for floor in ("platform", "core", "app") if os.path.isdir(os.path.join(source, floor))]
    parent = os.path.join(source, "modules")
    if os.path.isdir(parent):
        found += sorted("modules/" + n for n in os.listdir(parent) if os.path.isdir(os.path.join(parent, n)))
    return found


def walk(folder, endings):
    for root, dirs, names in os.walk(folder):
        dirs[:] = sorted(d for d in dirs if d not in ("tests", "locale") and not d.startswith("."))
        for name in sorted(names):
            if name.endswith(endings):
                yield os.path.join(root, name)


def from_code(source, result):
    """Texts in tr_noop("…"), tr("…") and plural("…", "…"); gettext reads C++ for us."""
    files = [p for module in modules(source) for p in walk(os.path.join(source, module), (".cpp", ".h"))]
    if not files:
        return
    names = [os.path.relpath(p, source) for p in files]
    run = subprocess.run(
        ["xgettext", "--language=C++", "--from-code=UTF-8", "--keyword", "--keyword=tr_noop:1", "--keyword=tr:1",
         "--keyword=plural:1,2", "--no-wrap", "--files-from=-", "--output=-"],
        input="\n".join(names), capture_output=True, text=True, cwd=source)
    if run.returncode:
        sys.exit(run.stderr)
    if not run.stdout:
        return
    for entry in polib.pofile(run.stdout):
        for file, _line in entry.occurrences:
            add(result, source, file, entry.msgid, entry.msgid_plural, entry.msgctxt)


def module_of(file):
    parts = file.split("/")
    return "/".join(parts[:2]) if parts[0] == "modules" else parts[0]


def add(result, source, file, msgid, plural="", context=None):
    module = module_of(file)
    short = os.path.relpath(file, module)
    entries = result.setdefault(module, {})
    entry = entries.setdefault((context or "", msgid), polib.POEntry(msgid=msgid, msgctxt=context or None))
    if plural:
        entry.msgid_plural = plural
    if (short, "") not in entry.occurrences:
        entry.occurrences.append((short, ""))


def extract(source):
    """module -> {(context, English text): entry without translation}"""
    result = {}
    from_code(source, result)
    for module in modules(source):
        for path in walk(os.path.join(source, module), syntax.EXTENSIONS):
            if "/templates/" not in path:
                continue
            for msgid, _line in syntax.texts(path, syntax.read(path)):
                add(result, source, os.path.relpath(path, source), msgid)
    for entries in result.values():
        for entry in entries.values():
            entry.occurrences.sort()
    return result


def catalogue(source, module, language):
    return os.path.join(source, module, "locale", language + ".po")


def languages_of(source, module):
    folder = os.path.join(source, module, "locale")
    if not os.path.isdir(folder):
        return []
    return sorted(n[:-3] for n in os.listdir(folder) if n.endswith(".po"))


def load(path):
    return {key(e): e for e in polib.pofile(path) if not e.obsolete} if os.path.exists(path) else {}


def all_catalogues(source):
    return {(module, language): load(catalogue(source, module, language))
            for module in modules(source) for language in languages_of(source, module)}


def header(language):
    return {"Project-Id-Version": "mitwirken", "Language": language, "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit",
            "Plural-Forms": PLURALS.get(language, TWO_FORMS)}


def as_po(language, entries):
    po = polib.POFile(wrapwidth=110)
    po.metadata = header(language)
    po.extend(sorted(entries, key=lambda e: (e.occurrences[:1], e.msgid, e.msgctxt or "")))
    return po


def write(path, language, entries):
    if not entries:
        if os.path.exists(path):
            os.remove(path)
        return
    text = str(as_po(language, entries)) + "\n"
    if os.path.exists(path):
        with open(path, encoding="utf-8") as f:
            if f.read() == text:
                return
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def forms(language):
    return int(re.search(r"nplurals=(\d)", PLURALS.get(language, TWO_FORMS)).group(1))


def merged(wanted, old, language):
    """The entry as the source has it now, with the translation it had."""
    entry = polib.POEntry(msgid=wanted.msgid, msgctxt=wanted.msgctxt, occurrences=list(wanted.occurrences))
    if wanted.msgid_plural:
        entry.msgid_plural = wanted.msgid_plural
        entry.msgstr_plural = {i: "" for i in range(forms(language))}
    if old is None:
        return entry
    entry.tcomment, entry.flags = old.tcomment, list(old.flags)
    if bool(old.msgid_plural) != bool(wanted.msgid_plural):
        return entry
    if wanted.msgid_plural:
        entry.msgstr_plural.update({i: t for i, t in old.msgstr_plural.items() if i < forms(language)})
    else:
        entry.msgstr = old.msgstr
    return entry


def update(source, full):
    texts, known = extract(source), all_catalogues(source)
    elsewhere = {}
    for (_module, language), entries in known.items():
        for k, entry in entries.items():
            if is_translated(entry):
                elsewhere.setdefault((language, k), entry)
    for module in modules(source):
        wanted = texts.get(module, {})
        for language in sorted({*languages_of(source, module), *full}):
            old = known.get((module, language), {})
            entries = []
            for k, entry in wanted.items():
                found = old.get(k)
                if language in full and (found is None or not any(translation(found))):
                    found = elsewhere.get((language, k), found)
                if found is not None or language in full:
                    entries.append(merged(entry, found, language))
            write(catalogue(source, module, language), language, entries)


def arguments(text):
    return set(ARGUMENT.findall(MARKER.sub("", text)))


def faults(entry):
    """What is wrong with the translation itself."""
    both = arguments(entry.msgid) | arguments(entry.msgid_plural or "")
    for text in translation(entry):
        if not text:
            continue
        if sorted(MARKER.findall(text)) != sorted(MARKER.findall(entry.msgid)):
            yield f"other {{{{markers}}}} than in the source: {text!r}"
        found = arguments(text)
        optional = {"n"} if entry.msgid_plural else set()
        if found - both or both - found - optional:
            yield f"other {{arguments}} than in the source: {text!r}"


def conflicts(catalogues):
    """Texts with differing translations: catalogues is a list of (name, entries)."""
    first = {}
    for name, entries in catalogues:
        for k, entry in entries.items():
            if not is_translated(entry):
                continue
            other_name, other = first.setdefault(k, (name, entry))
            if translation(other) != translation(entry) or bool(other.msgid_plural) != bool(entry.msgid_plural):
                yield (f"{entry.msgid!r} has two translations:\n    {other_name}: {' | '.join(translation(other))}\n"
                       f"    {name}: {' | '.join(translation(entry))}")


def check(source):
    texts, known = extract(source), all_catalogues(source)
    found = []
    for module in modules(source):
        path = os.path.relpath(catalogue(source, module, "de"), os.path.join(source, ".."))
        german = known.get((module, "de"), {})
        for k, entry in texts.get(module, {}).items():
            if k not in german or not is_translated(german[k]):
                fuzzy = k in german and "fuzzy" in german[k].flags
                where = ", ".join(name for name, _ in entry.occurrences)
                found.append(f"{path}: {'fuzzy' if fuzzy else 'not translated'}: {entry.msgid!r} ({where})")
    for (module, language), entries in known.items():
        path = os.path.relpath(catalogue(source, module, language), os.path.join(source, ".."))
        for k, entry in entries.items():
            if k not in texts.get(module, {}):
                found.append(f"{path}: no longer in the source, run ./dev po: {entry.msgid!r}")
            found += [f"{path}: {entry.msgid!r}: {fault}" for fault in faults(entry)]
    for language in sorted({language for _, language in known}):
        named = [(os.path.relpath(catalogue(source, m, language), os.path.join(source, "..")), e)
                 for (m, l), e in known.items() if l == language]
        found += conflicts(named)
    print("\n".join(found) if found else "all texts are translated")
    return 1 if found else 0


def merge(language, out, files):
    catalogues = [(path, load(path)) for path in files]
    wrong = list(conflicts(catalogues))
    if wrong:
        sys.exit("\n".join(wrong))
    entries = {}
    for _path, found in catalogues:
        for k, entry in found.items():
            if is_translated(entry):
                entries.setdefault(k, entry)
    text = str(as_po(language, entries.values())) + "\n"
    os.makedirs(os.path.dirname(os.path.abspath(out)), exist_ok=True)
    run = subprocess.run(["msgfmt", "--check", "--output-file=" + out, "-"], input=text, text=True, capture_output=True)
    if run.returncode:
        sys.exit(f"{language}: {run.stderr}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=["extract", "update", "check", "merge"])
    parser.add_argument("names", nargs="*")
    parser.add_argument("--source", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "src"))
    parser.add_argument("--language")
    parser.add_argument("--out")
    options = parser.parse_intermixed_args()
    source = os.path.normpath(options.source)
    try:
        if options.command == "extract":
            for module, entries in sorted(extract(source).items()):
                for entry in entries.values():
                    print(module, entry.occurrences[0][0], entry.msgid, sep="\t")
        elif options.command == "update":
            update(source, {"de", *options.names})
        elif options.command == "merge":
            merge(options.language, options.out, options.names)
        else:
            return check(source)
    except (syntax.TemplateError, OSError) as error:
        sys.exit(str(error))
    return 0


if __name__ == "__main__":
    sys.exit(main())
