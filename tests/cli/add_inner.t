Rows of the model inside a list's rows: a person with several acts, as columns and as nested objects.

  $ everyname new v.everyname >/dev/null
  $ everyname add v.everyname incident title='Orlesk, 17 May 1994' date=1994-05-17 key=I1 >/dev/null
  $ cat > list.csv <<END
  > id,name,sex,age,act.1.kind,act.1.incident,act.2.kind,act.2.date,status_event.1.status,status_event.1.date
  > X-1,Marin Dalverek,m,44,killing,I1,,,,
  > X-2,Selva Ishkari,f,38,abduction,I1,torture,1994-06,released,1994-07
  > END
  $ everyname import v.everyname list.csv --source 'Survey' --kind testimony --relation survivor --grade B --item-grade 2 --graded-by 'R. Archivist' --dry-run
  Would import 2 rows of Survey, release 1
  Read as csv, UTF-8, columns parted by commas.
  column                 is
  ---------------------  ---------------
  id                     id
  name                   name
  sex                    sex
  age                    age
  act.1.kind             (kept as it is)
  act.1.incident         (kept as it is)
  act.2.kind             (kept as it is)
  act.2.date             (kept as it is)
  status_event.1.status  (kept as it is)
  status_event.1.date    (kept as it is)
  
  First rows:
  id   name            sex  age  act.1.kind  act.1.incident  act.2.kind  act.2.date  status_event.1.status  status_event.1.date
  ---  --------------  ---  ---  ----------  --------------  ----------  ----------  ---------------------  -------------------
  X-1  Marin Dalverek  m    44   killing     I1                                                             
  X-2  Selva Ishkari   f    38   abduction   I1              torture     1994-06     released               1994-07
  
  As they will be read:
  id   name            sex     age
  ---  --------------  ------  ---
  X-1  Marin Dalverek  male    44
  X-2  Selva Ishkari   female  38
  $ everyname import v.everyname list.csv --source 'Survey' --kind testimony --relation survivor --grade B --item-grade 2 --graded-by 'R. Archivist' --save-map map.json | tail -2
  With them 4 rows of the model that the list's rows hold.
  Ledger entry n:cfd3, root 1017d4fa7125d04e…
  $ cat map.json
  {
    "columns": {
      "id": "id",
      "name": "name",
      "sex": "sex",
      "age": "age",
      "act.1.kind": null,
      "act.1.incident": null,
      "act.2.kind": null,
      "act.2.date": null,
      "status_event.1.status": null,
      "status_event.1.date": null
    }
  }
  $ everyname count v.everyname --by ever,fate --show-small
  ever      fate   persons  id
  --------  -----  -------  ------------------------------------------------
  abducted  alive        1  c:recorded;fate=alive;ever=abducted@ff5413792e34
  killed    dead         1  c:recorded;fate=dead;ever=killed@ff5413792e34
  released  alive        1  c:recorded;fate=alive;ever=released@ff5413792e34
  torture   alive        1  c:recorded;fate=alive;ever=torture@ff5413792e34
  all                    2  c:recorded@ff5413792e34
  
  Distinct persons, recorded. Ledger head ff5413792e34. The case is not linked: each record counts as a person.
  $ everyname trace v.everyname p:cfd3.4
  p:cfd3.4: person Marin Dalverek
  One record.
  
  shows               by the rule
  ---------  -------  -----------------------------------
  status     killed   It is the latest of what was so.
  sex        male     All who say something say the same.
  age_group  18-59    All who say something say the same.
  place      unknown  Nobody says anything.
  month      unknown  Nobody says anything.
  fate       dead     All who say something say the same.
  
  Over time:
    no date  killed, says Survey, d:cfd3.7
  
  p:cfd3.4
    r:cfd3.4  Survey  k:cfd3.1 bytes 106+38
        X-1,Marin Dalverek,m,44,killing,I1,,,,
  $ cat > list.jsonl <<END
  > {"id": "Y-1", "name": "Nelis Orovan", "acts": [{"kind": "killing", "incident": "I1", "allegations": [{"actor": "A unit", "asserted_by": "A witness"}]}]}
  > {"id": "Y-2", "name": "Karo Orovan", "kinships": [{"relation": "father", "of": "Y-1"}]}
  > END
  $ everyname import v.everyname list.jsonl --source 'Coded testimonies' --json | grep -E 'imported|inner'
    "imported": 2,
    "inner_rows": 3
  $ everyname count v.everyname --where incident=I1 --by source --show-small
  source             persons  id
  -----------------  -------  --------------------------------------------------------------
  Coded testimonies        1  c:recorded;source=Coded%20testimonies;incident=I1@98238a8a9f4d
  Survey                   2  c:recorded;source=Survey;incident=I1@98238a8a9f4d
  all                      3  c:recorded;incident=I1@98238a8a9f4d
  
  Distinct persons, recorded. Ledger head 98238a8a9f4d. The case is not linked: each record counts as a person.

A newer release adds only what it says anew.

  $ echo 'X-3,Ana Sobrel,f,20,killing,I1,,,,' >> list.csv
  $ everyname import v.everyname list.csv --source 'Survey' | grep -E 'With|Against'
  Against the release before: 1 added, 0 changed, 0 removed, 2 unchanged. Removed rows stay in the case, dated, and are not counted.
  With them 1 row of the model that the list's rows hold.
  $ everyname count v.everyname --where incident=I1,ever=killed
  persons  id
  -------  -----------------------------------------------
        3  c:recorded;ever=killed;incident=I1@0bf0844bc78d
  
  Distinct persons, recorded. Ledger head 0bf0844bc78d. The case is not linked: each record counts as a person.

A row that changed in what the list itself says is no reason to tell its inner rows again.

  $ sed -i 's/^X-3,Ana Sobrel,f,20/X-3,Ana Sobrel,f,21/' list.csv; grep -c '^X-3,Ana Sobrel,f,21' list.csv
  1
  $ everyname import v.everyname list.csv --source 'Survey' | grep -E 'With|Against'
  Against the release before: 0 added, 1 changed, 0 removed, 2 unchanged. Removed rows stay in the case, dated, and are not counted.
  $ everyname count v.everyname --where incident=I1,ever=killed | sed -n 3p | cut -c1-20
        3  c:recorded;
  $ sed -i 's/^X-3,Ana Sobrel,f,21,killing/X-3,Ana Sobrel,f,21,injury/' list.csv
  $ everyname import v.everyname list.csv --source 'Survey' | grep -E 'With|Against'
  Against the release before: 0 added, 1 changed, 0 removed, 2 unchanged. Removed rows stay in the case, dated, and are not counted.
  With them 1 row of the model that the list's rows hold.

What is wrong in them refuses the file.

  $ printf 'id,name,act.1.kind\nZ-1,Jor Pellane,kiling\n' > bad.csv
  $ everyname import v.everyname bad.csv --source Other
  everyname import: bad.csv:2: column "act.1.kind": "kiling" is no term of act; did you mean killing?; terms: killing, indirect_death, injury, abduction, hostage_taking, detention, enforced_disappearance, torture, sexual_violence, recruitment, displacement, deportation, destruction_of_home …
  [1]
  $ everyname import v.everyname bad.csv --source Other --kind liste
  everyname import: --kind: "liste" is no term of source_kind; terms: list, register, report, testimony, judgment, article, statement, image, recording, map, letter, forensic, tracing_request, resolution, other; or add one: everyname add CASE term …
  [2]
  $ everyname verify v.everyname | cut -c1-12
  v.everyname:
  It holds. Le
