Linking plain files, with no case.

  $ cp $TESTS/lists/*.csv .
  $ everyname link hospital.csv families.csv --one-per-list --truth truth.csv -o persons.csv
  11 records are 7 persons.
  Found by exhaustive comparison: 30 pairs compared.
  Estimated by the model: precision 0.997, recall 1.000.
  Left undecided: 0 pairs.
  Against the truth: pairs precision 1.0000, recall 1.0000, F1 1.0000; B-cubed precision 1.0000, recall 1.0000, F1 1.0000.
  $ cat persons.csv
  rec_id,person_id
  F-1,F-1
  F-2,F-2
  F-3,F-3
  F-4,F-4
  F-5,F-5
  H-1,F-1
  H-2,F-2
  H-3,H-3
  H-4,F-3
  H-5,H-5
  H-6,F-5

The same bytes for one thread and two, and for any order of rows.

  $ everyname link hospital.csv families.csv --one-per-list -o one.csv --threads 1 > /dev/null; cmp one.csv persons.csv
  $ (head -1 $TESTS/lists/hospital.csv; tail -n +2 $TESTS/lists/hospital.csv | sort -r) > hospital.csv
  $ everyname link hospital.csv families.csv --one-per-list -o shuffled.csv > /dev/null; cmp shuffled.csv persons.csv

  $ everyname link hospital.csv --fields given=nothing
  everyname link: hospital.csv: --fields: no file has the column of "given=nothing"; use a header exactly as it is written in the file
  [2]
  $ everyname link hospital.csv --fields colour=sex
  everyname link: --fields: "colour=sex" is neither ROLE=COLUMN nor text:, exact:, number: or date: before a column; roles: name, given, family, father, mother, sex, birth, birth_year, birth_month, birth_day, age, event_date, place, id_number
  [2]
  $ everyname link hospital.csv --id village
  everyname link: the record id "Orlesk" stands twice; name the column that tells records apart with --id; over several files ids must differ
  [1]
  $ everyname link hospital.csv --truth hospital.csv
  everyname link: hospital.csv: lacks the column rec_id or entity_id; a truth file has the columns rec_id and entity_id, one row for each record
  [1]
  $ everyname link nowhere.csv
  everyname link: nowhere.csv: cannot open: No such file or directory; check the path
  [1]
