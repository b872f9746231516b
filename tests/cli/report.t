The report of the example: protected by default, and the same bytes on any number of threads.

  $ everyname new v.everyname > /dev/null
  $ everyname import v.everyname $ROOT/examples/hospital-registers.csv --source Hospital > /dev/null
  $ everyname import v.everyname $ROOT/examples/family-reports.csv --source Families > /dev/null
  $ everyname report v.everyname -o unlinked && grep -ciE 'not (been )?(linked|joined)' unlinked/report.html
  unlinked/report.html
  1
  $ everyname link v.everyname --threads 1 > /dev/null
  $ everyname report v.everyname -o one --threads 1
  one/report.html
  $ everyname report v.everyname -o two --threads 2 > /dev/null; diff -r one two
  $ ls one
  counts.csv
  datapackage.json
  estimates.csv
  overlap.csv
  persons.csv
  records.csv
  report.html
  report.json
  sources.csv
  $ python3 -m json.tool one/report.json > /dev/null
  $ grep -c '"terms"' one/report.json
  0
  [1]
  $ grep -oE '(src|href)="?https?:' one/report.html | wc -l
  0
  $ everyname report v.everyname -o named --names < /dev/null
  --names will print 1315 names: 474 of persons who may be living, 366 of persons who may be minors (some are both), with the rows that name them.
  everyname report: say --yes to go on without being asked
  [1]
  $ everyname report v.everyname -o named --names --yes
  named/report.html
  $ touch file; everyname report v.everyname -o file
  everyname report: file: is a file; a folder is needed
  [1]
