From lists to counts and back to the bytes.

  $ everyname new v.everyname
  Made v.everyname. It is not encrypted: keep no data about living people in it, or make it with --encrypt.
  $ stat -c %a v.everyname
  600
  $ everyname new v.everyname
  everyname new: v.everyname: exists already; choose another name; nothing is ever overwritten
  [1]
  $ everyname import v.everyname $TESTS/lists/hospital.csv --source 'Hospital registers' --dry-run
  Would import 6 rows of Hospital registers, release 1
  Read as csv, UTF-8, columns parted by commas.
  column         is
  -------------  ---------------
  id             id
  given_name     given
  family_name    family
  date_of_birth  birth
  sex            sex
  village        place
  status         status
  date           event_date
  remarks        (kept as it is)
  
  First rows:
  id   given_name  family_name  date_of_birth  sex  village  status   date        remarks
  ---  ----------  -----------  -------------  ---  -------  -------  ----------  -----------
  H-1  Marin       Dalverek     1950-03-02     M    Orlesk   killed   1994-05-17  
  H-2  Selva       Dalverek     1980-07-21     F    Orlesk   missing  1994-05-17  by the well
  H-3  Tovan       Ishkari      1930-01-30     M    Brenna   killed   1994-05-18  
  H-4  Nelis       Orovan       1961-11-09     F    Brenna   killed   1994-05     
  H-5  Karo        Velde        1955-02-14     M    Orlesk   missing              
  H-6  Ilen        Tarsovik     1948-12-05     F    Orlesk   killed   1994-05-17  
  
  As they will be read:
  id   given  family    sex     birth       event_date  place   status
  ---  -----  --------  ------  ----------  ----------  ------  -------
  H-1  Marin  Dalverek  male    1950-03-02  1994-05-17  Orlesk  killed
  H-2  Selva  Dalverek  female  1980-07-21  1994-05-17  Orlesk  missing
  H-3  Tovan  Ishkari   male    1930-01-30  1994-05-18  Brenna  killed
  H-4  Nelis  Orovan    female  1961-11-09  1994-05     Brenna  killed
  H-5  Karo   Velde     male    1955-02-14              Orlesk  missing
  H-6  Ilen   Tarsovik  female  1948-12-05  1994-05-17  Orlesk  killed
  $ everyname import v.everyname $TESTS/lists/hospital.csv --source 'Hospital registers' --kind register
  Imported 6 rows of Hospital registers, release 1
  Read as csv, UTF-8, columns parted by commas.
  column         is
  -------------  ---------------
  id             id
  given_name     given
  family_name    family
  date_of_birth  birth
  sex            sex
  village        place
  status         status
  date           event_date
  remarks        (kept as it is)
  Ledger entry n:70bc, root 8c42c8552420aa00…
  $ everyname import v.everyname $TESTS/lists/families.csv --source 'Families'
  Imported 5 rows of Families, release 1
  Read as csv, UTF-8, columns parted by semicolons.
  column         is
  -------------  ------
  id             id
  given_name     given
  family_name    family
  date_of_birth  birth
  sex            sex
  village        place
  status         status
  Ledger entry n:cfd3, root a2b0e27e6db6e870…
  $ everyname estimate v.everyname
  everyname estimate: v.everyname: the case is not linked yet: without knowing who is one person no overlap can be counted; run: everyname link v.everyname --as NAME
  [1]
  $ everyname link v.everyname --one-per-list
  11 records are 7 persons.
  Found by exhaustive comparison: 30 pairs compared.
  Estimated by the model: precision 0.997, recall 1.000.
  Left undecided: 0 pairs.
  Link run u:3fa6.0, ledger entry n:3fa6.
  $ everyname count v.everyname --by status,sex --show-small
  status   sex     persons  id
  -------  ------  -------  -------------------------------------------------
  killed   female        3  c:recorded;status=killed;sex=female@[0-9a-f]{12} (re)
  killed   male          2  c:recorded;status=killed;sex=male@[0-9a-f]{12} (re)
  missing  female        1  c:recorded;status=missing;sex=female@[0-9a-f]{12} (re)
  missing  male          1  c:recorded;status=missing;sex=male@[0-9a-f]{12} (re)
  all                    7  c:recorded@[0-9a-f]{12} (re)
  
  Distinct persons, recorded\. Ledger head [0-9a-f]{12}\. Link run u:3fa6\.0: 0 pairs undecided, 4 merges not reviewed\. (re)
  $ everyname count v.everyname --where sex=f
  everyname count: nobody has the sex "f"; values here: male, female
  [2]
  $ everyname count v.everyname --where status=injured --json | grep total
    "total": 0,
  $ everyname count v.everyname --by status
  status    persons  id
  -------  --------  --------------------------------------
  killed   withheld  c:recorded;status=killed@[0-9a-f]{12} (re)
  missing  withheld  c:recorded;status=missing@[0-9a-f]{12} (re)
  all             7  c:recorded@[0-9a-f]{12} (re)
  
  Distinct persons, recorded\. Ledger head [0-9a-f]{12}\. Link run u:3fa6\.0: 0 pairs undecided, 4 merges not reviewed\. (re)
  $ everyname count v.everyname --by pattern --show-small
  pattern  persons  id
  -------  -------  ----------------------------------
  01             1  c:recorded;pattern=01@[0-9a-f]{12} (re)
  10             2  c:recorded;pattern=10@[0-9a-f]{12} (re)
  11             4  c:recorded;pattern=11@[0-9a-f]{12} (re)
  all            7  c:recorded@[0-9a-f]{12} (re)
  
  Distinct persons, recorded\. Ledger head [0-9a-f]{12}\. Link run u:3fa6\.0: 0 pairs undecided, 4 merges not reviewed\. (re)
  $ everyname count v.everyname --where source=Families --level corroborated --show-small --json
  {
    "kind": "recorded",
    "level": "corroborated",
    "by": [],
    "rows": [
      {
        "n": 4,
        "id": "c:corroborated;source=Families@[0-9a-f]{12}" (re)
      }
    ],
    "total": 4,
    "id": "c:corroborated;source=Families@[0-9a-f]{12}", (re)
    "ledger_head": "[0-9a-f]{64}", (re)
    "linkage": {
      "run": "u:3fa6.0",
      "undecided_pairs": 0,
      "unreviewed_merges": 4
    }
  }
  $ everyname trace v.everyname "$(everyname count v.everyname --where status=missing,lists=2 --json --show-small | sed -n 's/.*"id": "\(c:.*\)".*/\1/p' | head -1)"
  c:recorded;status=missing;lists=2@[0-9a-f]{12}: count 1 (re)
  Distinct persons at the level "recorded" who meet each condition of the id, as the link run joined their records, at ledger head [0-9a-f]{12}\. A person shows a reviewer's choice, else what most independent sources give, then the latest release, the best grade, the earliest; status and fate the latest of what was so\. (re)
  
  p:70bc.5
    r:70bc.5  Hospital registers  k:70bc.1 bytes 130+69
        H-2,Selva,Dalverek,1980-07-21,F,Orlesk,missing,1994-05-17,by the well
    r:cfd3.5  Families  k:cfd3.1 bytes 106+51
        F-2;Selva;Dalverek;1980-07-21;female;Orlesk;missing

A newer release of the same source: rows are compared, the newest counts, and an id of before still leads to the rows of before.

  $ everyname import v.everyname $TESTS/lists/families-2.csv --source 'Families' | head -3
  Imported 5 rows of Families, release 2
  Read as csv, UTF-8, columns parted by semicolons.
  Against the release before: 1 added, 1 changed, 1 removed, 3 unchanged. Removed rows stay in the case, dated, and are not counted.
  $ everyname count v.everyname --by source --show-small
  source              persons  id
  ------------------  -------  ---------------------------------------------------
  Families                  5  c:recorded;source=Families@[0-9a-f]{12} (re)
  Hospital registers        6  c:recorded;source=Hospital%20registers@[0-9a-f]{12} (re)
  all                      11  c:recorded@[0-9a-f]{12} (re)
  
  Distinct persons, recorded\. Ledger head [0-9a-f]{12}\. Link run u:3fa6\.0: 0 pairs undecided, 0 merges not reviewed\. (re)
  Records came in after that run: each counts as a person of its own until `everyname link` has run again.
  $ everyname verify v.everyname
  v.everyname: checked 19 pages, 3 captures, 5 ledger entries, 39 rows.
  It holds. Ledger head 4ab3f7717cd3bfbe9ca17bdddfffb4b477bfc850677a25f31f1f3dbebbfa1ecb
  $ everyname verify v.everyname --json
  {
    "ok": true,
    "checked": {
      "pages": 19,
      "captures": 3,
      "entries": 5,
      "rows": 39,
      "stamps": 0
    },
    "problems": [],
    "destroyed": [],
    "redacted": false,
    "commitment_alone": 0,
    "reduced": 0,
    "head": "4ab3f7717cd3bfbe9ca17bdddfffb4b477bfc850677a25f31f1f3dbebbfa1ecb"
  }
