Linking a case again and again: persons keep their ids, and what changed is said.

  $ cp $TESTS/lists/*.csv .; everyname new v.everyname > /dev/null
  $ everyname import v.everyname families.csv --source Families > /dev/null
  $ everyname import v.everyname hospital.csv --source Hospital > /dev/null
  $ everyname link v.everyname --incremental
  everyname link: v.everyname: the case is not linked yet; run: everyname link v.everyname --as NAME
  [1]
  $ everyname link v.everyname --one-per-list | sed '/precision/d'
  11 records are 7 persons.
  Found by exhaustive comparison: 30 pairs compared.
  Left undecided: 0 pairs.
  Link run u:3fa6.0, ledger entry n:3fa6.
  $ everyname count v.everyname --where lists=2 --show-small --json > before.json
  $ everyname trace v.everyname "$(grep -o 'c:[^"]*' before.json | head -1)" | grep '^p:' | sort > before.txt; cat before.txt
  p:70bc.4
  p:70bc.5
  p:70bc.6
  p:70bc.8

A newer release of the list that founded them: rows that it took over, changed or not, still found them. F-4 is gone; F-5 came.

  $ everyname import v.everyname families-2.csv --source Families > /dev/null
  $ everyname link v.everyname --incremental | sed '/precision/d; /^Link run/d'
  11 records are 7 persons.
  Found by exhaustive comparison: 27 pairs compared.
  Left undecided: 0 pairs.
  Decided anew: 3 records.
  Against the run before: persons merged 0, split 0, gone 1.
  Warning: 3 of 11 records were decided anew: recall, undecided pairs and charts of thresholds leave out what is between the others
  $ everyname count v.everyname --where lists=2 --show-small --json > after.json
  $ everyname trace v.everyname "$(grep -o 'c:[^"]*' after.json | head -1)" | grep '^p:' | sort > after.txt; diff before.txt after.txt

People's judgements, by a file of labels or one by one, part what was one and join what was two.

  $ everyname link v.everyname --one-per-list --ask 4 --ask-out ask.csv > /dev/null; head -1 ask.csv | cut -d, -f1-7
  rec_id_a,rec_id_b,same,list_a,list_b,given_a,given_b
  $ everyname trace v.everyname "$(head -1 before.txt)" | grep -o 'r:[^ ]*' > pair.txt
  $ (echo rec_id_a,rec_id_b,same; paste -sd, pair.txt | sed 's/$/,0/') > labels.csv
  $ everyname link v.everyname --incremental --labels labels.csv | sed '/precision/d; /^Link run/d'
  11 records are 8 persons.
  Found by exhaustive comparison: 19 pairs compared.
  Labels: 1 judged.
  Left undecided: 0 pairs.
  Decided anew: 2 records.
  Against the run before: persons merged 0, split 1, gone 0.
    p:70bc.4 is now p:70bc.4, p:cfd3.4
  Warning: 2 of 11 records were decided anew: recall, undecided pairs and charts of thresholds leave out what is between the others
  $ everyname trace v.everyname p:cfd3.4 | sed -n 2p
  One record.
  $ sed -i 's/,0$/,1/' labels.csv; everyname link v.everyname --incremental --labels labels.csv --json | sed -n '/"decided_anew"/,/"gone"/p'
    "decided_anew": \d+, (re)
    "merged": [
      {
        "person": "p:70bc.4",
        "from": [
          "p:70bc.4",
          "p:cfd3.4"
        ]
      }
    ],
    "split": [],
    "gone": 0,
  $ everyname trace v.everyname p:cfd3.4 | head -2
  p:cfd3.4: person Marin Dalverek
  p:cfd3.4 is p:70bc.4 now, whose records follow. 2 records that link run u:4518.1 joined; the weakest link has probability 1.0000.
  $ printf 'rec_id_a,rec_id_b,same\nH-1,F-2,0\nH-1,F-77,0\n' > own.csv; everyname link v.everyname --labels own.csv
  everyname link: own.csv:3: column "rec_id_b": no record has the id "F-77"; use the ids of the records that are linked: in a case r: ids, over plain files those of --id
  [1]
  $ sed -i '$d' own.csv; everyname link v.everyname --one-per-list --labels own.csv | grep Labels
  Labels: 1 judged.
  $ everyname verify v.everyname | tail -1 | cut -c1-9
  It holds.

A model from one case serves another.

  $ everyname link v.everyname --save-model model.json --one-per-list > /dev/null
  $ everyname new w.everyname > /dev/null; everyname import w.everyname hospital.csv --source Hospital > /dev/null
  $ everyname link w.everyname --model model.json --one-per-list | head -1
  6 records are 6 persons.

  $ everyname link v.everyname --incremental --model model.json
  everyname link: --incremental goes on under the model, the seed and --one-per-list of the last run
  [2]
  $ everyname link v.everyname --histories histories.csv
  everyname link: --histories is for plain files; a case knows its lists and columns from import
  [2]
  $ everyname link hospital.csv --incremental
  everyname link: --incremental goes on from the last link run of a case; plain files have none
  [2]

The same bytes for one thread and two.

  $ for n in 1 2; do everyname new $n.everyname > /dev/null; for f in hospital families; do everyname import $n.everyname $f.csv --source $f --threads $n > /dev/null; done
  > everyname link $n.everyname --one-per-list --partitions 5 --partitions-out $n.csv --threads $n > /dev/null; done; cmp 1.everyname 2.everyname; cmp 1.csv 2.csv

Strata are those of each partition in turn: who is joined decides what a person shows. Without partitions, those of the run.

  $ for how in '' --one-linkage; do everyname estimate 1.everyname --by sex --method graphs --json $how > j; python3 -c "import json; j = json.load(open('j')); print(j.get('replicates'), [(s['sex'], s['observed']) for s in j['recommended']['strata']] if j['recommended'] else j['methods'][0]['warnings'])"; done
  {'n': 5, 'rubin': None} ['replicate p1: no stratum could be estimated', '5 of 5 replicates give no number']
  None ['no stratum could be estimated']
