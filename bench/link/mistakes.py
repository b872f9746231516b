"""Mistakes that people and machines make in lists: keyboard, OCR, by ear, truncation. Words are of small letters."""
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890")
OCR = (("m", "rn"), ("rn", "m"), ("l", "1"), ("o", "0"), ("cl", "d"), ("d", "cl"), ("h", "b"), ("e", "c"), ("g", "q"), ("s", "5"),
       ("vv", "w"), ("w", "vv"), ("i", "l"), ("u", "v"), ("5", "s"), ("8", "b"), ("1", "l"), ("0", "o"), ("n", "ri"), ("6", "b"))
SOUND = (("ph", "f"), ("ck", "k"), ("mac", "mc"), ("ll", "l"), ("tt", "t"), ("ss", "s"), ("nn", "n"), ("ie", "y"), ("ey", "y"), ("ea", "ee"),
         ("ai", "ay"), ("ou", "u"), ("gh", ""), ("th", "t"), ("wh", "w"), ("kn", "n"), ("c", "k"), ("x", "ks"), ("z", "s"), ("y", "i"),
         ("sch", "sh"), ("dt", "t"), ("ei", "i"), ("v", "w"), ("er", "ar"), ("e", "a"), ("o", "u"), ("a", "e"))


def beside(rng, letter):
    for row in ROWS:
        at = row.find(letter)
        if at >= 0:
            return row[at - 1] if at and (rng.random() < .5 or at + 1 == len(row)) else row[at + 1]
    return rng.choice("abcdefghijklmnopqrstuvwxyz")


def by_key(rng, word):
    """One letter beside, twice, left out, or two changed round."""
    if len(word) < 2:
        return beside(rng, word) if word else word
    at = rng.randrange(len(word))
    kind = rng.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1:]
    if kind == 1:
        return word[:at] + beside(rng, word[at]) + word[at:]
    if kind == 2:
        return word[:at] + beside(rng, word[at]) + word[at + 1:]
    at = min(at, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2:]


def by_table(rng, word, table):
    fits = [pair for pair in table if pair[0] in word]
    return word.replace(*rng.choice(fits), 1) if fits else by_key(rng, word)


def cut(rng, word):
    return word[:rng.randrange(max(1, len(word) // 2), len(word))] if len(word) > 2 else word


def spoil(rng, word):
    """One mistake, sometimes two."""
    for _ in range(1 + (rng.random() < .25)):
        kind = rng.random()
        if kind < .45:
            word = by_key(rng, word)
        elif kind < .65:
            word = by_table(rng, word, OCR)
        elif kind < .88:
            word = by_table(rng, word, SOUND)
        else:
            word = cut(rng, word)
    return word
