A checkpoint that was kept elsewhere shows what the file alone cannot: that it was put back, or its last entries rewritten.

  $ export XDG_CONFIG_HOME=$PWD/settings
  $ everyname new v.everyname >/dev/null
  $ everyname import v.everyname $TESTS/lists/hospital.csv --source Hospital | tail -1
  Ledger entry n:70bc, root 81ffa9c09b8466bd…
  $ everyname checkpoint v.everyname -o kept.checkpoint
  Signed 2 ledger entries in kept.checkpoint. Keep it, or publish it, where who can change the case cannot change it too.
  $ everyname checkpoint v.everyname -o kept.checkpoint
  everyname checkpoint: kept.checkpoint is there already, and an older checkpoint is evidence: it is not overwritten; give another name with -o
  [2]
  $ stat -c %a settings/everyname/signing.key
  600
  $ sed 's/\("[ks][a-z]*": "\)[0-9a-f]*/\1…/' kept.checkpoint
  {
   "everyname_checkpoint": 1,
   "case": "12b64ba24f80c2a349e8d7d9fec3d74c",
   "entries": 2,
   "head": "11118ee16641af282276f2054723b02df1f28684f52784f23f6d1c5e1c7e9f66",
   "at": 1000000000,
   "key": "…",
   "signature": "…"
  }
  $ cp v.everyname older.everyname
  $ everyname import v.everyname $TESTS/lists/families.csv --source Families | tail -1
  Ledger entry n:cfd3, root a2b0e27e6db6e870…
  $ everyname verify v.everyname kept.checkpoint
  v.everyname: checked 17 pages, 2 captures, 3 ledger entries, 19 rows.
  It holds. Ledger head bfd492378c8d2a5c97f2b953094a602f4d540fdb8548984b21417cf916c41e21
  It extends the 2 entries of kept.checkpoint, signed by your key.
  $ everyname checkpoint v.everyname >newer.checkpoint
  $ everyname verify older.everyname newer.checkpoint
  older.everyname: checked 17 pages, 1 captures, 2 ledger entries, 10 rows.
  It holds. Ledger head 11118ee16641af282276f2054723b02df1f28684f52784f23f6d1c5e1c7e9f66
  checkpoint: newer.checkpoint: the case does not extend it: the file was put back to an older copy, or its ledger was rewritten, or it is of another case
  [1]
  $ sed 's/"entries": 2/"entries": 1/' kept.checkpoint >forged.checkpoint
  $ everyname verify v.everyname kept.checkpoint forged.checkpoint
  v.everyname: checked 17 pages, 2 captures, 3 ledger entries, 19 rows.
  It holds. Ledger head bfd492378c8d2a5c97f2b953094a602f4d540fdb8548984b21417cf916c41e21
  It extends the 2 entries of kept.checkpoint, signed by your key.
  checkpoint: forged.checkpoint: its signature does not hold: it was changed since it was signed
  [1]
  $ everyname verify v.everyname kept.checkpoint --json | grep -e '"ok"' -e extends -e own_key
    "ok": true,
        "own_key": true,
        "extends": true,
  $ XDG_CONFIG_HOME=$PWD/others everyname verify v.everyname kept.checkpoint | tail -1
  It extends the 2 entries of kept.checkpoint, signed by a key that is not yours.
  $ echo '{}' >empty.json
  $ everyname verify v.everyname empty.json | tail -1
  everyname verify: empty.json: is not a checkpoint; give a file that `everyname checkpoint` wrote
  It holds. Ledger head bfd492378c8d2a5c97f2b953094a602f4d540fdb8548984b21417cf916c41e21
  $ everyname count v.everyname --by sex | tail -1 | cut -c1-20
  Distinct persons, re
  $ everyname prove v.everyname r:70bc.4 | grep -c -e '"salt"' -e '"commitment"' -e '"proof_in_entry"' -e '"proof_in_ledger"'
  4
  $ everyname prove v.everyname n:70bc
  everyname prove: n:70bc is an entry; give the id of a row or a record
  [1]
