#!/usr/bin/env python3
"""Kills `import` and `link` at random moments: kill.py PROGRAM [--rounds N] [--rows N] [--seed S]

After each kill (SIGKILL, SIGINT or SIGTERM) the case has to open and verify, and all that was reported as done before has to be there: every source
whose import ended with status 0, and the last link run. Prints a line of figures; exit status 1 where anything was lost or broken.
"""
import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def call(program, *arguments):
    done = subprocess.run([program, *arguments, "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    return done.returncode, (json.loads(done.stdout) if done.stdout.strip() else None), done.stderr


def list_file(folder, number, rows, rng):
    """A list of invented people."""
    path = folder / f"list-{number}.csv"
    syllables = ["ka", "ro", "mi", "ta", "ven", "dul", "sha", "lor", "bek", "ni"]
    with path.open("w", encoding="utf-8") as out:
        out.write("id,given_name,family_name,date_of_birth,village\n")
        for row in range(rows):
            given = "".join(rng.choices(syllables, k=2)).title()
            family = "".join(rng.choices(syllables, k=3)).title()
            out.write(f"L{number}-{row},{given},{family},{rng.randint(1930, 1990)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02},Village {rng.randint(1, 9)}\n")
    return path


def run_and_kill(command, after, how):
    """Runs the command, sends the signal after a while, and returns its exit status (negative: the signal that ended it)."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(timeout=after)
    except subprocess.TimeoutExpired:
        process.send_signal(how)
    return process.wait(timeout=120)


def timed(command):
    began = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - began


def check_case(program, case, done_sources, linked):
    # Opening takes back what a killed command had begun; until then verify refuses, since the file is neither before nor after.
    status, count, err = call(program, "count", str(case), "--by", "source", "--show-small")
    if status != 0:
        return f"count: {err}"
    status, verification, err = call(program, "verify", str(case))
    if status != 0 or not verification["ok"]:
        return f"verify: {verification or err}"
    there = {row["source"] for row in count["rows"]}
    missing = done_sources - there
    if missing:
        return f"lost: {missing}"
    if linked and not count["linkage"]["run"]:
        return "the link run is lost"
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--rows", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    os.environ["EVERYNAME_ACTOR"] = "soak"
    program = str(Path(options.program).resolve())
    killed = finished = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lists = [list_file(folder, i, options.rows, rng) for i in range(4)]
        base = folder / "base.everyname"
        subprocess.run([program, "new", str(base)], check=True, stdout=subprocess.DEVNULL)
        timed([program, "import", str(base), str(lists[0]), "--source", "source 0"])
        trial = folder / "trial.everyname"
        shutil.copy(base, trial)
        lasts = {"import": timed([program, "import", str(trial), str(lists[1]), "--source", "source 1"]), "link": timed([program, "link", str(trial)])}
        case = folder / "case.everyname"
        for round_number in range(options.rounds):
            if round_number % 10 == 0:
                shutil.copy(base, case)
                done, linked, next_list = {"source 0"}, False, 1
            what = rng.choice(["import", "link"])
            if what == "import":
                number = next_list
                next_list += 1
                command = [program, "import", str(case), str(lists[number % 4]), "--source", f"source {number}"]
            else:
                command = [program, "link", str(case)]
            how = rng.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
            status = run_and_kill(command, rng.uniform(0, lasts[what] * 1.1), how)
            if status == 0:
                finished += 1
                linked |= what == "link"
                if what == "import":
                    done.add(f"source {number}")
            else:
                killed += 1
            problem = check_case(program, case, done, linked)
            if problem:
                print(f"round {round_number}: {what} ended with {status}: {problem}")
                return 1
    print(f"{options.rounds} rounds: {killed} killed, {finished} finished first; every case opened and verified, nothing reported as done was missing")
    return 0


if __name__ == "__main__":
    sys.exit(main())
