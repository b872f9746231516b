The chain of custody of a captured file.

  $ everyname new v.everyname >/dev/null
  $ iconv -t UTF-16LE $TESTS/lists/hospital.csv >hospital.csv
  $ everyname import v.everyname hospital.csv --source Hospital --encoding UTF-16LE --collected-by 'N. Nurse' --collected-at 1999-03 --as 'R. Archivist'
  everyname import: --collected-at: "1999-03" is no time; write it as 2026-03-01T12:00:00Z
  [2]
  $ everyname import v.everyname hospital.csv --source Hospital --encoding UTF-16LE --collected-by 'N. Nurse' --collected-at 1999-03-04T10:20Z --collected-with 'a copy on paper, typed' --url 'ward 3' --as 'R. Archivist' | tail -1 | cut -c1-12
  Ledger entry
  $ everyname custody v.everyname s:70bc.0
  Original item k:70bc.1
    collected from    ward 3
    collected by      N. Nurse
    collected at      1999-03-04T10:20:00Z
    collected with    a copy on paper, typed
    media type        text/csv
    bytes             824
    SHA-256           d86dfd8b8db7c7b9345e8925f3f752209c9e2e6f8f4242de5b17378c62e11b3d
    preserved since   2001-09-09T01:46:40Z by R. Archivist (n:70bc)
    fixity now        holds
  
  Working copy k:70bc.2
    made from         k:70bc.1
    made by           everyname 0.1.0 table
    collected from    ward 3
    collected by      R. Archivist
    collected at      2001-09-09T01:46:40Z
    collected with    everyname 0.1.0 import
    media type        text/csv; charset=utf-8
    bytes             412
    SHA-256           78b2dc14db775a4f37694a4e1e6778bd11f82ac7dc03ba88b4a768973b184ca2
    preserved since   2001-09-09T01:46:40Z by R. Archivist (n:70bc)
    fixity now        holds
  
  Chain of custody in the case
    2001-09-09T01:46:40Z  n:70bc  R. Archivist, import: entered k:70bc.1
    2001-09-09T01:46:40Z  n:70bc  R. Archivist, import: named by a row of kind capture k:70bc.2
    2001-09-09T01:46:40Z  n:70bc  R. Archivist, import: named by a row of kind release l:70bc.4
  
  Time stamps
    none
  
  Checked 2001-09-09T01:46:40Z at ledger head 6b4b41b3f4e6316b33d008d8e0cadd8dde05fb91b9b68383f6e6caf0a5a12dd1
  $ everyname destroy v.everyname r:70bc.6 --why 'consent withdrawn' >/dev/null
  $ everyname custody v.everyname k:70bc.2 | grep -e item -e copy -e fixity
  Original item k:70bc.1
    collected with    a copy on paper, typed
    fixity now        altered on order
  Working copy k:70bc.2
    fixity now        altered on order
  $ everyname custody v.everyname k:70bc.2 --json | grep -c -e '"fixity"' -e '"collected_at"'
  4
  $ everyname custody v.everyname r:70bc.5
  everyname custody: r:70bc.5 is neither a source nor a capture; give s:… or k:…, or no id for the head of the ledger
  [1]
