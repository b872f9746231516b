#!/usr/bin/env python3
"""Turns vocab/nicknames.json into one C source: embed_nicknames.py OUT.c FILE.json

Each group becomes one string, its names parted by '|'; the array ends with NULL.
"""
import json
import sys
from pathlib import Path


def c_string(text):
    escaped = "".join(chr(b) if 32 <= b < 127 and chr(b) not in '"\\?' else f"\\{b:03o}" for b in text.encode("utf-8"))
    return f'    "{escaped}",'


def main():
    out, file = sys.argv[1:]
    groups = json.loads(Path(file).read_text(encoding="utf-8"))["groups"]
    rows = [c_string("|".join(group["of"] + group["short"])) for group in groups]
    text = "/* Made by tools/embed_nicknames.py. */\n#include \"link/lookup.h\"\n\nconst char *const link_nickname_groups[] = {\n"
    Path(out).write_text(text + "\n".join(rows) + "\n    0};\n", encoding="ascii")


if __name__ == "__main__":
    main()
