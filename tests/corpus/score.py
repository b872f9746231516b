#!/usr/bin/env python3
"""How well a program reads the annotated reports: precision and recall over one folder or more. README.md says how it is counted.

    tests/corpus/score.py build/everyname tests/corpus/en/open [--verbose] [--show-held] [--json]
"""
import argparse
import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from pathlib import Path

ARTICLES = set("the a an el la los las un una le les l d un une des du".split())


def plain(text):
    """Words of a name without case, accents, punctuation and articles."""
    text = unicodedata.normalize("NFKD", text or "").casefold()
    text = "".join(c for c in text if not unicodedata.combining(c))
    words = [re.sub("^ال", "", w) for w in re.findall(r"\w+", text)]
    return tuple(w for w in words if w not in ARTICLES)


def same_name(a, b):
    """Equal, or one is the first or last words of the other: a surname, a chamber without its country."""
    a, b = sorted((plain(a), plain(b)), key=len)
    return bool(a) and a in (b[:len(a)], b[-len(a):])


def names(speaker):
    return [n for n in ((speaker or {}).get("name"), (speaker or {}).get("role")) if n]


def same_speaker(gold, got, source):
    issuer = [n for n in (source["agency"], source["author"]) if n]
    gold, got = names(gold), names(got)
    if not gold or not got:
        rest = gold or got
        return not rest or any(same_name(a, b) for a in rest for b in issuer)
    return any(same_name(a, b) for a in gold for b in got)


def number(figure):
    """The number, whatever its bounds: a range is both ends, a number of dozens none."""
    return (figure["best"],) if figure["best"] is not None else (figure["low"], figure["high"])


def bounds(figure):
    return figure["low"], figure["best"], figure["high"]


def kind(figure):
    if figure["category"] == "other":
        return "other", None, None, number(figure)
    return figure["category"], figure["unit"], figure["group"], number(figure)


def same_figure(gold, got):
    start = gold["number_start"]
    return kind(gold) == kind(got) and got["start"] <= start and start + len(gold["number"].encode()) <= got["end"]


def overlap(a, b):
    return a["start"] < b["end"] and b["start"] < a["end"]


def same_characterisation(gold, got):
    bodies = not gold["body"] and not got["body"] or any(same_name(g, w) for g in (gold["body"], gold["via"]) for w in (got["body"], got["via"]))
    return plain(gold["term"]) == plain(got["term"]) and gold["mode"] == got["mode"] and bodies


def same_instrument(gold, got):
    if gold["kind"] != got["kind"]:
        return False
    if gold["symbol"]:
        return same_name(gold["symbol"], got["symbol"])
    return same_name(gold["body"], got["body"]) or overlap(gold, got)


def same_allegation(gold, got):
    return bool(gold["response"]) == bool(got["response"]) and (same_name(gold["actor"], got["actor"]) or overlap(gold, got))


def pairs(golds, gots, same):
    """One to one, in the order of the text: {index of gold: index of got}."""
    found, taken = {}, set()
    for i, gold in enumerate(golds):
        for j, got in enumerate(gots):
            if j not in taken and same(gold, got):
                found[i] = j
                taken.add(j)
                break
    return found


class Tally:
    def __init__(self, verbose):
        self.n, self.verbose = Counter(), verbose

    def say(self, path, what, item, more=""):
        if self.verbose:
            print(f"{path.stem}: {what}: {more}{item['quote']!r}")

    def share(self, name, right, of):
        whole = self.n[of]
        return {"bar": name, "share": self.n[right] / whole if whole else None, "right": self.n[right], "of": whole}


def label(figure):
    parts = [figure["category"], figure["unit"], figure["group"], "..".join(str(b) for b in bounds(figure))]
    return " ".join(str(p) for p in parts) + ": "


def figures(tally, path, gold, got):
    golds, gots = gold["figures"], got["figures"]
    found = pairs(golds, gots, same_figure)
    of_got = {j: i for i, j in found.items()}
    modal = {i for i, g in enumerate(golds) if g["modality"] != "stated"}
    found_keys = {kind(golds[i]) for i, j in found.items() if i not in modal and gots[j]["modality"] == "stated"}
    tally.n["gold"] += len({kind(g) for i, g in enumerate(golds) if i not in modal})
    tally.n["gold found"] += len(found_keys)
    for i, g in enumerate(golds):
        if i not in modal and kind(g) not in found_keys:
            tally.say(path, "missed", g, label(g))
    # A figure said twice in the text, annotated once or found once, is no false alarm.
    right, wrong = set(), {}
    for j, g in enumerate(gots):
        if g["modality"] != "stated":
            continue
        i = of_got.get(j)
        if i is not None and i not in modal or i is None and any(same_figure(x, g) and x["modality"] == "stated" for x in golds):
            right.add(kind(g))
        elif g["category"] != "other" and kind(g) not in wrong:
            wrong[kind(g)] = g
            tally.say(path, "false alarm", g, label(g))
    tally.n["got right"] += len(right)
    tally.n["got"] += len(right) + len(wrong)
    for i, j in found.items():
        if i in modal or gots[j]["modality"] != "stated":
            continue
        tally.n["matched"] += 1
        speaker = same_speaker(golds[i]["asserted_by"], gots[j]["asserted_by"], gold["source"])
        tally.n["speaker"] += speaker
        if not speaker:
            tally.say(path, "speaker", golds[i], f"{names(golds[i]['asserted_by'])} read as {names(gots[j]['asserted_by'])}: ")
        same = bounds(golds[i]) == bounds(gots[j])
        tally.n["bounds"] += same
        if not same:
            tally.say(path, "bounds", golds[i], f"{bounds(golds[i])} read as {bounds(gots[j])}: ")
    parts(tally, path, golds, gots, found, of_got)


def parts(tally, path, golds, gots, found, of_got):
    def total_right(i, j):
        """Whether the total of the figure found is that of the annotated one, where it may be said twice."""
        whole, read = golds[i]["part_of"], gots[j]["part_of"]
        if whole is None or read is None:
            return False
        return found.get(whole) == read or kind(golds[whole]) == kind(gots[read])

    for i, g in enumerate(golds):
        if g["part_of"] is not None:
            tally.n["part"] += 1
            right = i in found and total_right(i, found[i])
            tally.n["part found"] += right
            if not right:
                tally.say(path, "part missed", g)
    for j, g in enumerate(gots):
        if g["part_of"] is not None and j in of_got:
            tally.n["part got"] += 1
            right = total_right(of_got[j], j)
            tally.n["part right"] += right
            if not right:
                tally.say(path, "no part, or of another", g)


def others(tally, path, gold, got):
    for name, same in (("characterisations", same_characterisation), ("instruments", same_instrument), ("allegations", same_allegation)):
        found = pairs(gold[name], got[name], same)
        # What is annotated once and found where it is said again is no false alarm.
        wrong = [g for j, g in enumerate(got[name]) if j not in found.values() and not any(same(x, g) for x in gold[name])]
        tally.n[name] += len(gold[name])
        tally.n[f"{name} got"] += len(found) + len(wrong)
        tally.n[f"{name} found"] += len(found)
        for i, g in enumerate(gold[name]):
            if i not in found:
                tally.say(path, f"{name} missed", g)
        for g in wrong:
            tally.say(path, f"{name} false alarm", g)
        if name == "instruments":
            for i, j in found.items():
                if gold[name][i]["implementation"]:
                    tally.n["implementation"] += 1
                    tally.n["implementation right"] += gold[name][i]["implementation"] == got[name][j]["implementation"]


def quotations(tally, path, got):
    """The quotations that do not equal their bytes: there must be none."""
    text = path.with_suffix(".txt").read_bytes()
    for name in ("figures", "characterisations", "instruments", "allegations"):
        for item in got[name]:
            tally.n["quotations"] += 1
            tally.n["quotations exact"] += text[item["start"]:item["end"]] == item["quote"].encode()


def read(program, path):
    done = subprocess.run([program, "extract", "--json", str(path.with_suffix(".txt"))], stdout=subprocess.PIPE, check=True, stdin=subprocess.DEVNULL)
    return json.loads(done.stdout)


def bars(tally):
    out = [tally.share(*row) for row in (
        ("figures: precision", "got right", "got"), ("figures: recall", "gold found", "gold"), ("attribution", "speaker", "matched"),
        ("part-of: precision", "part right", "part got"), ("part-of: recall", "part found", "part"), ("bounds", "bounds", "matched"))]
    for name in ("characterisations", "instruments", "allegations"):
        out += [tally.share(f"{name}: precision", f"{name} found", f"{name} got"), tally.share(f"{name}: recall", f"{name} found", name)]
    return out + [tally.share("implementation", "implementation right", "implementation"), tally.share("quotations exact", "quotations exact", "quotations")]


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("program")
    options.add_argument("folders", nargs="+", type=Path)
    options.add_argument("--verbose", action="store_true", help="every miss and false alarm")
    options.add_argument("--show-held", action="store_true", help="also of what is held apart: never to those who write rules")
    options.add_argument("--json", action="store_true")
    said = options.parse_args()
    paths = sorted(p for folder in said.folders for p in folder.rglob("*.json"))
    if said.verbose and not said.show_held and any(p.resolve().parent.name == "held" for p in paths):
        print("what is held apart is not shown: leave out --verbose, or say --show-held", file=sys.stderr)
        return 2
    if not paths:
        print("no annotated report there", file=sys.stderr)
        return 2
    tally = Tally(said.verbose)
    for path in paths:
        gold, got = json.loads(path.read_text(encoding="utf-8")), read(said.program, path)
        figures(tally, path, gold, got)
        others(tally, path, gold, got)
        quotations(tally, path, got)
    if said.json:
        print(json.dumps({"reports": len(paths), "bars": bars(tally)}, indent=1))
        return 0
    print(f"{len(paths)} reports")
    for bar in bars(tally):
        print(f"{bar['bar']:30} {'-' if bar['share'] is None else format(bar['share'], '.3f'):>6}  {bar['right']} of {bar['of']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
