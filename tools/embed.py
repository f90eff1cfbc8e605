#!/usr/bin/env python3
"""Writes OUT.S (the bytes, by .incbin) and OUT.cpp (the sorted table) for files that become part of the binary.

usage: embed.py --out OUT logical=folder …
A file FOLDER/a/b.html becomes "logical/a/b.html". FILE.gz and FILE.br beside FILE are its compressed forms, not
files of their own. Hidden files are left out.
"""
import os
import sys


def files(spec):
    logical, folder = spec.split("=", 1)
    for root, dirs, names in os.walk(folder):
        dirs[:] = sorted(d for d in dirs if not d.startswith("."))
        for name in sorted(names):
            if name.startswith("."):
                continue
            path = os.path.join(root, name)
            relative = os.path.relpath(path, folder).replace(os.sep, "/")
            yield (logical + "/" + relative if logical else relative), path


def main():
    out = sys.argv[sys.argv.index("--out") + 1]
    specs = [a for a in sys.argv[1:] if "=" in a]
    found = {}
    for spec in specs:
        for logical, path in files(spec):
            if logical in found:
                sys.exit(f"embed.py: {logical} comes from {found[logical]} and {path}")
            found[logical] = os.path.abspath(path)
    main_files = [l for l in sorted(found) if not (l[-3:] in (".gz", ".br") and l[:-3] in found)]
    asm, rows, number = [".section .rodata"], [], 0

    def put(path):
        nonlocal number
        if path is None or os.path.getsize(path) == 0:
            return '""'
        name = f"mw_embedded_{number}"
        number += 1
        asm.append(f'.balign 16\n.global {name}\n{name}:\n.incbin "{path}"\n.byte 0')
        rows_extern.append(f"extern const char {name}[];")
        return f"std::string_view({name}, {os.path.getsize(path)})"

    rows_extern = []
    for logical in main_files:
        parts = [put(found[logical]), put(found.get(logical + ".gz")), put(found.get(logical + ".br"))]
        rows.append(f'    {{"{logical}", {", ".join(parts)}}},')
    asm.append('.section .note.GNU-stack,"",@progbits')
    with open(out + ".S", "w") as f:
        f.write("\n".join(asm) + "\n")
    with open(out + ".cpp", "w") as f:
        f.write('#include "platform/base/embedded.h"\n\nextern "C" {\n' + "\n".join(rows_extern) + "\n}\n\n")
        f.write("namespace mitwirken {\nnamespace {\nconst EmbeddedFile table[] = {\n" + "\n".join(rows))
        f.write("\n    {std::string_view(), {}, {}, {}},\n};\n}  // namespace\n\n")
        f.write(f"std::span<const EmbeddedFile> embedded_files() {{ return {{table, {len(rows)}}}; }}\n}}\n")


main()
