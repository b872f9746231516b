Records entered by hand: one more row of a list that the case keeps, with what befell the person.

  $ everyname new v.everyname >/dev/null
  $ everyname add v.everyname incident title='Orlesk, 17 May 1994' key=I1 >/dev/null
  $ everyname add v.everyname record source='Testimonies, Orlesk' name='Marin Dalverek' sex=m age=44 act.1.kind=killing act.1.incident=I1
  Added 1 record.
  
  r:cfd3.4  {"id":"1","name":"Marin Dalverek","sex":"m","age":"44","act":[{"kind":"killing","incident":"I1"}]}
  … and 1 more
  Ledger entry n:cfd3, root 28c1018651dd711f…
  $ everyname add v.everyname record source='Testimonies, Orlesk' name='Selva Ishkari' sex=f age=38 status=missing date=1994-05-17
  Added 1 record.
  
  r:3fa6.4  {"id":"2","name":"Selva Ishkari","sex":"f","age":"38","status":"missing","date":"1994-05-17"}
  Ledger entry n:3fa6, root cedd4b1e9b63154c…
  $ everyname count v.everyname --by fate,sex --show-small
  fate     sex     persons  id
  -------  ------  -------  -----------------------------------------------
  dead     male          1  c:recorded;sex=male;fate=dead@fe3a357b2d99
  unknown  female        1  c:recorded;sex=female;fate=unknown@fe3a357b2d99
  all                    2  c:recorded@fe3a357b2d99
  
  Distinct persons, recorded. Ledger head fe3a357b2d99. The case is not linked: each record counts as a person.
  $ everyname add v.everyname status_event person=2 status=released date=1994-07 source='Testimonies, Orlesk' | head -1
  Added 1 status_event.
  $ everyname count v.everyname --by fate,sex --show-small | head -4
  fate   sex     persons  id
  -----  ------  -------  ---------------------------------------------
  alive  female        1  c:recorded;sex=female;fate=alive@b46fbb792b73
  dead   male          1  c:recorded;sex=male;fate=dead@b46fbb792b73
  $ everyname trace v.everyname "$(everyname count v.everyname --where sex=female --show-small --json | sed -n 's/.*"id": "\(c:.*\)".*/\1/p' | head -1)" | tail -5
  
  p:3fa6.4
    r:3fa6.4  Testimonies, Orlesk  k:3fa6.0 bytes 99+93
        {"id":"2","name":"Selva Ishkari","sex":"f","age":"38","status":"missing","date":"1994-05-17"}
    S:60c5.0  Testimonies, Orlesk  released, 1994-07
  $ everyname add v.everyname record name='Ana Sobrel'
  everyname add: column "source": a record needs its source; say who says so: source='Testimonies taken in Orlesk'
  [1]
  $ everyname add v.everyname record source='Testimonies, Orlesk' name='Ana Sobrel' date=17/05/1994
  everyname add: entered-by-hand.jsonl:3: column "date": "17/05/1994": the order of day and month is not stated; say --date-order dmy, mdy or ymd, or map the column as text
  [1]
  $ everyname import v.everyname $TESTS/lists/hospital.csv --source 'Hospital registers' >/dev/null
  $ everyname add v.everyname record source='Hospital registers' name='Ana Sobrel'
  everyname add: "Hospital registers" came from a file, and no row is added to it by hand; name another source, as 'Entered by hand'; what the file lacks goes into its next release
  [1]
  $ everyname verify v.everyname | tail -1 | cut -c1-9
  It holds.
  $ everyname add v.everyname source title='Hospital registers' kind=register
  everyname add: column "title": the case has a source of this title already; refer to it by its title, or choose another
  [1]
