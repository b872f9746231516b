What `link` takes and gives over plain files beside lists and persons.

  $ cp $TESTS/lists/*.csv .

A model goes out, comes back frozen, and gives the same persons.

  $ everyname link hospital.csv families.csv --one-per-list --save-model model.json -o learned.csv > /dev/null
  $ everyname link hospital.csv families.csv --one-per-list --model model.json --save-model again.json -o frozen.csv > /dev/null
  $ cmp learned.csv frozen.csv; cmp model.json again.json
  $ sed 's/"field":"birth"/"field":"born"/' model.json > other.json; everyname link hospital.csv families.csv --model other.json | tail -1
  Warning: column "birth" is left out: the model does not compare it
  $ sed 's/"prior":/"Prior":/' model.json > wrong.json; everyname link hospital.csv families.csv --model wrong.json
  everyname link: wrong.json: prior is missing; correct it there, or write the model anew with --save-model
  [1]
  $ sed 's/"m":.0/"m":[7/' model.json > wrong.json; everyname link hospital.csv families.csv --model wrong.json
  everyname link: wrong.json: comparisons[0].m[0] is no probability above 0; correct it there, or write the model anew with --save-model
  [1]
  $ sed 's/"key_version":1/"key_version":0/' model.json > wrong.json; everyname link hospital.csv --model wrong.json
  everyname link: wrong.json: key_version is not that of this program's keys of names; correct it there, or write the model anew with --save-model
  [1]
  $ everyname link hospital.csv families.csv --model truth.csv
  everyname link: truth.csv:1: is not JSON: '[' or '{' expected near 'rec'; give a file that `everyname link --save-model` wrote
  [1]
  $ everyname link hospital.csv families.csv --model nowhere.json
  everyname link: nowhere.json: cannot open: No such file or directory; check the path
  [1]

Pairs are asked for, judged, and bind.

  $ everyname link hospital.csv families.csv --one-per-list --ask 3 --ask-out ask.csv | grep judged
  To be judged: 3 pairs in ask.csv; fill in the column same with 1 or 0.
  $ cut -d, -f1-7 ask.csv | head -1
  rec_id_a,rec_id_b,same,list_a,list_b,given_a,given_b
  $ tail -n +2 ask.csv | grep -c ',,families,hospital,'
  3
  $ printf 'rec_id_a,rec_id_b,same\nH-1,F-1,0\nF-4,H-3,same\nH-2,F-2,\nH-5,F-5,unsure\n' > labels.csv
  $ everyname link hospital.csv families.csv --one-per-list --labels labels.csv -o bound.csv | grep -e persons -e Labels
  11 records are 7 persons.
  Labels: 2 judged, 1 left unsure.
  $ grep -e H-1 -e H-3 bound.csv
  H-1,H-1
  H-3,F-4
  $ printf 'rec_id_a,rec_id_b,same\nH-1,F-1,0\nF-1,H-1,1\n' > labels.csv; everyname link hospital.csv families.csv --labels labels.csv
  everyname link: labels.csv:3: column "same": an earlier row judges the same two records otherwise; keep one of the two rows
  [1]
  $ printf 'rec_id_a,rec_id_b,same\n\nH-1,F-9,0\n' > labels.csv; everyname link hospital.csv families.csv --labels labels.csv
  everyname link: labels.csv:3: column "rec_id_b": no record has the id "F-9"; use the ids of the records that are linked: in a case r: ids, over plain files those of --id
  [1]
  $ printf 'rec_id_a,rec_id_b,same\nH-1,F-1,maybe\n' > labels.csv; everyname link hospital.csv families.csv --labels labels.csv
  everyname link: labels.csv:2: column "same": "maybe" is no judgement; write 1 or same, 0 or different, unsure, or nothing
  [1]
  $ printf 'rec_id_a,rec_id_b\nH-1,F-1\n' > labels.csv; everyname link hospital.csv families.csv --labels labels.csv
  everyname link: labels.csv:1: column "same": the file has no such column; a file of labels has the columns rec_id_a, rec_id_b and same: 1 or 0, or nothing
  [1]
  $ everyname link hospital.csv --ask 3
  everyname link: --ask N and --ask-out FILE.csv go together
  [2]
  $ everyname link hospital.csv --ask 3 --ask-out ask.csv --ask-for fun
  everyname link: --ask-for is learn or evaluate
  [2]

A sample that was judged says how well a linkage does.

  $ everyname link hospital.csv families.csv --one-per-list --ask 9 --ask-for evaluate --ask-out sample.csv > /dev/null
  $ sed '2,$s/,,/,1,/' sample.csv > judged.csv
  $ everyname link hospital.csv families.csv --one-per-list --sample judged.csv | grep judged
  By \d+ judged pairs: precision 1.000 \([\d.]+ to 1.000\), recall [\d.]+ \([\d.]+ to [\d.]+\); intervals of 95 %. (re)
  $ everyname link hospital.csv families.csv --one-per-list --sample judged.csv --json | grep -A 9 sampled | sed 's/: [0-9.]*,/: N,/'
    "sampled": {
      "precision": N,
      "precision_low": N,
      "precision_high": N,
      "recall": N,
      "recall_low": N,
      "recall_high": N,
      "level": N,
      "judged": 4
    }
  $ everyname link hospital.csv families.csv --one-per-list --sample sample.csv
  everyname link: sample.csv: column "same": no pair of stratum \d+ is judged; write 1 or 0 in the column same for some pairs of every stratum (re)
  [1]
  $ everyname link hospital.csv families.csv --one-per-list --sample ask.csv
  everyname link: ask.csv:1: column "stratum": the file has no such column; a sample is a file that --ask-for evaluate wrote, with the column same filled in
  [1]

Capture histories, the bridge to `estimate`.

  $ everyname link hospital.csv families.csv --one-per-list --histories histories.csv > /dev/null; cat histories.csv
  hospital,families,count
  1,0,2
  0,1,1
  1,1,4
  $ everyname estimate histories.csv --method chao | head -3
  Recorded: 7 persons on 2 lists.
  
  method  kind   status  low  median  high  at least  R-hat  ess

Nicknames and places come from files of the user.

  $ printf 'name,nickname\nMarin,\n' > nicknames.csv; everyname link hospital.csv --nicknames nicknames.csv
  everyname link: nicknames.csv:2: column "nickname": is empty; a nicknames file has the columns name and nickname, one pair a row
  [1]
  $ printf 'name,latitude,longitude\nOrlesk,44.5,18.25\nBrenna,44.7,900\n' > places.csv; everyname link hospital.csv --places places.csv
  everyname link: places.csv:3: column "longitude": "900" is no number of degrees from -180 to 180; a places file has the columns name, latitude and longitude, in degrees with a point
  [1]

  $ printf 'name,nickname\nMarin,Mako\n' > nicknames.csv; printf 'name,latitude,longitude\nOrlesk,44.5,18.25\nBrenna,44.7,18.5\n' > places.csv
  $ sed 's/F-1;Marin/F-1;Mako/' families.csv > short.csv
  $ everyname link hospital.csv short.csv --one-per-list --nicknames nicknames.csv --places places.csv --save-model places.json -o short_persons.csv > /dev/null; grep H-1 short_persons.csv
  H-1,F-1
  $ everyname link hospital.csv short.csv --one-per-list --model places.json
  everyname link: places.json: the model's levels of "place" are not those that are compared here; give the places it was learned with, or learn it anew: link without it
  [1]
  $ everyname explain hospital.csv short.csv H-1 F-1 --model places.json --nicknames nicknames.csv --places places.csv | grep -o 'given *short form'
  given              short form

Things that are no persons.

  $ everyname link hospital.csv families.csv --preset generic --one-per-list --charts --json > generic.json; grep -o -e '"thresholds"' -e '"sizes"' -e '"unlinkable"' -e '"blocking"' generic.json
  "thresholds"
  "sizes"
  "unlinkable"
  "blocking"
  $ grep '"field"' generic.json
          "field": "text:given_name",
          "field": "text:family_name",
          "field": "date:date_of_birth",
          "field": "text:sex",
          "field": "text:village",
          "field": "text:status",
          "field": "date:date",
          "field": "text:remarks",
  $ everyname link hospital.csv --preset things
  everyname link: --preset is person (columns by header) or generic (every column, by what it holds)
  [2]
  $ everyname link hospital.csv --charts
  everyname link: --charts goes with --json: it adds numbers for charts to it
  [2]

A second given name is a field of its own, and fname beside gname is the family name.

  $ printf 'id,gname,middle_name,fname\n1,Ana,Rosa,Tulen\n2,Ana,Rosa,Tulen\n3,Ivo,,Marek\n' > second.csv
  $ everyname link second.csv --save-model second.json > /dev/null; grep -o '"field":"[^"]*"' second.json
  "field":"given"
  "field":"given:middle_name"
  "field":"family"
