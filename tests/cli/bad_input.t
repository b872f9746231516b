Bad input names file, line, column and the mend, and leaves the case as it was.

  $ everyname new v.everyname > /dev/null
  $ sha256sum v.everyname > before
  $ everyname import v.everyname $TESTS/lists/ragged.csv --source Ragged
  ragged.csv:3: 3 cells where the header has 2 columns; put cells that hold the delimiter in quotes
  ragged.csv:4: column "name": a quote is opened here and never closed; close it, or put the whole cell in quotes and write each quote inside it twice
  everyname import: nothing was imported: 2 bad rows; mend the file or use --skip-rejected
  [1]
  $ everyname import v.everyname $TESTS/lists/order.csv --source Order
  everyname import: order.csv:2: column "born": "03/02/1950": the order of day and month is not stated; say --date-order dmy, mdy or ymd, or map the column as text
  [1]
  $ everyname import v.everyname nowhere.csv --source Nowhere
  everyname import: nowhere.csv: cannot open: No such file or directory; check the path
  [1]
  $ everyname import v.everyname $TESTS/lists/hospital.csv --source X --map nowhere.json
  everyname import: nowhere.json: cannot open: No such file or directory; check the path
  [1]
  $ echo '{"colour": "name"}' > map.json; everyname import v.everyname $TESTS/lists/hospital.csv --source X --map map.json
  everyname import: map.json: column "colour": the list has no such column; use a header of the list exactly as it is written there
  [1]
  $ echo '{"village": "town"}' > map.json; everyname import v.everyname $TESTS/lists/hospital.csv --source X --map map.json
  everyname import: map.json: column "village": "town" is no role; roles: id, status, name, given, family, father, mother, sex, birth, birth_year, birth_month, birth_day, age, event_date, place, id_number, text, exact, number, date
  [1]
  $ echo '{"village"' > map.json; everyname import v.everyname $TESTS/lists/hospital.csv --source X --map map.json
  everyname import: map.json:2: is not a mapping: ':' expected near end of file; write {"COLUMN": "ROLE", …}; `everyname import --dry-run --json` prints one to start from
  [1]
  $ everyname import v.everyname $TESTS/lists/hospital.csv --source X --published 17/05/1994
  everyname import: --published: "17/05/1994" has a day and a month whose order is not stated; write it as 1994-05-17, 1994-05 or 1994
  [2]
  $ printf 'a,a\n1,2\n' > twice.csv; everyname import v.everyname twice.csv --source X
  everyname import: twice.csv:1: column "a": two columns have this name (byte 2); rename one of them in the first line
  [1]
  $ printf 'name\n\377\376x\n' > bytes.csv; everyname import v.everyname bytes.csv --source X --encoding UTF-8
  bytes.csv:2: column "name": byte 0xFF is not UTF-8; save the file as UTF-8, or name its encoding
  everyname import: nothing was imported: 1 bad row; no row is good: if the headers are not in the first row, remove what stands above them
  [1]
  $ : > empty.csv; everyname import v.everyname empty.csv --source X
  everyname import: empty.csv:1: no header: the file is empty; the first line names the columns
  [1]
  $ printf 'name\n' > headers.csv; everyname import v.everyname headers.csv --source X
  everyname import: headers.csv: has no rows; a list needs a line of headers and at least one row
  [1]
  $ cp $TESTS/lists/hospital.csv .; everyname import hospital.csv hospital.csv --source X
  everyname import: hospital.csv: is not a case file; make one with `everyname new`
  [1]
  $ everyname link v.everyname
  everyname link: v.everyname: the case holds no records; import a list first: everyname import v.everyname FILE --source TITLE
  [1]
  $ sha256sum -c before
  v.everyname: OK
  $ everyname import v.everyname $TESTS/lists/ragged.csv --source Ragged --skip-rejected | head -3
  ragged.csv:3: 3 cells where the header has 2 columns; put cells that hold the delimiter in quotes
  ragged.csv:4: column "name": a quote is opened here and never closed; close it, or put the whole cell in quotes and write each quote inside it twice
  Imported 1 row of Ragged, release 1
  Read as csv, UTF-8, columns parted by commas.
  2 bad rows were left out; the stored file keeps what was left out.
