A workbook of Excel 97 to 2003 comes in as one of XLSX does: dates as their style shows them, a sheet by its name.

  $ everyname new v.everyname > /dev/null
  $ cp $ROOT/tests/golden/table/dead_of_orlesk.xls .; everyname import v.everyname dead_of_orlesk.xls --source 'Dead of Orlesk' --dry-run
  Would import 4 rows of Dead of Orlesk, release 1
  Read as xls.
  column  is
  ------  ---------------
  name    name
  born    birth
  seen    (kept as it is)
  died    event_date
  age     age
  weight  (kept as it is)
  
  First rows:
  name         born        seen                 died     age  weight
  -----------  ----------  -------------------  -------  ---  -------
  Maro Venn    1961-03-07  1994-05-17T08:30:00  1994-05  33   71.25
  Ирма Солл    1989-12-31                                5    0.1
  سلمى دارن                                     1994-06       -3
  O"Hare, Teo  1950-02-03                                44   1000000
  
  As they will be read:
  name         birth       age  event_date
  -----------  ----------  ---  ----------
  Maro Venn    1961-03-07  33   1994-05
  Ирма Солл    1989-12-31  5    
  سلمى دارن                     1994-06
  O"Hare, Teo  1950-02-03  44   
  $ everyname import v.everyname dead_of_orlesk.xls --source Cover --sheet Lost
  everyname import: dead_of_orlesk.xls: the workbook has no sheet "Lost"; it has "Cover", "Dead of Orlesk"
  [1]
  $ everyname import v.everyname dead_of_orlesk.xls --source Cover --sheet Cover
  everyname import: dead_of_orlesk.xls: has no rows; a list needs a line of headers and at least one row
  [1]
  $ head -c 3000 dead_of_orlesk.xls > cut.xls; everyname import v.everyname cut.xls --source Cut
  everyname import: cut.xls: the workbook is damaged: its table of sectors is cut short; open it in a spreadsheet program and save it as .xlsx
  [1]
  $ everyname import v.everyname dead_of_orlesk.xls --source 'Dead of Orlesk' > /dev/null; everyname verify v.everyname | head -1
  v.everyname: checked 17 pages, 2 captures, 2 ledger entries, 9 rows.
