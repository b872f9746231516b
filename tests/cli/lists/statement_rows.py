"""The rows of an invented event, as the statement test needs them: statement_rows.py [variant] writes list.csv, acts.csv, events.csv,
kin.csv and families.jsonl into the current folder. In the variant nobody states the full membership of one family.
"""
import json
import sys

GIVEN = ["Marin", "Selva", "Tovan", "Nelis", "Karo", "Ilen", "Jor", "Ana", "Belo", "Dara"]
FAMILY = ["Dalverek", "Ishkari", "Orovan", "Velde", "Tarsovik", "Sobrel", "Pellane", "Quoran"]
rows = []


def persons(prefix, n, sex, age, status):
    """n rows of the list; their ids. `sex` and `age` are functions of the number."""
    for i in range(n):
        rows.append((f"{prefix}{i}", f"{GIVEN[i % 10]}{i}", FAMILY[i % 8], sex(i), age(i), status))
    return [f"{prefix}{i}" for i in range(n)]


def female(_):
    return "f"


def male(_):
    return "m"


def either(i):
    return "f" if i % 2 else "m"


def write(name, header, lines):
    with open(name, "w", encoding="utf-8") as file:
        file.write(header + "\n" + "".join(line + "\n" for line in lines))


children = persons("KC", 57, either, lambda i: 3 + i % 14, "killed")
older_women = persons("KOW", 20, female, lambda i: 61 + i % 20, "killed")
older_men = persons("KOM", 29, male, lambda i: 60 + i % 25, "killed")
women = persons("KW", 68, female, lambda i: 18 + i % 42, "killed")
men = persons("KM", 238, male, lambda i: 18 + i % 42, "killed")
taken = persons("H", 903, either, lambda i: 20 + i % 30, "taken")
orphans = persons("O", 115, either, lambda i: 2 + i % 15, "alive")
mothers = persons("M", 97, female, lambda i: 25 + i % 30, "alive")
elsewhere = persons("E", 10, male, lambda i: 30, "killed")

write("list.csv", "id,given_name,family_name,sex,age,status", [",".join(map(str, row)) for row in rows])
write("acts.csv", "kind,victim,incident",
      [f"killing,{p},INC" for p in children + older_women + older_men + women + men] + [f"killing,{p},OTHER" for p in elsewhere])
write("events.csv", "person,status,date,incident",
      [f"{p},hostage,1994-05-17,INC" for p in taken] + [f"{p},released,1994-06,INC" for p in taken[:782]])

kin = []
for i in range(97):
    kin += [(men[20 + i % 80], "father", orphans[i]), (mothers[i], "mother", orphans[i])]
for i in range(97, 115):
    kin += [(orphans[i], "child", men[120 + i % 12]), (orphans[i], "child", women[10 + i % 12])]
write("kin.csv", "person,relation,of,source", [f"{person},{relation},{of},Register" for person, relation, of in kin])

families = [{"name": f"{FAMILY[i]} of the mill", "members": [men[i], women[i], children[2 * i], children[2 * i + 1]]} for i in range(6)]
families.append({"name": "Quoran of the bridge", "members": [men[10], mothers[1]]})
for i, family in enumerate(families):
    family.update(incident="INC", source="Register")
    if not (len(sys.argv) > 1 and i == 3):
        family["complete"] = True
with open("families.jsonl", "w", encoding="utf-8") as file:
    file.writelines(json.dumps(family) + "\n" for family in families)
