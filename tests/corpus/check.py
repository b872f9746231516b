#!/usr/bin/env python3
"""Checks the annotated reports of tests/corpus: every quotation equals its bytes, names are known, parts have a total.

    tests/corpus/check.py [FOLDER...]
"""
import json
import sys
from pathlib import Path

import schema

ROOT = Path(__file__).resolve().parent


def among(item, key, names):
    if item[key] is not None and item[key] not in names:
        yield f"{key} {item[key]!r} is no known name"


def quotation(text, item):
    quote = item["quote"].encode()
    if text[item["start"]:item["end"]] != quote:
        yield f"bytes {item['start']}..{item['end']} are not {item['quote']!r}"
    if not 0 < len(quote) <= schema.QUOTE_BYTES:
        yield f"a quotation of {len(quote)} bytes: {item['quote']!r}"
    if "\n\n" in item["quote"]:
        yield f"a quotation over paragraphs: {item['quote']!r}"


def bounds(figure):
    stated = [figure[k] for k in ("low", "best", "high") if figure[k] is not None]
    if stated != sorted(stated):
        yield f"low, best, high out of order: {figure['quote']!r}"
    if not stated and not figure["qualifier"]:
        yield f"no number and no qualifier: {figure['quote']!r}"


def total(figures, index):
    seen = {index}
    while (index := figures[index]["part_of"]) is not None:
        if not 0 <= index < len(figures):
            yield f"part_of {index} is no figure"
            return
        if index in seen:
            yield f"a part of itself: {figures[index]['quote']!r}"
            return
        seen.add(index)


def figures(text, items):
    for index, figure in enumerate(items):
        yield from among(figure, "category", schema.CATEGORIES)
        yield from among(figure, "unit", schema.UNITS)
        yield from among(figure, "group", schema.GROUPS)
        yield from among(figure, "modality", schema.MODALITIES)
        yield from bounds(figure)
        yield from total(items, index)
        start, number = figure["number_start"], figure["number"].encode()
        if text[start:start + len(number)] != number or not figure["start"] <= start <= start + len(number) <= figure["end"]:
            yield f"the number {figure['number']!r} is not within {figure['quote']!r}"
        if figure["category"] != "other" and (figure["unit"] is None or figure["group"] is None):
            yield f"no unit or group: {figure['quote']!r}"


def others(found):
    for item in found["characterisations"]:
        yield from among(item, "mode", schema.MODES)
        if not item["term"] or not item["mode"]:
            yield f"no term or mode: {item['quote']!r}"
    for item in found["instruments"]:
        yield from among(item, "kind", schema.KINDS)
        yield from among(item, "implementation", schema.IMPLEMENTATIONS)
        if not item["kind"]:
            yield f"no kind: {item['quote']!r}"
    for item in found["allegations"]:
        yield from among(item, "response", schema.RESPONSES)
        if not item["act"]:
            yield f"no act: {item['quote']!r}"


def report(path):
    """What is wrong with one annotated report."""
    source = path.with_suffix(".txt")
    if not source.exists():
        yield "no text"
        return
    text, found = source.read_bytes(), json.loads(path.read_text(encoding="utf-8"))
    if b"\r" in text or text.decode().startswith("\ufeff"):
        yield "a carriage return or byte order mark"
    if schema.held(int(path.name.split("-")[0])) != (path.parent.name == "held"):
        yield "every third number is held, and no other"
    if found["language"] != path.parent.parent.name or list(found["source"]) != schema.SOURCE:
        yield "language or source"
    wrong_keys = False
    for key, keys in schema.ITEMS.items():
        for item in found[key]:
            if list(item) != keys:
                wrong_keys = True
                yield f"{key}: keys are {list(item)}"
            else:
                yield from quotation(text, item)
    if not wrong_keys:
        yield from figures(text, found["figures"])
        yield from others(found)


def main():
    folders = [Path(f) for f in sys.argv[1:]] or [ROOT]
    paths = sorted(p for folder in folders for p in folder.rglob("*.json"))
    bad = 0
    for path in paths:
        for problem in report(path):
            bad += 1
            print(f"{path}: {problem}")
    for folder in folders:
        for text in sorted(folder.rglob("*.txt")):
            if not text.with_suffix(".json").exists():
                bad += 1
                print(f"{text}: not annotated")
    print(f"{len(paths)} reports, {bad} problems")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
