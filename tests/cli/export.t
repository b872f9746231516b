What a case exports: tables of each kind, with nobody named who may be living.

  $ everyname new v.everyname > /dev/null
  $ everyname import v.everyname $TESTS/lists/hospital.csv --source 'Hospital registers' --kind register > /dev/null
  $ everyname import v.everyname $TESTS/lists/families.csv --source 'Lists of families' --date-order dmy > /dev/null
  $ everyname link v.everyname > /dev/null
  $ everyname add v.everyname place name=Orlesk latitude=45.25 longitude=19.5 key=orlesk > /dev/null
  $ everyname add v.everyname incident title='Orlesk, 17 May 1994' date=1994-05-17 place=Orlesk place_id=key:orlesk > /dev/null
  $ everyname add v.everyname figure category=killed best=41 incident='Orlesk, 17 May 1994' asserted_by='District Hospital' > /dev/null
  $ everyname add v.everyname status_event person=H-2 status=missing date=1994-05-17 place=Orlesk note='Selva Dalverek was at the well' > /dev/null
  $ everyname add v.everyname allegation of='Orlesk, 17 May 1994' act=killing actor='Northern Guard' asserted_by='District Hospital' > /dev/null
  $ everyname export v.everyname -o out --sqlite --geojson --huridocs
  person             7
  record             11
  source             2
  capture            2
  release            2
  place              1
  incident           1
  allegation         1
  figure             1
  status_event       1
  7 persons are shown with less than is known: they, or few others like them, may be living or minors.
  out/datapackage.json
  $ ls out out/huridocs
  out:
  allegation.csv
  allegation.jsonl
  capture.csv
  capture.jsonl
  case.sqlite
  datapackage.json
  figure.csv
  figure.jsonl
  huridocs
  incident.csv
  incident.jsonl
  person.csv
  person.jsonl
  place.csv
  place.jsonl
  places.geojson
  record.csv
  record.jsonl
  release.csv
  release.jsonl
  source.csv
  source.jsonl
  status_event.csv
  status_event.jsonl
  
  out/huridocs:
  act.csv
  event.csv
  information.csv
  involvement.csv
  link.csv
  person.csv
  $ head -3 out/person.csv
  id,name,status,sex,age_group,place,month,fate,whereabouts,parents,verification,records,independent_sources,disputed,withheld
  p:70bc.4,Marin Dalverek,,male,18-59,Orlesk,1994-05,,,,not_verified,,,,protected
  p:70bc.5,,,,,,,,,,not_verified,,,,protected
  $ cat out/figure.csv out/status_event.csv
  id,category,best,incident,asserted_by_name
  f:eb26.0,killed,41,i:9e7b.0,District Hospital
  id,person,status
  S:31a3.0,p:70bc.5,missing
  $ cat out/figure.jsonl out/places.geojson
  {"id":"f:eb26.0","category":"killed","best":41,"incident":"i:9e7b.0","asserted_by_name":"District Hospital"}
  {
   "type": "FeatureCollection",
   "features": [
    {
     "type": "Feature",
     "id": "b:60c5.0",
     "geometry": {
      "type": "Point",
      "coordinates": [
       19.5,
       45.25
      ]
     },
     "properties": {
      "id": "b:60c5.0",
      "name": "Orlesk",
      "latitude": "45.25",
      "longitude": "19.5",
      "key": "orlesk",
      "table": "place"
     }
    },
    {
     "type": "Feature",
     "id": "i:9e7b.0",
     "geometry": {
      "type": "Point",
      "coordinates": [
       19.5,
       45.25
      ]
     },
     "properties": {
      "id": "i:9e7b.0",
      "title": "Orlesk, 17 May 1994",
      "date": "1994-05-17",
      "place": "Orlesk",
      "place_id": "b:60c5.0",
      "table": "incident"
     }
    }
   ]
  }
  $ cat out/huridocs/involvement.csv out/huridocs/event.csv out/huridocs/link.csv
  Involvement record number,Event or act,Alleged act,Alleged perpetrator,Degree of involvement,Alleged by,Date of the allegation,Standard of proof,Source
  q:4518.0,i:9e7b.0,killing,Northern Guard,,District Hospital,,,
  Event record number,Event title,Geographical term,Initial date,Type of event,Event description,Confidentiality
  i:9e7b.0,"Orlesk, 17 May 1994",Orlesk,1994-05-17,,,
  Event,Related event,Type of relationship
  $ sqlite3 out/case.sqlite 'SELECT category, best, incident_title FROM figure_readable; PRAGMA integrity_check'
  killed|41|Orlesk, 17 May 1994
  ok

Nobody who is missing is in any file of it, by name or in words.

  $ grep -rl Selva out
  [1]
  $ python3 -c "import json; p = json.load(open('out/datapackage.json')); print([(r['name'], len(r['schema']['fields'])) for r in p['resources']])"
  [('person', 15), ('record', 24), ('source', 3), ('capture', 5), ('release', 4), ('place', 5), ('incident', 5), ('allegation', 5), ('figure', 5), ('status_event', 3)]

The same bytes again; HXL tags; names only where asked for.

  $ everyname export v.everyname -o again --sqlite --geojson --huridocs > /dev/null; diff -r out again && echo same
  same
  $ everyname export v.everyname -o hxl --hxl > /dev/null; head -2 hxl/figure.csv
  id,category,best,incident,asserted_by_name
  #meta+id,#affected+type,#affected+best,#meta+incident,#meta+asserted_by_name
  $ everyname export v.everyname -o named --names
  --names will print 7 names: 2 of persons who may be living, 3 of persons who may be minors (some are both), with the rows that name them.
  everyname export: say --yes to go on without being asked
  [1]
  $ everyname export v.everyname -o named --names --yes > /dev/null; grep -l Selva named/*.csv
  named/person.csv
  named/record.csv
  named/status_event.csv
  $ everyname export v.everyname -o named --all
  everyname export: --all leaves nothing out, and so needs --names
  [2]

Only some persons: what is withheld of somebody is no way to find them.

  $ everyname export v.everyname -o some --where sex=female
  person             3
  record             0
  source             2
  capture            2
  release            2
  place              1
  incident           1
  allegation         1
  figure             1
  3 persons are shown with less than is known: they, or few others like them, may be living or minors.
  Persons of whom what was asked is withheld are left out; --names would have them.
  some/datapackage.json
  $ cut -d, -f1-5 some/person.csv; cut -d, -f1,2 some/record.csv
  id,name,status,sex,age_group
  p:70bc.7,Nelis Orovan,,female,18-59
  p:70bc.9,Ilen Tarsovik,,female,18-59
  p:cfd3.7,,,female,unknown
  id,person
  $ everyname export v.everyname -o some --where sex=female --names --yes | grep -e person -e record -e status_event
  person             4
  record             7
  status_event       1
  $ cut -d, -f1-5 some/person.csv; cut -d, -f1,2 some/record.csv; cat some/status_event.csv
  id,name,status,sex,age_group
  p:70bc.5,Selva Dalverek,missing,female,0-17
  p:70bc.7,Nelis Orovan,killed,female,18-59
  p:70bc.9,Ilen Tarsovik,killed,female,18-59
  p:cfd3.7,Ana Sobrel,killed,female,unknown
  id,person
  r:70bc.5,p:70bc.5
  r:70bc.7,p:70bc.7
  r:70bc.9,p:70bc.9
  r:cfd3.5,p:70bc.5
  r:cfd3.6,p:70bc.7
  r:cfd3.7,p:cfd3.7
  r:cfd3.8,p:70bc.9
  id,person,status,date,place,note
  S:31a3.0,p:70bc.5,missing,1994-05-17,Orlesk,Selva Dalverek was at the well
  $ everyname export v.everyname -o some --where sex=female,status=missing --json | grep withheld
    "condition_withheld": true

A quoted figure points into its source as Web Annotations do, in characters, and in bytes; incidents hang together.

  $ printf 'The hôpital said on 2 May 2031 that three men were killed in Orvask.\n' > news.txt
  $ everyname import v.everyname news.txt --source 'Coast News' --relation media > /dev/null
  $ printf 'ccccc' | everyname review v.everyname --kind figure > /dev/null
  $ everyname add v.everyname incident title='The well' part_of='Orlesk, 17 May 1994' > /dev/null
  $ everyname export v.everyname -o quoted --huridocs > /dev/null; grep -o '"target":.*' quoted/figure.jsonl; tail -1 quoted/huridocs/link.csv
  "target":{"source":"k:0127.1","selector":[{"type":"TextPositionSelector","start":36,"end":67},{"type":"TextQuoteSelector","exact":"three men were killed in Orvask","prefix":"hôpital said on 2 May 2031 that ","suffix":".\n"}],"bytes":{"start":37,"end":68}}}
  i:3a3d.0,i:9e7b.0,part of

What is marked stays out: a source with its records, a row, a member of a row.

  $ everyname add v.everyname confidentiality of='Hospital registers' level=secret > /dev/null
  $ everyname add v.everyname confidentiality of='The well' level=restricted > /dev/null
  $ everyname add v.everyname confidentiality of='Orlesk, 17 May 1994' member=date level=restricted > /dev/null
  $ everyname export v.everyname -o marked
  person             5
  record             5
  source             2
  capture            2
  release            1
  place              1
  incident           1
  allegation         1
  figure             2
  status_event       1
  document           1
  7 persons are shown with less than is known: they, or few others like them, may be living or minors.
  10 rows are left out: they are marked, or of a source that is.
  marked/datapackage.json
  $ grep -l -e 'Hospital registers' -e hospital.csv marked/*
  [1]
  $ cat marked/incident.csv
  id,title,place,place_id
  i:9e7b.0,"Orlesk, 17 May 1994",Orlesk,b:60c5.0
  $ everyname export v.everyname -o marked --names --all --yes > /dev/null; grep -l 'Hospital registers' marked/*
  --all will print what is marked confidential, and who coded what.
  marked/source.csv
  marked/source.jsonl
