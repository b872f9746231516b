#!/usr/bin/env python3
"""Command-line tests: run.py PROGRAM [FILE.t …]

A .t file is prose with commands in it. A line `  $ command` runs in one shell for the whole file, in an empty folder, with the program on
the PATH as `everyname`; `  > ` continues it. The lines indented by two that follow are its exact output, standard error too, and `  [N]` its exit
status where that is not 0. A line that ends in ` (re)` is a regular expression. SOURCE_DATE_EPOCH and the test source of random bytes are set, so that
ids are the same every time. `run.py --write PROGRAM FILE.t` puts what came out into the file: read the difference before you commit it.
"""
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
MARK = "everyname-test-mark"


class Step:
    def __init__(self, line, command):
        self.line, self.command, self.expected = line, command, []


def read_test(path):
    """The file's lines, and its steps with where each begins."""
    lines = path.read_text(encoding="utf-8").splitlines()
    steps = []
    for number, line in enumerate(lines):
        if line.startswith("  $ "):
            steps.append(Step(number, line[4:]))
        elif line.startswith("  > ") and steps and not steps[-1].expected:
            steps[-1].command += "\n" + line[4:]
        elif line.startswith("  ") and steps:
            steps[-1].expected.append(line[2:])
    return lines, steps


def run_steps(steps, program):
    """What each step printed, its status last where it is not 0."""
    script = "".join(f"{step.command}\nprintf '\\n%s %d %d\\n' {MARK} {i} $?\n" for i, step in enumerate(steps))
    with tempfile.TemporaryDirectory() as folder:
        bin_dir = Path(folder) / "bin"
        work = Path(folder) / "work"
        bin_dir.mkdir()
        work.mkdir()
        (bin_dir / "everyname").symlink_to(program)
        env = {**os.environ, "PATH": f"{bin_dir}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1000000000", "EVERYNAME_TEST_RANDOM": "1",
               "EVERYNAME_ACTOR": "tester", "TESTS": str(HERE), "ROOT": str(ROOT)}
        done = subprocess.run(["bash", "-c", "exec 2>&1\n" + script], cwd=work, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, timeout=900)
    printed = [[] for _ in steps]
    current = 0
    for line in done.stdout.decode("utf-8", "replace").split("\n"):
        mark = re.fullmatch(rf"{MARK} (\d+) (\d+)", line)
        if mark:
            step, status = map(int, mark.groups())
            if printed[step] and printed[step][-1] == "":
                printed[step].pop()
            if status:
                printed[step].append(f"[{status}]")
            current = step + 1
        elif current < len(steps):
            printed[current].append(line)
    return printed


def same(expected, printed):
    if len(expected) != len(printed):
        return False
    return all(re.fullmatch(e[:-5], p) if e.endswith(" (re)") else e == p for e, p in zip(expected, printed))


def rewrite(path, lines, steps, printed):
    out, at = [], 0
    for step, got in zip(steps, printed):
        end = step.line + 1
        while end < len(lines) and lines[end].startswith("  > "):
            end += 1
        out += lines[at:end]
        keep = step.expected if same(step.expected, got) else got
        out += ["  " + line if line else "  " for line in keep]
        at = end
        while at < len(lines) and lines[at].startswith("  ") and not lines[at].startswith("  $ "):
            at += 1
    path.write_text("\n".join(out + lines[at:]) + "\n", encoding="utf-8")


def main():
    arguments = sys.argv[1:]
    write = arguments[0] == "--write"
    program, *names = arguments[write:]
    program = (Path.cwd() / program).resolve()
    files = [Path(name) for name in names] or sorted(HERE.glob("*.t"))
    passed = failed = 0
    for path in files:
        lines, steps = read_test(path)
        printed = run_steps(steps, program)
        if write:
            rewrite(path, lines, steps, printed)
        for step, got in zip(steps, printed):
            if same(step.expected, got):
                passed += 1
                continue
            failed += 1
            print(f"{path.name}:{step.line + 1}: $ {step.command}\n  expected:\n" + "".join(f"    {e}\n" for e in step.expected) + "  printed:\n" +
                  "".join(f"    {p}\n" for p in got))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
