#!/usr/bin/env python3
"""Checks docs/standards.md.

There are at least 45 requirements, numbered without a gap; each says whether it is met (yes, partly, not); each that is names a command that
the program has, or a file that is there.
"""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def commands():
    listed = (ROOT / "src/cli/main.c").read_text(encoding="utf-8")
    return set(re.findall(r"&cmd_(\w+),", listed))


def main():
    known, faults, n = commands(), [], 0
    for line in (ROOT / "docs/standards.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) != 5 or not cells[0].isdigit():
            continue
        n += 1
        number, _, _, met, shown = cells
        if int(number) != n:
            faults.append(f"requirement {number} stands where {n} should")
        if met.split(":")[0] not in ("yes", "partly", "not"):
            faults.append(f"requirement {number}: \"{met}\" is not yes, partly or not")
        named = re.findall(r"`([^`]+)`", shown)
        if not named and met != "not":
            faults.append(f"requirement {number} is shown by nothing")
        for name in named:
            there = name[10:] in known if name.startswith("everyname ") else (ROOT / name).is_file()
            if not there:
                faults.append(f"requirement {number}: there is no {name}")
    if n < 45:
        faults.append(f"only {n} requirements")
    print("\n".join(faults) if faults else f"{n} requirements, each with what shows it")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
