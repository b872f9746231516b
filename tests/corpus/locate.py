#!/usr/bin/env python3
"""Makes the pairs NN-slug.txt, NN-slug.json out of reports written with short annotations, and finds every quotation's bytes.

    tests/corpus/locate.py tests/corpus/en FILE...

A FILE holds reports one after another; number NN goes to held/ where it is a multiple of three, else to open/:

    #### 07-ferry
    Headline

    Text. One line a paragraph.
    ----
    S date 2031-03-04 | place Oresha | agency Lakeside Wire | author Tam Iru | title Headline
    E place Oresha | date 2031-03-03
    B m Ilo Marn; mayor of Oresha
    F a | at least {41} people were killed in the market | killed >=41 | whom people | qual at least | by @m
    F | among them {nine} children | killed =9 children | of a
    C | quotation | term massacre | mode asserts | body B | via V | to A | subject S | date D | basis L
    I | quotation | kind resolution | body B | symbol 12 (2030) | date D | count N | to A | demands D | impl partly | by X; role
    A | quotation | act shelled the market | actor the army | degree ordered | response denies | by X

S: the source. E: place and date of the figures that follow (`place -` is none). B: a speaker, used as `by @m`.
F: a name for `of` (may be left out); the quotation with the number in braces; category, number, and where not the usual
ones: unit, group, hypothetical|planned|negated, cumulative. The number is =N, >=N (at least), <=N (up to), ~N (about), A..B, or ? (dozens).
A part (`of`) has its total's speaker unless it says `by` itself; `by -` is the report. A total may stand after its part.
Any line: `nth 2` where the quotation is found more than once.
What is not found, found more than once without nth, or no known name, is an error, and nothing of that report is written.
"""
import json
import sys
from pathlib import Path

import schema

# For each kind of line: the fields that it may have, and what they are called in JSON.
FIELDS = {
    "F": {k: k for k in ("whom", "of", "by", "place", "date", "period", "citing", "nth")} | {"qual": "qualifier"},
    "C": {k: k for k in ("term", "mode", "body", "via", "subject", "date", "nth")} | {"to": "addressee", "basis": "legal_basis"},
    "I": {k: k for k in ("kind", "body", "symbol", "date", "count", "demands", "by", "nth")} | {"to": "addressee", "impl": "implementation"},
    "A": {k: k for k in ("act", "actor", "degree", "response", "by", "nth")},
    "S": {k: k for k in schema.SOURCE},
    "E": {k: k for k in ("place", "date")},
}


class Mistake(Exception):
    pass


def fields_of(kind, parts):
    out = {}
    for part in parts:
        key, _, value = part.strip().partition(" ")
        if key not in FIELDS[kind]:
            raise Mistake(f"no field {key!r} in {kind}")
        out[FIELDS[kind][key]] = None if value.strip() in ("-", "") else value.strip()
    return out


def find(text, marked, nth):
    """The quotation, its bytes, and where it has braces the number and its first byte."""
    before, brace, rest = marked.partition("{")
    number, _, after = rest.partition("}")
    quote = before + number + after
    at, found = text.find(quote), []
    while at >= 0:
        found.append(at)
        at = text.find(quote, at + 1)
    if not found or (len(found) > 1 and nth is None) or (nth or 1) > len(found):
        raise Mistake(f"found {len(found)} times: {quote!r}")
    at = found[(nth or 1) - 1]
    start = len(text[:at].encode())
    place = {"quote": quote, "start": start, "end": start + len(quote.encode())}
    if len(quote.encode()) > schema.QUOTE_BYTES:
        raise Mistake(f"longer than {schema.QUOTE_BYTES} bytes: {quote!r}")
    if brace:
        place |= {"number": number, "number_start": start + len(before.encode())}
    return place


def value(text):
    return int(text) if text.isdigit() else float(text)


def bounds(word):
    """(low, best, high) of a word such as >=41, or None where it is none."""
    if word == "?":
        return None, None, None
    if word.startswith(">="):
        return value(word[2:]), value(word[2:]), None
    if word.startswith("<="):
        return None, value(word[2:]), value(word[2:])
    if word.startswith("="):
        return (value(word[1:]),) * 3
    if word.startswith("~"):
        return None, value(word[1:]), None
    if ".." in word:
        low, high = word.split("..")
        return value(low), None, value(high)
    return None


def usual_unit(category):
    if category.startswith("remains_"):
        return "remains"
    return {"family_killed": "family", "other": None}.get(category, "person")


def described(words):
    """Category, number, unit, group, modality and whether cumulative, out of the third part of an F line."""
    words = words.split()
    if not words or words[0] not in schema.CATEGORIES:
        raise Mistake(f"no category {words[:1]}")
    out = {"category": words[0], "unit": usual_unit(words[0]), "group": None if words[0] == "other" else "all", "modality": "stated", "cumulative": False}
    for word in words[1:]:
        number = bounds(word)
        if number:
            out["low"], out["best"], out["high"] = number
        elif word in schema.UNITS:
            out["unit"] = word
        elif word in schema.GROUPS:
            out["group"] = word
        elif word in schema.MODALITIES:
            out["modality"] = word
        elif word == "cumulative":
            out["cumulative"] = True
        else:
            raise Mistake(f"no unit, group or number {word!r}")
    if "low" not in out:
        raise Mistake("no number such as =12")
    return out


class Reading:
    """The annotations of one report while its lines are read."""

    def __init__(self, text, language):
        self.text = text
        self.language = language
        self.source = dict.fromkeys(schema.SOURCE)
        self.event = {"place": None, "date": None}
        self.speakers, self.names = {}, {}
        self.items = {"F": [], "C": [], "I": [], "A": []}

    def speaker(self, written):
        if written is None:
            return None
        if written.startswith("@"):
            if written[1:] not in self.speakers:
                raise Mistake(f"no speaker {written}")
            return self.speakers[written[1:]]
        name, _, role = written.partition(";")
        return {"name": name.strip(), "role": role.strip() or None}

    def line(self, line):
        kind, _, rest = line.partition(" ")
        if kind == "S":
            self.source |= fields_of("S", rest.split(" | "))
        elif kind == "E":
            self.event = {"place": None, "date": None} | fields_of("E", rest.split(" | "))
        elif kind == "B":
            name, _, written = rest.partition(" ")
            self.speakers[name] = self.speaker(written)
        elif kind in self.items:
            self.item(kind, rest.split("|"))
        else:
            raise Mistake("no such kind of line")

    def item(self, kind, parts):
        name, marked, parts = parts[0].strip(), parts[1].strip(), parts[2:]
        item = described(parts.pop(0)) if kind == "F" else {}
        said = fields_of(kind, parts)
        nth = said.pop("nth", None)
        item |= find(self.text, marked, int(nth) if nth else None)
        if kind == "F":
            if "number" not in item:
                raise Mistake("no number in braces")
            item["event"] = {k: said.pop(k, self.event[k]) for k in ("place", "date")}
            item["part_of"] = said.pop("of", None)
            if name:
                self.names[name] = item
        if kind != "C" and ("by" in said or not item.get("part_of")):
            item["asserted_by"] = self.speaker(said.pop("by", None))
        if said.get("count"):
            said["count"] = value(said["count"])
        item |= said
        for written in ("whom", "qualifier"):
            if item.get(written) and item[written] not in self.text:
                raise Mistake(f"{written} is not in the text: {item[written]!r}")
        self.items[kind].append(item)

    def totals(self):
        figures = self.items["F"]
        figures.sort(key=lambda f: (f["number_start"], f["start"]))
        for figure in figures:
            name, chain = figure["part_of"], []
            if name and name not in self.names:
                raise Mistake(f"no figure named {name!r}")
            total = self.names.get(name)
            while "asserted_by" not in figure and total:
                if id(total) in chain:
                    raise Mistake(f"{name!r} is a part of itself")
                chain.append(id(total))
                if "asserted_by" in total:
                    figure["asserted_by"] = total["asserted_by"]
                total = self.names.get(total["part_of"])
        order = {id(f): i for i, f in enumerate(figures)}
        for figure in figures:
            if isinstance(figure["part_of"], str):
                figure["part_of"] = order[id(self.names[figure["part_of"]])]

    def json(self):
        # Totals are looked up by name until all are resolved.
        self.totals()
        out = {"language": self.language, "source": self.source}
        for kind, (key, keys) in zip("FCIA", schema.ITEMS.items()):
            if kind != "F":
                self.items[kind].sort(key=lambda i: i["start"])
            out[key] = [{k: item.get(k) for k in keys} for item in self.items[kind]]
        return out


def report(folder, block, where):
    head, _, body = block.partition("\n")
    slug = head.strip()
    text, dashes, lines = body.partition("\n----\n")
    text = text.strip("\n") + "\n"
    reading, good = Reading(text, folder.name), True
    if not dashes:
        print(f"{where}: {slug}: no line ----", file=sys.stderr)
        return False
    for line in lines.splitlines():
        if not line.strip() or line.startswith("//"):
            continue
        try:
            reading.line(line)
        except (Mistake, ValueError, IndexError, KeyError) as mistake:
            print(f"{where}: {slug}: {mistake}\n    {line}", file=sys.stderr)
            good = False
    if not good:
        return False
    try:
        found = reading.json()
    except Mistake as mistake:
        print(f"{where}: {slug}: {mistake}", file=sys.stderr)
        return False
    target = folder / ("held" if schema.held(int(slug.split("-")[0])) else "open")
    target.mkdir(parents=True, exist_ok=True)
    (target / f"{slug}.txt").write_text(text, encoding="utf-8", newline="\n")
    (target / f"{slug}.json").write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    return True


def main():
    if len(sys.argv) < 3:
        print(__doc__, file=sys.stderr)
        return 2
    folder, good = Path(sys.argv[1]), True
    for file in sys.argv[2:]:
        for block in ("\n" + Path(file).read_text(encoding="utf-8")).split("\n#### ")[1:]:
            good &= report(folder, block, file)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
