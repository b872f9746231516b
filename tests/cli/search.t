Names in any script find each other, misspelt too; words of rows and of documents are found.

  $ everyname new v.everyname >/dev/null
  $ everyname import v.everyname $TESTS/lists/hospital.csv --source 'Hospital registers' >/dev/null
  $ printf 'no,name,village\nR-1,Марин Далверек,Орлеск\nR-2,نيلس اوروفان,برنا\n' > abroad.csv
  $ everyname import v.everyname abroad.csv --source 'List from abroad' >/dev/null
  $ everyname search v.everyname marin dalverek
  1.00  record r:70bc.4  person p:70bc.4  Hospital registers  k:70bc.1 bytes 72+57
        H-1,Marin,Dalverek,1950-03-02,M,Orlesk,killed,1994-05-17,
  1.00  record r:cfd3.4  person p:cfd3.4  List from abroad  k:cfd3.1 bytes 16+44
        R-1,Марин Далверек,Орлеск
  0.50  record r:70bc.5  person p:70bc.5  Hospital registers  k:70bc.1 bytes 130+69
        H-2,Selva,Dalverek,1980-07-21,F,Orlesk,missing,1994-05-17,by the well
  
  "marin dalverek": every word in 2 places, some in 3. All are shown.
  $ everyname search v.everyname 'Далверик' --limit 2
  0.92  record r:70bc.4  person p:70bc.4  Hospital registers  k:70bc.1 bytes 72+57
        H-1,Marin,Dalverek,1950-03-02,M,Orlesk,killed,1994-05-17,
  0.92  record r:70bc.5  person p:70bc.5  Hospital registers  k:70bc.1 bytes 130+69
        H-2,Selva,Dalverek,1980-07-21,F,Orlesk,missing,1994-05-17,by the well
  
  "Далверик": every word in 3 places, some in 3. The best are shown; --limit shows more.
  $ everyname search v.everyname Orlesk --where status=missing
  1.00  record r:70bc.5  person p:70bc.5  Hospital registers  k:70bc.1 bytes 130+69
        H-2,Selva,Dalverek,1980-07-21,F,Orlesk,missing,1994-05-17,by the well
  1.00  record r:70bc.8  person p:70bc.8  Hospital registers  k:70bc.1 bytes 310+44
        H-5,Karo,Velde,1955-02-14,M,Orlesk,missing,,
  
  "Orlesk": every word in 2 places, some in 2. All are shown.
  $ everyname search v.everyname Orlesk --where colour=red
  everyname search: --where: "colour" is no dimension; they are status, sex, age_group, place, month, cause, civilian_status, civilian_rule, directness, verification, source, lists, pattern, independent_sources, fate, whereabouts, parents, year, quarter, week, day, period, place:site, place:neighbourhood, place:settlement, place:district, place:province, place:country, place:region, ever, incident, family, alleged_party, complete
  [2]
  $ everyname search v.everyname Xqzw
  "Xqzw": every word in 0 places, some in 0. All are shown.
  $ everyname search v.everyname
  everyname search: give words to search for, or --from FILE with a query a line
  [2]
  $ printf 'Nelis\nTovan\n' | everyname search v.everyname --from /dev/stdin | sed 's/"seconds.*//' | cut -c1-60
  {"query":"Nelis","found":2,"partly":2,"results":[{"kind":"re
  {"query":"Tovan","found":1,"partly":1,"results":[{"kind":"re

Figures, and a document's words with the place of the passage.

  $ printf 'A report of 20 May 1994.\n\nThe committee of Tarvesh said that 31 people were killed in Brenna.\n' > report.txt
  $ everyname import v.everyname report.txt --source 'Committee, 20 May' >/dev/null
  $ everyname add v.everyname actor name='Committee of Tarvesh' kind=body >/dev/null
  $ everyname search v.everyname Tarvish
  0.92  actor a:60c5.0
        {"kind":"body","name":"Committee of Tarvesh"}
  0.92  passage k:3fa6.1  Committee, 20 May  k:3fa6.1 bytes 26+67
        The committee of Tarvesh said that 31 people were killed in Brenna.
  
  "Tarvish": every word in 2 places, some in 2. All are shown.

What was kept does not change the ledger, and verify makes it anew.

  $ everyname count v.everyname --by sex --show-small > first; everyname count v.everyname --by sex --show-small | cmp - first
  $ everyname verify v.everyname
  v.everyname: checked 17 pages, 3 captures, 5 ledger entries, 21 rows.
  It holds. Ledger head 55a1d707be61eea8e4c2cb9038fc0e0716dd4a116e7bcb99b8dcd08bc8bdce2f
