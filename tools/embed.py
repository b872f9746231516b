#!/usr/bin/env python3
"""Turns files into one C source: embed.py OUT.c NAME=FILE …

Each file becomes `const char NAME[]` (a NUL byte after it) and `const size_t NAME_len`. Declare them extern where they are used.
"""
import sys
from pathlib import Path


def c_array(name, content):
    rows = [", ".join(str(byte if byte < 128 else byte - 256) for byte in content[i : i + 24]) for i in range(0, len(content), 24)]
    body = ",\n    ".join(rows + ["0"]) if content else "0"
    return f"extern const char {name}[];\nextern const size_t {name}_len;\nconst char {name}[] = {{\n    {body}}};\nconst size_t {name}_len = {len(content)};\n"


def main():
    out, *pairs = sys.argv[1:]
    parts = ["/* Made by tools/embed.py. */\n#include <stddef.h>\n"]
    for pair in pairs:
        name, file = pair.split("=", 1)
        parts.append(c_array(name, Path(file).read_bytes()))
    Path(out).write_text("\n".join(parts), encoding="ascii")


if __name__ == "__main__":
    main()
