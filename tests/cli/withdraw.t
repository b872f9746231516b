Consent is taken back: what leaves the case leaves it out, and says how many; the case still counts it.

  $ export XDG_CONFIG_HOME=$PWD/settings
  $ everyname new v.everyname > /dev/null
  $ everyname import v.everyname $TESTS/lists/hospital.csv --source Hospital > /dev/null
  $ everyname import v.everyname $TESTS/lists/families.csv --source Families --date-order dmy > /dev/null
  $ printf 'The elder of Orlesk said on 2 May 1994 that three men were killed in Orlesk.\n' > elder.txt
  $ everyname import v.everyname elder.txt --source 'The elder' > /dev/null; printf 'ccccc' | everyname review v.everyname --kind figure > /dev/null
  $ everyname link v.everyname > /dev/null
  $ everyname add v.everyname status_event person=H-3 status=captured note='Tovan was taken at the bridge' > /dev/null
  $ everyname add v.everyname consent of=H-3 purpose='share;publish' date=1994-06-01 key=tovan | tail -1 | cut -c1-12
  Ledger entry
  $ everyname export v.everyname -o before --names --yes | head -2; grep -c Ishkari before/person.csv
  person             7
  record             11
  1
  $ everyname withdraw v.everyname key:tovan --why 'letter of the family' --purpose publish --date 1994-09-01
  Withdrawn by E:4518.0, ledger entry n:4518.
  What leaves the case for that purpose from now on leaves it out: report for "publish", export and redact for "share". Nothing that was handed out before comes back, and the case still holds it: `everyname destroy` overwrites it.
  $ everyname export v.everyname -o published --names --yes | head -2; grep -c Ishkari published/person.csv
  person             7
  record             11
  1
  $ everyname report v.everyname -o report --names --yes > /dev/null; grep -l -e Ishkari -e 'at the bridge' report/*
  [1]
  $ grep -o 'Consent was withdrawn for [^.]*' report/report.html | sed 's/<[^>]*>//g'; grep -A 1 consent_withdrawn report/report.json | head -1
  Consent was withdrawn for 1: they are counted, and not listed
   "consent_withdrawn": 1,
  $ everyname count v.everyname | sed -n 3p | cut -c1-20
        7  c:recorded@
  $ everyname withdraw v.everyname H-3 --why 'the family does not want it kept' --purpose store > /dev/null
  $ everyname export v.everyname -o shared --names --yes | grep -e person -e record -e consent; grep -l -e Ishkari -e 'at the bridge' shared/*
  person             6
  record             10
  1 persons are left out with all rows about them: consent was withdrawn.
  [1]
  $ everyname redact v.everyname -o shared.everyname; grep -c -a -e Ishkari -e 'at the bridge' shared.everyname; everyname verify shared.everyname | tail -1 | cut -c1-9
  Wrote shared.everyname without 6 rows, 1 of them records. It leaves out 1 who took back consent to share. It verifies, to the same ledger head. What is not marked is in it: look through it before you hand it on.
  0
  It holds.

Given anew, it counts anew. A source can take its words back too.

  $ everyname add v.everyname consent of=H-3 purpose='store;share' date=1995-01-01 > /dev/null
  $ everyname export v.everyname -o again --names --yes | head -1; grep -c Ishkari again/person.csv
  person             7
  1
  $ everyname withdraw v.everyname 'The elder' --why 'he is afraid' --purpose share,publish > /dev/null
  $ everyname report v.everyname -o report --names --yes > /dev/null; grep -l 'three men' report/*
  [1]
  $ everyname export v.everyname -o last --names --yes | grep -e source -e figure; grep -l -e 'three men' -e 'The elder' last/*
  source             2
  5 rows are left out: they are marked, or of a source that is.
  [1]
  $ everyname withdraw v.everyname H-3 --purpose gossip --why x
  everyname withdraw: column "purpose": "gossip" is no term of consent_purpose; terms: store, share, publish, court
  [1]
  $ everyname withdraw v.everyname H-3
  everyname withdraw: missing --why TEXT; see everyname withdraw --help
  [2]
