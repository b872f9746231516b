#!/usr/bin/env python3
"""The ten lines that end the demo: what was recorded, what is true, what was estimated. demo_table.py OUT EXAMPLES

OUT holds the report's own JSON and the trace of the total, kept by tools/demo; EXAMPLES holds truth.csv and links.csv. The truth is used here
and nowhere else.
"""
import collections
import csv
import json
import sys
from pathlib import Path


def read_csv(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def linked_persons(out):
    """rec_id → person of the case, over the records that the case counts: the first cell of each row's own bytes is its id."""
    trace = json.loads((out / "trace.json").read_text(encoding="utf-8"))
    return {next(csv.reader([record["quote"]]))[0]: record["person"] for record in trace["because"]}


def pairs(n):
    return n * (n - 1) // 2


def pair_f1(persons, truth):
    both = collections.Counter((persons[r], truth[r]) for r in persons)
    together = sum(map(pairs, both.values()))
    found = sum(map(pairs, collections.Counter(persons.values()).values()))
    true = sum(map(pairs, collections.Counter(truth[r] for r in persons).values()))
    return 2 * together / (found + true)


def number(value):
    return f"{value:,.0f}" if isinstance(value, (int, float)) else "–" if value is None else value


def main():
    out, examples = Path(sys.argv[1]), Path(sys.argv[2])
    estimate = json.loads((out / "report" / "report.json").read_text(encoding="utf-8"))["estimate"]
    by_status = {row["status"]: row["n"] for row in json.loads((out / "count.json").read_text(encoding="utf-8"))["rows"]}
    people = read_csv(examples / "truth.csv")
    entity_of = {row["rec_id"]: row["entity_id"] for row in read_csv(examples / "links.csv")}
    persons = linked_persons(out)
    truth = {r: entity_of[r] for r in persons}
    on_a_list = len(set(truth.values()))
    recorded, best = estimate["observed"], estimate["recommended"]
    line = "{:<28} {:>10} {:>10}   {}".format
    print(line("", "recorded", "true", "estimated"))
    if best:
        interval = f"{number(best['median'])}  [{number(best['low'])} – {number(best['high'])}]"
        missed = f"{number(best['median'] - recorded)}  [{number(best['low'] - recorded)} – {number(best['high'] - recorded)}]"
        covers = "yes" if best["low"] <= len(people) <= best["high"] else "NO"
    else:
        interval, missed, covers = "no headline number", "", "no interval"
    print(line("people harmed", number(recorded), number(len(people)), interval))
    print(line("  on no list", "–", number(len(people) - on_a_list), missed))
    print(line("persons on a list", number(recorded), number(on_a_list), ""))
    true_status = collections.Counter(p["status"] for p in people)
    for status in ("killed", "missing", "taken"):
        print(line(f"  {status}", number(by_status.get(status, 0)), number(true_status[status]), ""))
    print(line("  status unknown", number(by_status.get("unknown", 0)), "0", ""))
    print(line("linked persons, F1 of pairs", f"{pair_f1(persons, truth):.3f}", "1.000", ""))
    print(line("the interval covers the truth", covers, "", ""))


if __name__ == "__main__":
    main()
