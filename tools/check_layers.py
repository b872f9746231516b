#!/usr/bin/env python3
"""Fails where a file includes what its layer may not (CONTRIBUTING.md: "Where things are").

Layers, low to high; a module may include its own headers and those of lower layers, never a neighbour's. Public headers
(include/everyname/NAME.h) belong to the layer of their module. Pure modules include nothing that reads files, clocks or SQL.
"""
import re
import sys
from pathlib import Path

LAYERS = [
    {"base"},
    {"when", "text"},
    {"table"},
    {"link", "estimate", "extract", "synth", "document", "casefile"},
    {"app"},
    {"report"},
    {"serve"},
    {"cli"},
]
LEVEL = {module: level for level, modules in enumerate(LAYERS) for module in modules}
PURE = {"link", "estimate", "extract", "synth"}
PUBLIC_OF_BASE = {"limits"}
# System headers a pure module may not see: files, clocks, SQL, threads.
IMPURE = re.compile(r"^(stdio|fcntl|unistd|time|pthread|dirent|signal|sqlite3.*|sys/.*)\.h$")
# Calls to the operating system live in one file.
OS_ONLY = re.compile(r"^(fcntl|poll|termios|unistd|pthread|dirent|signal|sys/.*)\.h$")
INCLUDE = re.compile(r'^\s*#\s*include\s+(?:"([^"]+)"|<([^>]+)>)')


def module_of(header):
    """The module a quoted header belongs to, or None for one outside the project."""
    parts = Path(header).parts
    if len(parts) < 2:
        return None
    if parts[0] == "everyname":
        stem = Path(parts[1]).stem
        return "base" if stem in PUBLIC_OF_BASE else stem
    return parts[0] if parts[0] in LEVEL else None


def check_file(path, module, root):
    problems = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = INCLUDE.match(line)
        if not found:
            continue
        quoted, system = found.groups()
        where = f"{path.relative_to(root)}:{number}"
        if quoted:
            target = module_of(quoted)
            if target is None:
                if not (path.parent / quoted).exists():
                    problems.append(f'{where}: "{quoted}" is in no module; write it as "module/file.h"')
            elif target != module and LEVEL[target] >= LEVEL[module]:
                problems.append(f"{where}: {module} may not include {target}")
        elif module in PURE and IMPURE.match(system) and not (system == "stdio.h"):
            problems.append(f"{where}: {module} is pure and may not include <{system}>")
        elif OS_ONLY.match(system) and not (module == "base" and path.name == "os.c"):
            problems.append(f"{where}: <{system}> belongs in src/base/os.c")
    return problems


def check_unique_names(files):
    seen, problems = {}, []
    for path in files:
        if path.name in seen and path.suffix in {".c", ".h"} and "include" not in path.parts:
            problems.append(f"{path}: the name is taken by {seen[path.name]}")
        seen.setdefault(path.name, path)
    return problems


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    problems, sources = [], []
    for module_dir in sorted((root / "src").iterdir()):
        if module_dir.name not in LEVEL:
            problems.append(f"src/{module_dir.name}: no such layer; add it to tools/check_layers.py")
            continue
        for path in sorted(module_dir.rglob("*.[ch]")):
            sources.append(path)
            problems += check_file(path, module_dir.name, root)
    for path in sorted((root / "include" / "everyname").glob("*.h")):
        problems += check_file(path, module_of(f"everyname/{path.name}"), root)
    problems += check_unique_names(sources)
    print("\n".join(problems) if problems else f"layers hold: {len(sources)} files")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
