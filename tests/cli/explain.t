Why two records are one person or not. Weights change with the model: they are masked here.

  $ cp $TESTS/lists/*.csv .; mask() { sed 's/[+-][0-9]*\.[0-9]/W/; s/[<>]*0\.[0-9]*/P/g; /relatives/d; s/   */  /g; s/  *$//'; }
  $ everyname explain hospital.csv families.csv H-1 F-1 | mask
  H-1 and F-1: match probability P, above the threshold of P.
  The linkage has them as one person.
  
  field  level  bits  a  b
  -----------------  -------  ----  ----------  ----------
  (any two records)  W
  given  equal  W  marin  marin
  family  equal  W  dalverek  dalverek
  birth  equal  W  1950-03-02  1950-03-02
  sex  equal  W  m  m
  place  equal  W  orlesk  orlesk
  event_date  missing  W  1994-05-17
  (so many differ)  W
  (total)  W
  
  It would be below the threshold if \w+ were: .*\. (re)
  $ everyname explain hospital.csv families.csv H-1 F-2 --one-per-list | head -3 | mask
  H-1 and F-2: match probability P, below the threshold of P.
  The linkage has them as two persons.
  
  $ everyname link hospital.csv families.csv --save-model model.json > /dev/null
  $ everyname explain hospital.csv families.csv H-1 F-1 --model model.json | head -3 | mask
  H-1 and F-1: match probability P, above the threshold of P.
  
  field  level  bits  a  b
  $ everyname explain hospital.csv families.csv H-1 F-1 --json | grep -e joined -e '"[ab]":' | head -5
        "a": "H-1",
        "b": "F-1",
        "joined": true,
            "a": "marin",
            "b": "marin",
  $ everyname explain hospital.csv families.csv H-1 F-9
  everyname explain: no record has the id "F-9"; give the files first and then two ids; --id names the column of ids
  [1]
  $ everyname explain hospital.csv H-1
  everyname explain: of plain files it takes the files and then two record ids
  [2]

In a case, of records and of a person.

  $ everyname new v.everyname > /dev/null
  $ everyname import v.everyname families.csv --source Families > /dev/null
  $ everyname import v.everyname hospital.csv --source Hospital > /dev/null
  $ everyname explain v.everyname p:70bc.4
  everyname explain: v.everyname: the case is not linked yet; run: everyname link v.everyname --as NAME
  [1]
  $ everyname link v.everyname --one-per-list > /dev/null
  $ everyname explain v.everyname p:70bc.4 | head -9 | mask
  p:70bc.4: 2 records, held together by these links, the weakest first.
  record  record  probability
  --------  --------  -----------
  r:70bc.4  r:cfd3.4  P
  
  The weakest link:
  
  r:70bc.4 and r:cfd3.4: match probability P, above the threshold of P.
  The linkage has them as one person, p:70bc.4.
  $ everyname explain v.everyname r:70bc.4 r:cfd3.4 | head -2 | mask
  r:70bc.4 and r:cfd3.4: match probability P, above the threshold of P.
  The linkage has them as one person, p:70bc.4.
  $ everyname explain v.everyname r:70bc.4 r:70bc.5 | head -2 | mask
  r:70bc.4 and r:70bc.5: match probability P, below the threshold of P.
  The linkage has them as two persons.
  $ everyname explain v.everyname p:70bc.7
  p:70bc.7: one record; nothing was joined.
  $ everyname explain v.everyname p:cfd3.4
  everyname explain: p:cfd3.4: the last link run has no such person with a record that counts; look the id up with `everyname trace`, or link again
  [1]
  $ everyname explain v.everyname r:70bc.4
  everyname explain: r:70bc.4 is no person; give two records (r:), or one person (p:)
  [2]
