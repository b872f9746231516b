#!/usr/bin/env python3
"""Turns lexicon/ into one C source: compile_lexicon.py OUT.c DEPFILE LEXICON_FOLDER

Reads every folder LANGUAGE/ with its *.txt, in the format that lexicon/README.md describes, and writes for each language the
hash table of words, the trie of phrases and their senses as constant arrays. Fails, naming file and line, on what it does not know.
"""
import re
import sys
import unicodedata
from pathlib import Path

GROUPS = "all children girls boys women men females males women_and_children older_people civilians combatants police medical journalists aid_workers peacekeepers".split()
UNITS = "person family household remains report".split()
CATEGORIES = """killed died_indirect injured casualties survived missing forcibly_disappeared abducted hostage detained released tortured sexual_violence
recruited displaced deported returned_home orphaned_one orphaned_both family_killed remains_recovered remains_unidentified remains_identified
remains_returned affected other""".split()
VOICES = {"passive": 1, "active": 2, "intransitive": 4, "nominal": 8, "status": 16, "leading": 32}
BOUNDS = {"at_least": 1, "at_most": 2, "about": 3, "none": 4}
PLACES = {"before": 1, "after": 2, "both": 3}
REPORTS = {"says": 1, "denies": 2, "counts": 3, "puts": 4}
NUMBERS = {"any": 0, "singular": 1, "plural": 2}
MODES = "seeks asserts finds finds_not recognises denies declines withdraws".split()
INSTRUMENTS = "resolution agreement law judgment treaty recognition".split()
IMPLEMENTATIONS = "unsaid implemented partly not_implemented superseded disputed unknown".split()
RESPONSES = {"denies": 1, "acknowledges": 2, "explains": 3}
CONJUNCTIONS = {"and": 1, "or": 2, "but": 3}
YES = {"no": 0, "yes": 1}


def index_of(names):
    return {name: i for i, name in enumerate(names)}


def bits_of(names):
    return lambda text: sum(names[part] for part in text.split("+"))


GROUP, UNIT, CATEGORY = index_of(GROUPS), index_of(UNITS), index_of(CATEGORIES)
# class: {attribute: (field, reading, default)}; fields a, b, c are bytes, value is 64 bits. A default of None: must be given.
CLASSES = {
    "number": {"bound": ("a", BOUNDS, "none"), "oblique": ("b", YES, "no")},
    "multiplier": {"bound": ("a", BOUNDS, "none")},
    "one": {}, "vague": {}, "few": {}, "number_joiner": {}, "ordinal": {}, "percent": {},
    "bound": {"kind": ("a", BOUNDS, None), "place": ("b", PLACES, "before")},
    "range": {}, "between": {},
    "noun": {"group": ("a", GROUP, "all"), "unit": ("b", UNIT, "person"), "category": ("c", {"": 0, **{k: v + 1 for k, v in CATEGORY.items()}}, ""), "strong": ("value", YES, "no")},
    "not_victim": {"actor": ("a", YES, "no")}, "numbered": {}, "age": {"bound": ("a", BOUNDS, "none")},
    "adjective": {"group": ("a", GROUP, "all")},
    "verb": {"category": ("a", CATEGORY, None), "voice": ("b", bits_of(VOICES), None), "weak": ("c", {"no": 0, "yes": 1, "noun": 2}, "no"), "unit": ("value", {"any": 0, **{k: v + 1 for k, v in UNIT.items()}}, "any")},
    "light": {}, "change": {},
    "toll": {"category": ("a", {"": 0, **{k: v + 1 for k, v in CATEGORY.items()}}, "")},
    "auxiliary": {"number": ("a", NUMBERS, "any"), "be": ("b", YES, "no"), "negated": ("c", YES, "no")},
    "negation": {}, "hypothetical": {}, "planned": {},
    "part": {"place": ("a", PLACES, "before"), "here": ("b", YES, "no")},
    "quantity": {}, "relative": {}, "subordinator": {},
    "conjunction": {"kind": ("a", CONJUNCTIONS, None)},
    "preposition": {"day": ("a", YES, "no")}, "of": {}, "determiner": {"whose": ("a", {"nobody": 0, "person": 1, "body": 2}, "nobody"), "every": ("b", YES, "no")}, "adverb": {}, "pronoun": {"person": ("a", {**YES, "any": 2}, "no"), "speech": ("b", {"no": 0, "first": 1, "second": 2}, "no")}, "that": {},
    "report": {"kind": ("a", REPORTS, "says"), "hearer": ("b", YES, "no")},
    "according": {"genitive": ("a", YES, "no")}, "report_noun": {"document": ("a", YES, "no")}, "by": {}, "office": {}, "body": {"several": ("a", YES, "no")}, "title": {},
    "month": {"capital": ("a", YES, "no")}, "weekday": {}, "date_word": {}, "cumulative": {}, "against": {},
    "contested": {"weak": ("a", YES, "no")}, "mode": {"kind": ("a", index_of(MODES), None), "copula": ("b", YES, "no"), "names": ("c", YES, "no"), "dissent": ("value", YES, "no")},
    "instrument": {"kind": ("a", index_of(INSTRUMENTS), None), "draft": ("b", YES, "no")},
    "adopt": {}, "implementation": {"kind": ("a", index_of(IMPLEMENTATIONS), None)},
    "demand": {}, "accuse": {"form": ("a", {"of": 0, "on": 1, "state": 2, "noun": 3, "degree": 4, "harmless": 5}, "of")}, "response": {"kind": ("a", RESPONSES, None), "claims": ("b", YES, "no")}, "territory": {}, "abbreviation": {}, "possessive": {},
    "verb_other": {"act": ("a", {"no": 0, "yes": 1, "alone": 2}, "no")}, "court": {"judges": ("a", YES, "no")}, "cause": {}, "place": {}, "legislature": {}, "filler": {},
}
CLASS_NUMBER = index_of(CLASSES)


class LexiconError(Exception):
    pass


def fold(text):
    """As tokens.c folds: lower case, one apostrophe, one hyphen, ё as е, Arabic without vowel signs and with one alef."""
    out = []
    for c in unicodedata.normalize("NFC", text):
        if c in "\u2019\u02bc\u2018\u0060\u00b4\u02b9":
            c = "'"
        elif c in "\u2010\u2011":
            c = "-"
        elif "\u064b" <= c <= "\u0652" or c in "\u0670\u0640\u0301":
            continue
        elif c in "أإآٱ":
            c = "ا"
        elif c == "ى":
            c = "ي"
        else:
            c = c.lower()
            c = "е" if c == "ё" else c
        out.append(c)
    return "".join(out)


def expand(pattern, paradigms):
    """Every form of "kill{/s/ed}" or "ранен{%adjective}"."""
    found = re.search(r"\{([^{}]*)\}", pattern)
    if not found:
        return [pattern]
    inside = found.group(1)
    if inside.startswith("%"):
        if inside[1:] not in paradigms:
            raise LexiconError(f"no paradigm {inside}")
        endings = paradigms[inside[1:]]
    else:
        endings = inside.split("/")
    return [form for e in endings for form in expand(pattern[: found.start()] + e + pattern[found.end() :], paradigms)]


def read_header(text):
    parts = re.findall(r'([a-z_]+)(?:=("[^"]*"|[^\s\]]+))?', text)
    name, attributes = parts[0][0], {k: v.strip('"') for k, v in parts[1:]}
    if name in ("settings", "prefixes", "suffixes", "nominatives"):
        return name, attributes
    if name not in CLASSES:
        raise LexiconError(f"no class {name!r}")
    known = set(CLASSES[name]) | {"value"} | ({"term"} if name == "contested" else set())
    for key in attributes:
        if key not in known:
            raise LexiconError(f"class {name} has no attribute {key!r}")
    return name, attributes


def sense_of(name, attributes, value):
    fields = {"a": 0, "b": 0, "c": 0, "value": value}
    for key, (field, reading, default) in CLASSES[name].items():
        text = attributes.get(key, default)
        if text is None:
            raise LexiconError(f"class {name} needs {key}=")
        try:
            fields[field] = reading(text) if callable(reading) else reading[text]
        except KeyError:
            raise LexiconError(f"{key}={text} is none of {', '.join(reading) if isinstance(reading, dict) else ', '.join(VOICES)}") from None
    return (CLASS_NUMBER[name], fields["a"], fields["b"], fields["c"], fields["value"])


class Language:
    def __init__(self, name):
        self.name, self.terms, self.phrases = name, [], {}
        self.settings = {"compounds": "no", "units_first": "no", "join_tens": "no", "capitals": "yes", "inversion": "no", "verb_first": "no", "decimal": "."}
        self.prefixes, self.suffixes, self.nominatives = [], [], []

    def words_of(self, phrase):
        words = []
        for word in fold(phrase).split():
            while True:
                prefix = next((p for p in self.prefixes if p.endswith("'") and word.startswith(p) and len(word) > len(p)), None)
                if not prefix:
                    break
                words.append(prefix)
                word = word[len(prefix) :]
            suffix = next((s for s in self.suffixes if word.endswith(s) and len(word) > len(s)), None) if "'" in word else None
            words += [word[: -len(suffix)], suffix] if suffix else [word]
        return tuple(words)

    def add(self, name, attributes, entry, paradigms):
        if name == "settings":
            key, value = (part.strip() for part in entry.split("=", 1))
            if key not in self.settings:
                raise LexiconError(f"no setting {key!r}")
            self.settings[key] = value
            return
        if name == "nominatives":
            if not re.fullmatch(r"\+?[^>+ ]+>[^> ]*", entry):
                raise LexiconError(f"an ending as from>to is wanted, not {entry!r}")
            self.nominatives = sorted([*self.nominatives, entry], key=lambda e: (-len(e.lstrip("+").split(">")[0]), e))
            return
        if name in ("prefixes", "suffixes"):
            getattr(self, name).append(fold(entry))
            getattr(self, name).sort(key=lambda s: (-len(s), s))
            return
        written, _, value = (part.strip() for part in entry.partition("="))
        value = value or attributes.get("value", "0")
        if name == "contested":
            term = attributes["term"]
            if term not in self.terms:
                self.terms.append(term)
            value = self.terms.index(term)
        sense = sense_of(name, attributes, int(value))
        if "value" in {field for field, _, _ in CLASSES[name].values()}:
            sense = sense_of(name, attributes, 0)
        for form in expand(written, paradigms):
            senses = self.phrases.setdefault(self.words_of(form), [])
            if sense not in senses:
                senses.append(sense)

    def parts_of(self, word, single, known):
        """A written word as words.c cuts it: joined prefixes off its front, joined suffixes off its end."""
        parts = []
        while word not in single and len(parts) < 3:
            prefix = next((p for p in self.prefixes if self.may_cut(p, word, known)), None)
            if not prefix or self.suffix_of(word, known):
                break
            parts.append(prefix)
            word = word[len(prefix) :]
        if word not in single:
            suffix = self.suffix_of(word, known)
            if suffix:
                return (*parts, word[: -len(suffix)], suffix)
        return (*parts, word)

    def suffix_of(self, word, known):
        return next((s for s in self.suffixes if word.endswith(s) and word[: -len(s)] in known and len(word) - len(s) >= 3), None)

    def may_cut(self, prefix, word, known):
        if prefix.endswith("'") or not word.startswith(prefix) or len(word) == len(prefix):
            return False
        rest = word[len(prefix) :]
        if len(prefix) > 1 or self.has(prefix, "conjunction"):
            return len(rest) >= (2 if rest in known else 3 if len(prefix) > 1 else 4)
        if self.has(prefix, "planned"):
            return rest in known and len(rest) >= 4
        return len(rest) >= (3 if rest in known else 4)

    def has(self, word, name):
        return any(sense[0] == CLASS_NUMBER[name] for sense in self.phrases.get((word,), ()))

    def join_phrases(self):
        """Words of phrases that the reader would cut are cut here too, so that both see the same parts."""
        if all(affix.endswith("'") or affix.startswith("'") for affix in self.prefixes + self.suffixes):
            return
        known = single = {phrase[0] for phrase in self.phrases if len(phrase) == 1}
        for _ in range(2):  # the second time words that are only parts of phrases are known too
            cut = {phrase: sum((self.parts_of(word, single, known) for word in phrase), ()) if len(phrase) > 1 else phrase for phrase in self.phrases}
            known = single | {word for phrase in cut.values() for word in phrase}
        joined = {}
        for phrase, senses in self.phrases.items():
            kept = joined.setdefault(cut[phrase], [])
            kept += [sense for sense in senses if sense not in kept]
        self.phrases = joined

    def read(self, file, paradigms):
        name = attributes = None
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            line = line.split("#", 1)[0].strip()
            try:
                if not line:
                    continue
                if line.startswith("%"):
                    key, _, endings = line[1:].partition("=")
                    paradigms[key.strip()] = [e.strip() for e in endings.split("/")]
                elif line.startswith("["):
                    if not line.endswith("]"):
                        raise LexiconError("the line of a class ends with ]")
                    name, attributes = read_header(line[1:-1])
                elif name is None:
                    raise LexiconError("words before the first class")
                else:
                    for entry in re.split(r"[,،]", line):
                        if entry.strip():
                            self.add(name, attributes, entry.strip(), paradigms)
            except (LexiconError, ValueError) as problem:
                raise SystemExit(f"{file}:{number}: {problem}") from None


def fnv(content):
    h = 2166136261
    for byte in content:
        h = ((h ^ byte) * 16777619) & 0xFFFFFFFF
    return h


def edge_hash(node, word):
    h = (node * 2654435761 ^ word * 2246822519) & 0xFFFFFFFF
    return h ^ (h >> 15)


def table_size(n):
    size = 16
    while size < 2 * n + 1:
        size *= 2
    return size


def insert(slots, hashed, entry):
    i = hashed & (len(slots) - 1)
    while slots[i] is not None:
        i = (i + 1) & (len(slots) - 1)
    slots[i] = entry


def telling_first(sense):
    """Of several nouns the one that says most of whom it means or what befell them: "campesinas" are women before they are people."""
    noun = sense[0] == CLASS_NUMBER["noun"]
    return (sense[0], -sense[1], sense[2], -sense[3], sense[4]) if noun else sense


class Trie:
    def __init__(self, phrases):
        self.words, self.edges, self.senses = {}, {}, [[]]
        for phrase in sorted(phrases):
            node = 0
            for word in phrase:
                number = self.words.setdefault(word, len(self.words))
                key = (node, number)
                if key not in self.edges:
                    self.edges[key] = len(self.senses)
                    self.senses.append([])
                node = self.edges[key]
            self.senses[node] = sorted(phrases[phrase], key=telling_first)


def rows(items, width=16):
    items = [str(item) for item in items] or ["0"]
    return ",\n    ".join(", ".join(items[i : i + width]) for i in range(0, len(items), width))


def c_string(text):
    return '"' + "".join(chr(b) if 32 <= b < 127 and chr(b) not in '"\\?' else f"\\{b:03o}" for b in text.encode("utf-8")) + '"'


def strings(name, items):
    return f"static const char *const {name}[] = {{{', '.join([c_string(i) for i in items] + ['0'])}}};\n"


def emit(language):
    trie, id_ = Trie(language.phrases), language.name
    content, at = b"", [0]
    for word in trie.words:
        content += word.encode("utf-8")
        at.append(len(content))
    slots = [None] * table_size(len(trie.words))
    for word, number in trie.words.items():
        insert(slots, fnv(word.encode("utf-8")), number + 1)
    edges = [None] * table_size(len(trie.edges))
    roots = [0] * len(trie.words)
    for (node, word), to in trie.edges.items():
        if node == 0:
            roots[word] = to
        else:
            insert(edges, edge_hash(node, word), (node, word, to))
    starts, senses = [0], []
    for of_node in trie.senses:
        senses += of_node
        starts.append(len(senses))
    yes = lambda key: YES[language.settings[key]]
    decimal = {"comma": ","}.get(language.settings["decimal"], ".")
    out = [f"static const char bytes_{id_}[] = {{\n    {rows([b if b < 128 else b - 256 for b in content], 24)}}};\n"]
    for name, items in (("word_at", at), ("word_slots", [s or 0 for s in slots]), ("word_node", roots), ("node_senses", starts)):
        out.append(f"static const uint32_t {name}_{id_}[] = {{\n    {rows(items)}}};\n")
    out.append(f"static const lex_edge edges_{id_}[] = {{\n    {rows(['{%d, %d, %d}' % (e or (0, 0, 0)) for e in edges], 6)}}};\n")
    out.append(f"static const lex_sense senses_{id_}[] = {{\n    {rows(['{%d, %d, %d, %d, %d}' % s for s in senses], 6)}}};\n")
    out += [strings(f"terms_{id_}", language.terms), strings(f"prefixes_{id_}", language.prefixes), strings(f"suffixes_{id_}", language.suffixes), strings(f"nominatives_{id_}", language.nominatives)]
    out.append(
        f"static const lexicon lexicon_{id_} = {{{c_string(id_)}, bytes_{id_}, word_at_{id_}, word_slots_{id_}, word_node_{id_}, edges_{id_}, "
        f"node_senses_{id_}, senses_{id_}, terms_{id_}, prefixes_{id_}, suffixes_{id_}, nominatives_{id_}, {len(slots) - 1}, {len(edges) - 1}, "
        f"{yes('compounds')}, {yes('units_first')}, {yes('join_tens')}, {yes('capitals')}, {yes('inversion')}, {yes('verb_first')}, '{decimal}'}};\n"
    )
    return "\n".join(out)


def main():
    out, depfile, folder = (Path(a) for a in sys.argv[1:])
    languages, files = [], []
    for place in sorted(p for p in folder.iterdir() if p.is_dir()):
        language, paradigms = Language(place.name), {}
        of_place = sorted(place.glob("*.txt"), key=lambda f: (f.name != "settings.txt", f.name))
        for file in of_place:
            language.read(file, paradigms)
        language.join_phrases()
        files += of_place
        if of_place:
            languages.append(language)
    text = '/* Made by tools/compile_lexicon.py. */\n#include "extract/lexicon.h"\n\n' + "\n".join(emit(language) for language in languages)
    names = [language.name for language in languages]
    text += "\nconst lexicon *const en_lexicons[] = {" + ", ".join([f"&lexicon_{n}" for n in names] + ["0"]) + "};\n"
    text += "const char *const en_lexicon_languages[] = {" + ", ".join([c_string(n) for n in names] + ["0"]) + "};\n"
    out.write_text(text, encoding="ascii")
    escape = lambda path: str(path).replace(" ", "\\ ")
    depfile.write_text(f"{escape(out)}: " + " ".join(escape(f) for f in files) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
