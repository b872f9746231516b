Rows of the model: one by hand, many from a file, rows inside rows, and what is wrong.

  $ everyname new v.everyname
  Made v.everyname. It is not encrypted: keep no data about living people in it, or make it with --encrypt.
  $ everyname import v.everyname $TESTS/lists/hospital.csv --source 'Hospital registers' | tail -1
  Ledger entry n:70bc, root 0994cb0afb4b5449…
  $ everyname import v.everyname $TESTS/lists/families.csv --source 'Families' | tail -1
  Ledger entry n:cfd3, root a2b0e27e6db6e870…
  $ everyname add v.everyname incident title='Orlesk, 17 May 1994' date=1994-05-17 place=Orlesk key=I1
  Added 1 incident.
  
  i:3fa6.0  {"date":"1994-05-17","key":"I1","place":"Orlesk","title":"Orlesk, 17 May 1994"}
  Ledger entry n:3fa6, root b5e63d07cb2f3236…
  $ everyname add v.everyname figure category=killed best=41 incident=I1 asserted_by='District Hospital' event.place=Orlesk
  Added 1 figure.
  
  f:60c5.0  {"asserted_by":{"name":"District Hospital"},"best":41,"category":"killed","event":{"place":"Orlesk"},"incident":"3fa64ff2f70b9e314ae60596eb77ac0c.0"}
  Ledger entry n:60c5, root f5307269e4a49825…
  $ everyname add v.everyname status_event person=H-2 status='taken hostage' date=17/05/1994 asserted_by.name='Selva, a neighbour' --date-order dmy
  Added 1 status_event.
  
  S:9e7b.0  {"asserted_by":{"name":"Selva, a neighbour"},"date":"1994-05-17","person":"70bcc0271bbe4793f09d8e76a16499aa.5","status":"hostage"}
  Ledger entry n:9e7b, root 27be743c3d5330a1…
  $ cat > acts.jsonl <<END
  > {"kind":"killing","victim":"H-1","incident":"Orlesk, 17 May 1994","cause":"small_arms","allegations":[{"actor":"A unit of the north","asserted_by":"A witness"}]}
  > {"kind":"killing","victim":"F-1@Families","incident":"key:I1"}
  > END
  $ everyname add v.everyname act --file acts.jsonl --dry-run
  Would add 2 act, 1 allegation.
  
  before  kind=killing | victim=H-1 | incident=Orlesk, 17 May 1994 | cause=small_arms | allegations=[{"actor":"A unit of the north","asserted_by":"A witness"}]
  before  kind=killing | victim=F-1@Families | incident=key:I1
  
  after   {"cause":"small_arms","incident":"3fa64ff2f70b9e314ae60596eb77ac0c.0","kind":"killing","victim":"70bcc0271bbe4793f09d8e76a16499aa.4"}
  after   {"actor":"A unit of the north","asserted_by":{"name":"A witness"},"of":"eb265dfe692eb78d163a133edabdd82d.0"}
  after   {"incident":"3fa64ff2f70b9e314ae60596eb77ac0c.0","kind":"killing","victim":"cfd336dd735291f355b346d3524fe248.4"}
  $ everyname add v.everyname act --file acts.jsonl
  Added 2 act, 1 allegation.
  
  d:eb26.0  {"cause":"small_arms","incident":"3fa64ff2f70b9e314ae60596eb77ac0c.0","kind":"killing","victim":"70bcc0271bbe4793f09d8e76a16499aa.4"}
  q:eb26.1  {"actor":"A unit of the north","asserted_by":{"name":"A witness"},"of":"eb265dfe692eb78d163a133edabdd82d.0"}
  d:eb26.2  {"incident":"3fa64ff2f70b9e314ae60596eb77ac0c.0","kind":"killing","victim":"cfd336dd735291f355b346d3524fe248.4"}
  Ledger entry n:eb26, root c19ca22e1ec81cfd…
  $ printf 'What;Who;allegation.1.actor;allegation.1.asserted_by.name\nkilling;H-4;A unit;A witness\n' > acts.csv
  $ echo '{"What": "kind", "Who": "victim"}' > map.json
  $ everyname import v.everyname acts.csv --kind act --map map.json --save-map saved.json
  Added 1 act, 1 allegation.
  
  d:31a3.0  {"kind":"killing","victim":"70bcc0271bbe4793f09d8e76a16499aa.7"}
  q:31a3.1  {"actor":"A unit","asserted_by":{"name":"A witness"},"of":"31a3baa214f12934c40a78e4210ac581.0"}
  Ledger entry n:31a3, root 76760c666ed994a5…
  $ cat saved.json
  {
    "What": "kind",
    "Who": "victim",
    "allegation.1.actor": "allegation.1.actor",
    "allegation.1.asserted_by.name": "allegation.1.asserted_by.name"
  }
  $ everyname add v.everyname term vocabulary=cause code=drones label=Drones definition='Unmanned aircraft.' same_as=heavy_weapons
  Added 1 term.
  
  T:4518.0  {"code":"drones","definition":"Unmanned aircraft.","label":"Drones","same_as":"heavy_weapons","vocabulary":"cause"}
  Ledger entry n:4518, root be53051382c9dace…
  $ everyname add v.everyname act kind=killing group='people at the well' count=3 cause=Drones --json
  {
    "rows": 1,
    "added": {
      "act": 1
    },
    "first": [
      {
        "id": "d:0127.0",
        "row": {
          "cause": "drones",
          "count": 3,
          "group": "people at the well",
          "kind": "killing"
        }
      }
    ],
    "entry": "n:0127",
    "root": "aa90742649ca2fbfae99bf0aa25e2fdc1a1d710ecebfb8fbe36279332def2cf1"
  }

What is wrong is named, with the mend.

  $ everyname add v.everyname figur best=1
  everyname add: "figur" is no kind of row; did you mean figure?; kinds: source, statement, actor, place, incident, act, allegation, response, figure, characterisation, instrument, clause, implementation, action, consent, withdrawal, resolution, status_event, kinship, family, verification, grading …
  [2]
  $ everyname add v.everyname release label=x
  everyname add: rows of kind release are made by a command of their own, not added by hand; kinds: source, statement, actor, place, incident, act, allegation, response, figure, characterisation, instrument, clause, implementation, action, consent, withdrawal, resolution, status_event, kinship, family, verification, grading …
  [2]
  $ everyname add v.everyname figure categry=killed 2>&1 | cut -c1-90
  everyname add: column "categry": figure has no member of this name; did you mean category?
  $ everyname add v.everyname figure category=kiled best=3
  everyname add: column "category": "kiled" is no term of category; did you mean killed?; terms: killed, died_indirect, injured, casualties, survived, missing, forcibly_disappeared, abducted, hostage, detained, released, tortured, sexual_violence, recruited, displaced, deported …
  [1]
  $ everyname add v.everyname figure category=killed best=4x
  everyname add: column "best": "4x" is no whole number; write digits only, as 41
  [1]
  $ everyname add v.everyname figure category=killed best=-4
  everyname add: column "best": -4 is less than 0
  [1]
  $ everyname add v.everyname figure category=killed low=5 best=3
  everyname add: column "best": low is 5, which is more than best, 3; check both; one of them is wrong
  [1]
  $ everyname add v.everyname figure category=killed
  everyname add: this figure says too little; give one of: low, best, high, qualifier
  [1]
  $ everyname add v.everyname figure best=3
  everyname add: column "category": figure needs this member; What happened to them: the verb of the clause.
  [1]
  $ everyname add v.everyname figure category=killed best=3 event.plaec=Orlesk
  everyname add: column "event.plaec": event has no member of this name; did you mean place?; members: place, date
  [1]
  $ everyname add v.everyname figure category=killed best=3 event.date=31/02/1994
  everyname add: column "event.date": "31/02/1994" has a day and a month whose order is not stated; use --date-order dmy, mdy or ymd
  [1]
  $ everyname add v.everyname status_event person=H-1 status=hostage date=1994-05 until=1994-04
  everyname add: column "until": date is 1994-05, which is after until, 1994-04; check both; one of them is wrong
  [1]
  $ everyname add v.everyname status_event person=H-77 status=hostage
  everyname add: column "person": there is no person "H-77"; give p:… or r:…, the id that a list gives the record (ID or ID@TITLE), or key:KEY; rows refer to what was added before them
  [1]
  $ everyname add v.everyname status_event person=I1 status=hostage
  everyname add: column "person": there is no person "I1"; give p:… or r:…, the id that a list gives the record (ID or ID@TITLE), or key:KEY; rows refer to what was added before them
  [1]
  $ everyname add v.everyname allegation act=killing actor=A
  everyname add: this allegation says too little; give one of: asserted_by, source
  [1]
  $ everyname add v.everyname family members='H-1;H-2' complete=yes
  everyname add: column "complete": nobody is named who states that these are all the members; give source or asserted_by; without them the family's membership is not stated
  [1]
  $ everyname add v.everyname incident title=Again key=I1
  everyname add: column "key": "I1" stands for another incident already; give each row of a kind a key of its own
  [1]
  $ everyname add v.everyname term vocabulary=cause code=drones label=Drones definition='Other.'
  everyname add: column "code": cause has the term drones already, and terms are never redefined; choose another code
  [1]
  $ everyname add v.everyname kinship person=H-1 relation=father of=H-1
  everyname add: column "of": a person is no relative of theirs
  [1]
  $ everyname add v.everyname kinship person=H-1 relation=father of=H-2
  Added 1 kinship.
  
  K:70af.0  {"of":"70bcc0271bbe4793f09d8e76a16499aa.5","person":"70bcc0271bbe4793f09d8e76a16499aa.4","relation":"father"}
  Ledger entry n:70af, root 23a14035e4671178…
  $ everyname add v.everyname kinship person=H-1 relation=son of=H-2
  everyname add: kinship goes in a circle: by K:3a3d.0 and others a person is their own ancestor; check who is the parent and who the child; nothing was added
  [1]
  $ printf 'kind,victim\nkilling,H-3\nkilling,H-99\n' > bad.csv
  $ everyname add v.everyname act --file bad.csv
  everyname add: bad.csv:3: column "victim": there is no person "H-99"; give p:… or r:…, the id that a list gives the record (ID or ID@TITLE), or key:KEY; rows refer to what was added before them
  [1]
  $ everyname add v.everyname act
  everyname add: give MEMBER=VALUE … for one row, or --file for many
  [2]
  $ everyname verify v.everyname | cut -c1-12
  v.everyname:
  It holds. Le

A victim may be a group, with a count and a unit.

  $ everyname add v.everyname act kind=killing group='shepherds of the upper pasture' count=12 unit=person date=1993-05 --json | grep -E '"(count|unit|group)"'
          "count": 12,
          "group": "shepherds of the upper pasture",
          "unit": "person"
  $ everyname add v.everyname act kind=killing group='a column' count=twelve unit=person
  everyname add: column "count": "twelve" is no whole number; write digits only, as 41
  [1]

A file in another encoding; a sheet of a workbook.

  $ printf 'title,date\nCaf\351 of Orlesk,1994-05-20\n' > cafe.csv; everyname add v.everyname incident --file cafe.csv --encoding windows-1252 | tail -2 | head -1
  i:4d1a.0  {"date":"1994-05-20","title":"Café of Orlesk"}
  $ cp $ROOT/tests/golden/table/dead_of_orlesk.xls .; echo '{"name": "title", "born": "date", "seen": null, "died": null, "age": null, "weight": null}' > sheet.json
  $ everyname add v.everyname incident --file dead_of_orlesk.xls --sheet 'Dead of Orlesk' --map sheet.json --dry-run
  Would add 4 incident.
  
  before  name=Maro Venn | born=1961-03-07 | seen=1994-05-17T08:30:00 | died=1994-05 | age=33 | weight=71.25
  before  name=Ирма Солл | born=1989-12-31 | age=5 | weight=0.1
  before  name=سلمى دارن | died=1994-06 | weight=-3
  before  name=O"Hare, Teo | born=1950-02-03 | age=44 | weight=1000000
  
  after   {"date":"1961-03-07","title":"Maro Venn"}
  after   {"date":"1989-12-31","title":"Ирма Солл"}
  after   {"title":"سلمى دارن"}
  after   {"date":"1950-02-03","title":"O\"Hare, Teo"}
  $ everyname add v.everyname incident --file dead_of_orlesk.xls --sheet Wounded
  everyname add: dead_of_orlesk.xls: the workbook has no sheet "Wounded"; it has "Cover", "Dead of Orlesk"
  [1]
