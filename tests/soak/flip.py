#!/usr/bin/env python3
"""Flips single bits of a case file: flip.py PROGRAM CASE [--flips N] [--seed S]

Each flip, anywhere in the file, has to make `verify` exit 1. Prints how many were found; exit status 1 where one was missed.
"""
import argparse
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("case")
    parser.add_argument("--flips", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    missed = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "flipped.everyname"
        shutil.copy(options.case, copy)
        if subprocess.run([options.program, "verify", str(copy)], stdout=subprocess.DEVNULL).returncode != 0:
            print("the case does not verify before any bit was flipped")
            return 1
        size = copy.stat().st_size
        with copy.open("r+b") as file:
            for _ in range(options.flips):
                at, bit = rng.randrange(size), rng.randrange(8)
                file.seek(at)
                byte = file.read(1)[0]
                file.seek(at)
                file.write(bytes([byte ^ 1 << bit]))
                file.flush()
                status = subprocess.run([options.program, "verify", str(copy)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
                if status != 1:
                    missed.append((at, bit, status))
                file.seek(at)
                file.write(bytes([byte]))
                file.flush()
    print(f"{options.flips - len(missed)} of {options.flips} flipped bits found" + (f"; missed (byte, bit, status): {missed[:10]}" if missed else ""))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
