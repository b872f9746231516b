Reading and writing at once, by processes of their own.

  $ everyname new v.everyname >/dev/null
  $ everyname import v.everyname $TESTS/lists/hospital.csv --source Hospital >/dev/null
  $ python3 -c 'print("no,name"); [print(f"{i},Marin Velde {i}") for i in range(20000)]' > long.csv

Readers while an import writes see the case before it or after it, and nothing else.

  $ everyname import v.everyname long.csv --source Long >/dev/null & writer=$!
  > while kill -0 $writer 2>/dev/null; do everyname count v.everyname --show-small --json || echo failed; done > seen; wait $writer; echo $?
  0
  $ everyname count v.everyname --json | grep total
    "total": 20006,
  $ grep -c failed seen; grep total seen | sort -u | grep -v -e ' 6,' -e ' 20006,'
  0
  [1]

Two writers: the second waits for the first, for up to five seconds.

  $ hold() { python3 -c "import sqlite3,sys,time; c=sqlite3.connect('v.everyname',isolation_level=None); c.execute('BEGIN IMMEDIATE'); open('held','w'); time.sleep($1)" & holder=$!; while ! test -e held; do sleep .05; done; rm held; }
  $ hold 1; everyname import v.everyname $TESTS/lists/families.csv --source Families | head -1; wait
  Imported 5 rows of Families, release 1

Reading goes on meanwhile, and waits for nothing: what it would keep is not kept.

  $ hold 60; everyname count v.everyname --json | grep total; everyname search v.everyname Tovan | tail -1; kill $holder && echo held
    "total": 20011,
  "Tovan": every word in 1 places, some in 1. All are shown.
  held
  $ everyname verify v.everyname | tail -1 | cut -c1-9
  It holds.
