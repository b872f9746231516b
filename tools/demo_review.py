#!/usr/bin/env python3
"""Decides on the example's proposals as a reviewer would: demo_review.py EVERYNAME CASE DECISIONS

Each line of DECISIONS names a source, a kind and words of the quotation, and what is corrected. What no line names stays undecided.
"""
import json
import subprocess
import sys


def named(correction, totals):
    """part_of=@WORDS is the proposal whose quotation begins with these words."""
    field, value = correction.split("=", 1)
    if not value.startswith("@"):
        return correction
    return field + "=" + next(i for quote, i in totals.items() if quote.startswith(value[1:]))


def main():
    everyname, case, decisions = sys.argv[1:]
    listed = json.loads(subprocess.run([everyname, "review", case, "--list", "--json"], check=True, capture_output=True, text=True).stdout)
    everything = list(listed["proposals"])
    with open(decisions, encoding="utf-8") as file:
        for decision in map(json.loads, file):
            found = [p for p in listed["proposals"] if p["kind"] == decision["kind"] and p["source"].startswith(decision["source"]) and decision["words"] in p["item"]["quote"]]
            if not found:
                print("no proposal for", decision, file=sys.stderr)
                continue
            totals = {p["item"]["quote"]: p["id"] for p in everything if p["kind"] == decision["kind"]}
            corrections = [named(c, totals) for c in decision["corrections"]]
            how = ["--correct", found[0]["id"], *corrections] if corrections else ["--confirm", found[0]["id"]]
            subprocess.run([everyname, "review", case, *how], check=True, stdout=subprocess.DEVNULL)
            listed["proposals"].remove(found[0])
    return 0


if __name__ == "__main__":
    sys.exit(main())
