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
