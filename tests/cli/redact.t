A copy for sharing verifies to the same head, and does not have what was marked.

  $ export XDG_CONFIG_HOME=$PWD/settings
  $ everyname new v.everyname >/dev/null
  $ everyname import v.everyname $TESTS/lists/hospital.csv --source Hospital --as 'Rana Archivist' >/dev/null
  $ everyname import v.everyname $TESTS/lists/families.csv --source Families --confidentiality restricted >/dev/null
  $ everyname link v.everyname --as 'Second Coder' | tail -1
  Link run u:3fa6.0, ledger entry n:3fa6.
  $ everyname add v.everyname confidentiality of=r:70bc.6 level=secret | tail -1 | cut -c1-12
  Ledger entry
  $ everyname checkpoint v.everyname -o kept.checkpoint >/dev/null
  $ everyname redact v.everyname -o shared.everyname
  Wrote shared.everyname without 15 rows, 6 of them records. It verifies, to the same ledger head. What is not marked is in it: look through it before you hand it on.
  $ everyname verify v.everyname | tail -1
  It holds. Ledger head 485983d9de72b3ce42ab42d7d9e1e19f72083a4f7633ccba6db537ffaf0201ad
  $ everyname verify shared.everyname kept.checkpoint
  shared.everyname: checked 19 pages, 2 captures, 5 ledger entries, 32 rows.
  It is a redacted copy.
  Of 13 rows the commitment alone is left, and holds.
  Of 4 rows a part is left; the commitment to the whole holds, and vouches for no part.
  It holds. Ledger head 485983d9de72b3ce42ab42d7d9e1e19f72083a4f7633ccba6db537ffaf0201ad
  It extends the 5 entries of kept.checkpoint, signed by your key.
  $ grep -c -a -e Ishkari -e Families -e 'Rana Archivist' -e 'Second Coder' -e tester shared.everyname
  0
  [1]
  $ grep -c -a $(sha256sum $TESTS/lists/hospital.csv | cut -c1-64) v.everyname shared.everyname
  v.everyname:3
  shared.everyname:0
  $ everyname trace shared.everyname r:70bc.4 | tail -1
        H-1,Marin,Dalverek,1950-03-02,M,Orlesk,killed,1994-05-17,
  $ everyname trace shared.everyname r:70bc.6
  everyname trace: r:70bc.6 is withheld from this copy; `everyname verify` says what was
  [1]
  $ everyname prove shared.everyname r:70bc.4 | grep -c salt
  1
  $ everyname prove shared.everyname r:70bc.6 | grep -e absent -e salt
    "absent": true,
  $ everyname import shared.everyname $TESTS/lists/families.csv --source Families
  everyname import: this is a redacted copy: it can be read and verified, not added to; work on the case it was made from
  [1]
  $ everyname count shared.everyname --by source --show-small | head -4 | cut -c1-20
  source    persons  i
  --------  -------  -
  Hospital        5  c
  all             5  c
  $ everyname redact shared.everyname -o again.everyname
  everyname redact: it is a redacted copy already
  [1]
  $ everyname redact v.everyname -o locked.everyname --encrypt-for 'A partner' --new-passphrase-fd 3 3<<<'for the partner' | head -1 | cut -c1-40
  Wrote locked.everyname without 15 rows, 
  $ everyname verify locked.everyname --passphrase-fd 3 3<<<'for the partner' | tail -1
  It holds. Ledger head 485983d9de72b3ce42ab42d7d9e1e19f72083a4f7633ccba6db537ffaf0201ad

One cell of a record, of a person's records in every list, one column of a list: the other cells stay.

  $ everyname new c.everyname >/dev/null
  $ everyname import c.everyname $TESTS/lists/hospital.csv --source Hospital >/dev/null
  $ everyname import c.everyname $TESTS/lists/families.csv --source Families --date-order dmy >/dev/null
  $ printf '{"id":"W-1","name":"Orsa Belun","age":7,"phone":"0911"}\n{"id":"W-2","name":"Tam Belun","phone":"0912"}\n' > witness.jsonl
  $ everyname import c.everyname witness.jsonl --source Witnesses >/dev/null
  $ everyname link c.everyname >/dev/null
  $ everyname add c.everyname confidentiality of=H-1 member=birth level=secret >/dev/null
  $ everyname add c.everyname confidentiality of=Witnesses member=phone level=secret >/dev/null
  $ everyname add c.everyname correction of=H-1 property=age value=44 why='the family says so' >/dev/null
  $ everyname add c.everyname correction of=H-1 property=place value=Orlesk why='the family says so' >/dev/null
  $ everyname checkpoint c.everyname -o c.checkpoint >/dev/null
  $ everyname redact c.everyname -o cells.everyname
  Wrote cells.everyname without 3 rows, 0 of them records. 4 more records are there without what is marked of them. It verifies, to the same ledger head. What is not marked is in it: look through it before you hand it on.
  $ everyname verify cells.everyname c.checkpoint | tail -5
  It is a redacted copy.
  Of 3 rows the commitment alone is left, and holds.
  Of 8 rows a part is left; the commitment to the whole holds, and vouches for no part.
  It holds. Ledger head d81f97bac01bcbd2439e739bc9539640939f69c31999504387b6d80200af0da1
  It extends the 9 entries of c.checkpoint, signed by your key.
  $ everyname trace cells.everyname p:70bc.4 | grep -e H-1 -e Dalverek
  p:70bc.4: person Marin Dalverek
        H-1,Marin,Dalverek,          ,M,Orlesk,killed,1994-05-17,
        F-1;Marin;Dalverek;          ;male;Orlesk;dead
  $ grep -a -o '"id":"W-1".*}' cells.everyname
  "id":"W-1","name":"Orsa Belun","age":7               }
  $ grep -c -a -e 0911 -e 0912 -e 1950-03-02 -e 02/03/1950 c.everyname cells.everyname
  c.everyname:4
  cells.everyname:0
  $ everyname export cells.everyname -o cells --names --yes > /dev/null; cut -d, -f1,9- cells/record.csv | head -3; cat cells/correction.csv
  id,list_id,name,given,family,father,mother,sex,birth,birth_year,birth_month,birth_day,age,event_date,place,id_number,status
  r:70bc.4,H-1,,Marin,Dalverek,,,male,,,,,,1994-05-17,Orlesk,,killed
  r:70bc.5,H-2,,Selva,Dalverek,,,female,1980-07-21,,,,,1994-05-17,Orlesk,,missing
  id,of,property,value
  Q:4518.0,r:70bc.4,place,Orlesk
  $ everyname count c.everyname --by sex --show-small --json | grep -c '"n"'; everyname count cells.everyname --by sex --show-small --json | grep -c '"n"'
  3
  3

The tables of an export leave out the same cells, and what is worked out from them.

  $ everyname export c.everyname -o tables --names --yes > /dev/null; cut -d, -f1,9- tables/record.csv | head -3; cut -d, -f1-7 tables/person.csv | head -3; cat tables/correction.csv
  id,list_id,name,given,family,father,mother,sex,birth,birth_year,birth_month,birth_day,age,event_date,place,id_number,status
  r:70bc.4,H-1,,Marin,Dalverek,,,male,,,,,,1994-05-17,Orlesk,,killed
  r:70bc.5,H-2,,Selva,Dalverek,,,female,1980-07-21,,,,,1994-05-17,Orlesk,,missing
  id,name,status,sex,age_group,place,month
  p:70bc.4,Marin Dalverek,killed,male,,Orlesk,1994-05
  p:70bc.5,Selva Dalverek,missing,female,0-17,Orlesk,1994-05
  id,of,property,value
  Q:4518.0,r:70bc.4,place,Orlesk
  $ grep -c -e 1950-03-02 -e 0911 tables/record.csv tables/record.jsonl
  tables/record.csv:0
  tables/record.jsonl:0
  [1]
  $ everyname export c.everyname -o tables --names --all --yes > /dev/null; grep -c -e 1950-03-02 -e 0911 tables/record.csv
  --all will print what is marked confidential, and who coded what.
  3
