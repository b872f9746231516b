#!/usr/bin/env python3
"""Turns vocab/kinds.json and its vocabularies into one C source: embed_model.py OUT.c KINDS.json VOCABULARY.json …

Checks that kinds refer to kinds, shapes and vocabularies that are there, and that each term has a code, a label and a definition,
so that a slip in the data fails the build and not a user.
"""
import json
import re
import sys
from pathlib import Path

from embed import c_array

PLAIN = {"text", "edtf", "int", "decimal", "bool", "any"}
NAME = re.compile(r"[a-z][a-z0-9_]*$")


def check_member(where, name, member, model):
    kind = member["type"].removeprefix("list:")
    what, _, which = kind.partition(":")
    good = (
        kind in PLAIN
        or (what == "term" and which in model["vocabularies"])
        or (what == "object" and which in model["objects"])
        or (what == "id" and (which == "*" or all(k in model["kinds"] or k in ("person", "record") for k in which.split("|"))))
    )
    if not good or not NAME.match(name) or not member.get("definition"):
        sys.exit(f"vocab/kinds.json: {where}.{name}: \"{member['type']}\" is no type, or the member has no name or definition")


def check_kind(name, kind, model):
    members = {**model["common"], **kind["members"]}
    for member, of in kind["members"].items():
        check_member(name, member, of, model)
    named = [m for group in kind.get("needs", []) + kind.get("ordered", []) for m in group]
    if missing := [m for m in named if m not in members]:
        sys.exit(f"vocab/kinds.json: {name}: no member {missing[0]}")
    for member, nested in kind.get("nested", {}).items():
        if nested["by"] not in model["kinds"][nested["kind"]]["members"]:
            sys.exit(f"vocab/kinds.json: {name}.{member}: {nested['kind']} has no member {nested['by']}")


def check_vocabulary(vocabulary):
    codes = [term["code"] for term in vocabulary["terms"]]
    if len(set(codes)) < len(codes):
        sys.exit(f"vocab/{vocabulary['name']}.json: a code stands twice")
    for term in vocabulary["terms"]:
        if not term["label"].get("en") or not term.get("definition"):
            sys.exit(f"vocab/{vocabulary['name']}.json: {term['code']} has no English label or no definition")


def main():
    out, kinds, *vocabularies = sys.argv[1:]
    model = json.loads(Path(kinds).read_text(encoding="utf-8"))
    loaded = [json.loads(Path(file).read_text(encoding="utf-8")) for file in vocabularies]
    model["vocabularies"] = {vocabulary["name"]: vocabulary for vocabulary in loaded}
    for name, member in model["common"].items():
        check_member("common", name, member, model)
    for name, shape in model["objects"].items():
        for member, of in shape["members"].items():
            check_member(name, member, of, model)
    for name, kind in model["kinds"].items():
        check_kind(name, kind, model)
    for vocabulary in loaded:
        check_vocabulary(vocabulary)
    content = json.dumps(model, ensure_ascii=False, separators=(",", ":")).encode()
    Path(out).write_text("/* Made by tools/embed_model.py. */\n#include <stddef.h>\n\n" + c_array("en_vocab_model", content), encoding="ascii")


if __name__ == "__main__":
    main()
