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
  everyname import: map.json: column "village": "town" is no role; roles: id, status, name, given, family, father, mother, sex, birth, birth_year, birth_month, birth_day, age, event_date, place, id_number, cause, civilian_status, civilian_rule, directness, alleged_party, verification, text, exact, number, date
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
  everyname import: nothing was imported: 1 bad row; no row is good: if the headers are not in the first row, say which by --header-row N
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

Headers that are not in the first row; a line that names the delimiter.

  $ printf 'List of the dead of Orlesk\n\nname;age\nA B;3\n"C;D";4\n' > title.csv; everyname import v.everyname title.csv --source X
  title.csv:5: column "List of the dead of Orlesk": a quote stands where none can; put the whole cell in quotes and write each quote inside it twice
  everyname import: nothing was imported: 1 bad row; row 3 looks like the header; if it is, say --header-row 3
  [1]
  $ printf 'List of the dead of Orlesk,,\nname,age,village\nA B,3,Orlesk\n' > wide.csv; everyname import v.everyname wide.csv --source X
  everyname import: wide.csv:1: column 2 has no name (byte 27); name it in the first line, or delete the column; if the header is in row 2, say --header-row 2
  [1]
  $ printf 'Dead of Orlesk\nname;age\nA B;3\n' > quiet.csv; everyname import v.everyname quiet.csv --source X --dry-run | head -3
  Would import 2 rows of X, release 1
  Read as csv, UTF-8, columns parted by commas.
  Row 2 looks like the header; if it is, say --header-row 2.
  $ everyname import v.everyname title.csv --source X --header-row 9
  everyname import: title.csv:6: no header: the file ends above it; name the line of the header
  [1]
  $ everyname import v.everyname title.csv --source X --header-row 3 --dry-run | head -3
  Would import 2 rows of X, release 1
  Read as csv, UTF-8, columns parted by semicolons.
  column  is
  $ printf 'sep=|\nname|age\nA, B; C|3\n' > sep.csv; everyname import v.everyname sep.csv --source X --dry-run | head -3
  Would import 1 row of X, release 1
  Read as csv, UTF-8, columns parted by bars.
  column  is

Spreadsheets' numbers of days, formulas, identifiers that two rows have: by line and column.

  $ printf 'name,date of death\nA B,34471\n' > serial.csv; everyname import v.everyname serial.csv --source X
  everyname import: serial.csv:2: column "date of death": 34471 is a spreadsheet's number of a day, 1994-05-17 by most; give the column the format of a date and save it again, or map it as text
  [1]
  $ printf 'name,age\nA B,"=YEAR(TODAY())-1950"\n' > formula.csv; everyname import v.everyname formula.csv --source X
  everyname import: formula.csv:2: column "age": "=YEAR(TODAY())-1950" is a formula, not its value; save the list with values in place of formulas, or map the column as text
  [1]
  $ printf 'id,name\nH-1,A B\nH-2,C D\nH-1,E F\n' > ids.csv; everyname import v.everyname ids.csv --source X
  everyname import: ids.csv:4: column "id": two rows have the identifier "H-1", the other is in line 2; mend the list, or map the column as text: rows are told apart by what they say then
  [1]

Files that are made to hurt: a million columns, a cell of 64 MiB, a zip that unpacks to a thousand times its size.

  $ python3 -c 'print(",".join(f"c{i}" for i in range(1000000)))' > columns.csv; everyname import v.everyname columns.csv --source X
  everyname import: columns.csv:1: more than 16384 columns (byte 103577)
  [1]
  $ python3 -c 'print("name,note"); print("A B," + "x" * (64 << 20))' > long.csv; everyname import v.everyname long.csv --source X
  long.csv:2: column "note": a cell of more than 16 MiB; look for a quote that is not closed, or shorten the cell
  everyname import: nothing was imported: 1 bad row; no row is good: if the headers are not in the first row, say which by --header-row N
  [1]
  $ python3 $TESTS/lists/bad_books.py .; everyname import v.everyname bomb.xlsx --source X
  everyname import: bomb.xlsx: the workbook unpacks to more than 200 times its size, or more than 4 GiB, in part xl/sheet.xml; save the sheet as CSV
  [1]
  $ everyname import v.everyname merged.xlsx --source X
  merged.xlsx:2: cell B2 stands in a column that the header, row 1, does not name; name the column, clear the cell, or delete what stands above the header
  merged.xlsx:3: cell B3 stands in a column that the header, row 1, does not name; name the column, clear the cell, or delete what stands above the header
  everyname import: nothing was imported: 2 bad rows; row 2 looks like the header; if it is, say --header-row 2
  [1]
  $ everyname import v.everyname uncomputed.xlsx --source X
  uncomputed.xlsx:2: column "date of death": cell B2 holds a formula without a stored value; open and save the workbook in a spreadsheet program
  everyname import: nothing was imported: 1 bad row; no row is good: if the headers are not in the first row, say which by --header-row N
  [1]
  $ everyname import v.everyname days.xlsx --source X
  everyname import: days.xlsx:3: column "date of death": 34471 is a spreadsheet's number of a day, 1994-05-17 by most; give the column the format of a date and save it again, or map it as text
  [1]
  $ everyname import v.everyname titled.xlsx --source X
  titled.xlsx:3: cell B3 stands in a column that the header, row 1, does not name; name the column, clear the cell, or delete what stands above the header
  titled.xlsx:4: cell B4 stands in a column that the header, row 1, does not name; name the column, clear the cell, or delete what stands above the header
  everyname import: nothing was imported: 2 bad rows; row 3 looks like the header; if it is, say --header-row 3
  [1]
  $ everyname import v.everyname titled.xlsx --source X --header-row 3 --dry-run | head -2
  Would import 1 row of X, release 1
  Read as xlsx.

Nothing of all this is in the case.

  $ sha256sum -c before
  v.everyname: OK
  $ everyname import v.everyname $TESTS/lists/ragged.csv --source Ragged --skip-rejected | head -3
  ragged.csv:3: 3 cells where the header has 2 columns; put cells that hold the delimiter in quotes
  ragged.csv:4: column "name": a quote is opened here and never closed; close it, or put the whole cell in quotes and write each quote inside it twice
  Imported 1 row of Ragged, release 1
  Read as csv, UTF-8, columns parted by commas.
  2 bad rows were left out; the stored file keeps what was left out.
