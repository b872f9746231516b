What people decide is kept, can be taken back and restored, and shows in the history of what it was about.

  $ cp $TESTS/lists/*.csv .; everyname new v.everyname > /dev/null
  $ everyname import v.everyname families.csv --source Families > /dev/null
  $ everyname import v.everyname hospital.csv --source Hospital > /dev/null
  $ everyname link v.everyname > /dev/null
  $ everyname judge v.everyname F-1 H-1 different --why 'another village'
  j:60c5.0: r:70bc.4 and r:cfd3.4 judged different.
  Ledger entry n:60c5. The next `everyname link` obeys it.
  $ everyname judge v.everyname F-1 H-1 same --as Reviewer
  j:9e7b.0: r:70bc.4 and r:cfd3.4 judged same, in place of what was judged before.
  Ledger entry n:9e7b. The next `everyname link` obeys it.
  $ everyname judge v.everyname F-1 F-1 same
  everyname judge: a record cannot be judged against itself
  [1]
  $ everyname judge v.everyname F-1 H-1 perhaps
  everyname judge: "perhaps" is no judgement; say same, different or unsure
  [1]
  $ everyname judge v.everyname F-1 X-9 same
  everyname judge: there is no record "X-9"; give p:… or r:…, the id that a list gives the record (ID or ID@TITLE), or key:KEY; rows refer to what was added before them
  [1]
  $ everyname history v.everyname F-1
  F-1: record
  
  2001-09-09T01:46:40Z  n:70bc  tester  import
      came in with release l:70bc.3
  2001-09-09T01:46:40Z  n:3fa6  tester  link
      put in person p:70bc.4 by a link run  u:3fa6.0
  2001-09-09T01:46:40Z  n:60c5  tester  judge
      judged against r:cfd3.4: different  j:60c5.0
  2001-09-09T01:46:40Z  n:9e7b  Reviewer  judge
      judged against r:cfd3.4: same  j:9e7b.0

Taking a decision back is a decision too.

  $ everyname history v.everyname F-1 --json | grep -o 'n:[0-9a-f]*' | tail -1 > last.txt
  $ everyname undo v.everyname $(cat last.txt) --why 'wrong person'
  Took back 1 row of n:9e7b; `everyname undo CASE n:eb26` restores it.
  $ everyname history v.everyname F-1 | tail -4
  2001-09-09T01:46:40Z  n:9e7b  Reviewer  judge
      judged against r:cfd3.4: same  j:9e7b.0  (taken back later)
  2001-09-09T01:46:40Z  n:eb26  tester  undo
      took back j:9e7b.0  X:eb26.0
  $ everyname undo v.everyname $(cat last.txt)
  everyname undo: all of it has been taken back already; undo the entry that took it back to restore it
  [1]
  $ everyname history v.everyname F-1 --json | grep -o 'n:[0-9a-f]*' | tail -1 > undo.txt
  $ everyname undo v.everyname $(cat undo.txt) --json
  {
    "undone": "n:eb26",
    "entry": "n:31a3",
    "rows": 1,
    "already": 0
  }
  $ everyname history v.everyname F-1 | grep -c 'taken back later'
  0
  [1]

A link run that is taken back leaves the one before it, or none.

  $ everyname count v.everyname --json | grep -o 'u:[0-9a-f]*' | sed 's/u/n/' > run.txt
  $ everyname undo v.everyname $(cat run.txt) > /dev/null; everyname count v.everyname | tail -1
  Distinct persons, recorded. Ledger head dd061034f3b1. The case is not linked: each record counts as a person.
  $ everyname undo v.everyname n:70bc
  everyname undo: n:70bc brought a source in; what sources say is not undone; import a newer release of it, or have a custodian `destroy` it
  [1]
  $ everyname verify v.everyname | tail -1
  It holds. Ledger head dd061034f3b1c6f75ea1d17c272ca8a1d05705a1a53307e90ced4630ff7c9c19
