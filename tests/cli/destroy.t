What a court orders is destroyed, and the case still verifies.

  $ export XDG_CONFIG_HOME=$PWD/settings
  $ everyname new v.everyname >/dev/null
  $ everyname import v.everyname $TESTS/lists/hospital.csv --source Hospital >/dev/null
  $ everyname import v.everyname $TESTS/lists/families.csv --source Families >/dev/null
  $ everyname link v.everyname | tail -1
  Link run u:3fa6.0, ledger entry n:3fa6.
  $ everyname checkpoint v.everyname -o kept.checkpoint >/dev/null
  $ everyname trace v.everyname r:70bc.6 | tail -1
        H-3,Tovan,Ishkari,1930-01-30,M,Brenna,killed,1994-05-18,
  $ everyname destroy v.everyname r:70bc.6
  everyname destroy: missing --why TEXT; see everyname destroy --help
  [2]
  $ everyname destroy v.everyname r:70bc.6 --why 'consent withdrawn' --dry-run
  Would destroy r:70bc.6: 2 rows, 1 of them records, and 56 bytes of 1 capture.
  $ grep -c -a Ishkari v.everyname
  1
  $ everyname destroy v.everyname r:70bc.6 --why 'consent withdrawn'
  Destroyed r:70bc.6: 2 rows, 1 of them records, and 56 bytes of 1 capture.
  Their commitments stay, with the reason, so that the case still verifies. Copies, backups and reports made before have to be destroyed too.
  $ grep -c -a -e H-3 -e 'Tovan;Ishkari' -e 'Tovan,Ishkari' v.everyname
  0
  [1]
  $ everyname verify v.everyname kept.checkpoint | sed 's/head .*/head/'
  v.everyname: checked 19 pages, 2 captures, 5 ledger entries, 32 rows.
  destroyed: r:70bc.6, 2001-09-09T01:46:40Z, by tester: consent withdrawn
  Of 2 rows the commitment alone is left, and holds.
  Of 2 rows a part is left; the commitment to the whole holds, and vouches for no part.
  It holds. Ledger head
  It extends the 4 entries of kept.checkpoint, signed by your key.
  $ everyname verify v.everyname --json | sed -n '/destroyed/,/]/p'
    "destroyed": [
      {
        "id": "r:70bc.6",
        "at": 1000000000,
        "by": "tester",
        "why": "consent withdrawn"
      }
    ],
  $ everyname count v.everyname --by source --show-small | head -4 | cut -c1-20
  source    persons  i
  --------  -------  -
  Families        5  c
  Hospital        5  c
  $ everyname link v.everyname | head -1
  10 records are 6 persons.
  $ everyname prove v.everyname r:70bc.6 | grep -e absent -e salt
    "absent": true,
  $ everyname destroy v.everyname l:70bc.3 --why 'all of it'
  everyname destroy: a row of kind release holds the case together and says nothing of anybody; name the source, the capture or the record that has to go
  [1]
  $ everyname destroy v.everyname s:70bc.0 --why 'order of the court'
  Destroyed s:70bc.0: 17 rows, 5 of them records, and 412 bytes of 1 capture.
  Their commitments stay, with the reason, so that the case still verifies. Copies, backups and reports made before have to be destroyed too.
  $ grep -c -a -e H-5 -e H-6 v.everyname
  0
  [1]
  $ everyname verify v.everyname kept.checkpoint | grep -v -e checked -e head
  destroyed: r:70bc.6, 2001-09-09T01:46:40Z, by tester: consent withdrawn
  destroyed: s:70bc.0, 2001-09-09T01:46:40Z, by tester: order of the court
  Of 17 rows the commitment alone is left, and holds.
  Of 4 rows a part is left; the commitment to the whole holds, and vouches for no part.
  It extends the 4 entries of kept.checkpoint, signed by your key.
  $ everyname count v.everyname --by source --show-small | head -4 | cut -c1-20
  source    persons  i
  --------  -------  -
  Families        5  c
  all             5  c

What a command that was killed at its very end leaves behind the last page is found, and cut off by the next that writes.

  $ everyname new rest.everyname > /dev/null; head -c 8192 /dev/zero >> rest.everyname
  $ everyname verify rest.everyname | grep header
  header: bytes 28 to 31: the file should be 17 pages long, and is 18 pages and 0 bytes; a command that was killed when it was done leaves such a rest, which any command that writes cuts off
  $ everyname add rest.everyname incident title=Later > /dev/null; everyname verify rest.everyname | tail -1 | cut -c1-9
  It holds.
