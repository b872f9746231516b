An encrypted case: made, opened, shared with a second person. The terminal is not asked here: the passphrases come by descriptor.

  $ everyname new v.everyname --encrypt --passphrase-fd 3 3<<<'short'
  everyname new: a passphrase has at least 8 and at most 1024 bytes; take some words that nobody would guess together
  [2]
  $ everyname new v.everyname --encrypt --passphrase-fd 3 3<<<'four words that rhyme'
  Made v.everyname, encrypted, and its keys, v.everyname.keys. Keep a copy of both: without the keys, or without a passphrase, nobody can open it.
  $ ls
  v.everyname
  v.everyname.keys
  $ head -c 15 v.everyname | grep -c 'SQLite format'
  0
  [1]
  $ everyname import v.everyname $TESTS/lists/hospital.csv --source 'Hospital registers' --passphrase-fd 3 3<<<'four words that rhyme' | tail -1
  Ledger entry n:70bc, root 0994cb0afb4b5449…
  $ everyname count v.everyname --by sex --show-small --passphrase-fd 3 3<<<'four words that rhyme' | head -4
  sex     persons  id
  ------  -------  ----------------------------------
  female        3  c:recorded;sex=female@48342fbccd82
  male          3  c:recorded;sex=male@48342fbccd82
  $ grep -c -a -e Dalverek -e Hospital v.everyname
  0
  [1]
  $ everyname count v.everyname --passphrase-fd 3 3<<<'four words'
  everyname count: v.everyname: the passphrase opens no key of this case
  [1]
  $ everyname count v.everyname </dev/null
  everyname count: a passphrase is needed, and there is no terminal to ask at; give it by --passphrase-fd
  [2]
  $ everyname keys v.everyname add 'S. Reviewer' --passphrase-fd 3 --new-passphrase-fd 4 3<<<'four words that rhyme' 4<<<'of one'"'"'s own'
  S. Reviewer can open the case now.
  $ everyname keys v.everyname list --passphrase-fd 3 3<<<"of one's own"
  tester
  S. Reviewer
  $ everyname keys v.everyname remove tester --passphrase-fd 3 3<<<"of one's own"
  tester has no key of this case any more. Who kept a copy of the case and its keys can still open that copy.
  $ everyname keys v.everyname --passphrase-fd 3 3<<<'four words that rhyme'
  everyname keys: v.everyname: the passphrase opens no key of this case
  [1]
  $ everyname keys v.everyname remove 'S. Reviewer' --passphrase-fd 3 3<<<"of one's own"
  everyname keys: it is the only key: without it nobody could open the case; add another key first
  [1]
  $ everyname verify v.everyname --passphrase-fd 3 3<<<"of one's own"
  v.everyname: checked 17 pages, 1 captures, 4 ledger entries, 10 rows.
  It holds. Ledger head 431bebdfe5fd92ef6d4e1133000535b7ccbb67f276c3bab80a80ee524daa7283
  $ mv v.everyname.keys elsewhere
  $ everyname verify v.everyname --passphrase-fd 3 3<<<"of one's own"
  everyname verify: v.everyname: the case is encrypted, and its file of keys is not beside it; put v.everyname.keys back
  [1]
