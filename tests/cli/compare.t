Stated, recorded and estimated side by side. Everybody and every place is invented.

  $ cat > list.csv <<'END'
  > id,name,sex,age,status,place,date
  > H-1,Tarel Ovim,male,34,killed,Orvask,2031-03-11
  > H-2,Sena Ovim,female,31,killed,Orvask,2031-03-11
  > H-3,Lio Ovim,male,6,killed,Orvask,2031-03-11
  > H-4,Maro Kesh,male,71,killed,Orvask,2031-03-11
  > H-5,Adin Kesh,male,40,killed,Orvask,2031-03-11
  > H-6,Ruva Temm,female,66,killed,Orvask,2031-03-11
  > H-7,Olen Temm,male,38,missing,Orvask,2031-03-11
  > END
  $ everyname new v.everyname > /dev/null
  $ everyname import v.everyname list.csv --source 'Hospital register' --kind register > /dev/null
  $ everyname add v.everyname place name=Orvask key=orvask > /dev/null
  $ everyname add v.everyname place name='Old Market' within=Orvask > /dev/null
  $ everyname add v.everyname incident title='Orvask, 11 March 2031' date=2031-03-11 place=Orvask 'lists=Hospital register' > /dev/null
  $ everyname add v.everyname source title='Harbour statement' publisher='Harbour office' relation=belligerent published=2031-03-12 independence_group=harbour > /dev/null
  $ everyname add v.everyname source title='Coast News' publisher='Coast News' relation=media published=2031-03-13 independence_group=harbour > /dev/null
  $ everyname add v.everyname source title='Relief bulletin' publisher='Relief agency' relation=ngo published=2031-03-14 > /dev/null
  $ cat > figures.jsonl <<'END'
  > {"key":"t1","category":"killed","unit":"person","group":"all","best":41,"low":41,"cumulative":true,"event":{"place":"Old Market","date":"2031-03-11"},"asserted_by":{"name":"the harbour office"},"source":"Harbour statement","definition":"bodies brought to the morgue"}
  > {"category":"killed","unit":"person","group":"women","best":20,"low":20,"high":20,"part_of":"key:t1","source":"Harbour statement"}
  > {"category":"killed","unit":"person","group":"older_people","best":30,"low":30,"high":30,"part_of":"key:t1","source":"Harbour statement"}
  > {"key":"t2","category":"killed","unit":"person","group":"all","best":41,"low":41,"cumulative":true,"incident":"Orvask, 11 March 2031","source":"Coast News","citing":"Harbour office"}
  > {"key":"t3","category":"casualties","unit":"person","group":"all","best":60,"low":60,"high":60,"incident":"Orvask, 11 March 2031","source":"Relief bulletin"}
  > {"category":"casualties","unit":"person","group":"children","best":25,"low":25,"high":25,"part_of":"key:t3","source":"Relief bulletin"}
  > {"category":"casualties","unit":"person","group":"women","best":22,"low":22,"high":22,"part_of":"key:t3","source":"Relief bulletin"}
  > {"category":"casualties","unit":"person","group":"men","best":70,"low":70,"high":70,"part_of":"key:t3","source":"Relief bulletin"}
  > {"category":"killed","unit":"person","group":"all","best":38,"low":38,"high":38,"cumulative":true,"event":{"place":"Orvask","date":"2031-03-11"},"asserted_by":{"name":"the harbour office"},"asserted_on":"2031-03-20","source":"Relief bulletin"}
  > {"category":"killed","unit":"person","group":"civilians","best":9,"event":{"place":"Orvask","date":"2031"},"source":"Relief bulletin"}
  > END
  $ everyname add v.everyname figure --file figures.jsonl > /dev/null
  $ everyname compare v.everyname --incident 'Orvask, 11 March 2031'
  i:60c5.0  Orvask, 11 March 2031
  
  Stated: what sources say
  of          group              stated  said by             relation     said on     event                   definition                    id
  ----------  ------------  -----------  ------------------  -----------  ----------  ----------------------  ----------------------------  --------
  killed      all           at least 41  the harbour office  belligerent  2031-03-12  Old Market, 2031-03-11  bodies brought to the morgue  f:4518.0
  killed      all           at least 41  Coast News          media        2031-03-13  -                       -                             f:4518.3
  killed      all                    38  the harbour office  ngo          2031-03-20  Orvask, 2031-03-11      -                             f:4518.8
  killed      women                  20  the harbour office  belligerent  2031-03-12  -                       -                             f:4518.1
  killed      older people           30  the harbour office  belligerent  2031-03-12  -                       -                             f:4518.2
  casualties  all                    60  Relief bulletin     ngo          2031-03-14  -                       -                             f:4518.4
  casualties  children               25  Relief bulletin     ngo          2031-03-14  -                       -                             f:4518.5
  casualties  women                  22  Relief bulletin     ngo          2031-03-14  -                       -                             f:4518.6
  casualties  men                    70  Relief bulletin     ngo          2031-03-14  -                       -                             f:4518.7
  
  Recorded: persons on lists. Persons whom a list, an act or a status event ties to this incident or a part of it.
  of          group         recorded  corroborated  verified  id
  ----------  ------------  --------  ------------  --------  ----------------------------------------------------------------------------------------------------------
  killed      all                  6             0         0  c:recorded;fate=dead;ever=killed;incident=i%3A60c5.0@69c0ee8a0d3a
  killed      women                2             0         0  c:recorded;sex=female;age_group=18-59;age_group=60+;fate=dead;ever=killed;incident=i%3A60c5.0@69c0ee8a0d3a
  killed      older people         2             0         0  c:recorded;age_group=60+;fate=dead;ever=killed;incident=i%3A60c5.0@69c0ee8a0d3a
  casualties  all                  -             -         -  no count of records means "casualties" in the unit "person"
  casualties  children             -             -         -  no count of records means "casualties" in the unit "person"
  casualties  women                -             -         -  no count of records means "casualties" in the unit "person"
  casualties  men                  -             -         -  no count of records means "casualties" in the unit "person"
  
  Estimated: none (not asked for)
  
  How they differ
    f:4518.0 and f:4518.3: place: Old Market against none said; date of the event: 2031-03-11 against none said; definition: bodies brought to the morgue against none said; said on: 2031-03-12 against 2031-03-13
    f:4518.0 and f:4518.8: place: Old Market against Orvask; the number: a lower bound against exact; definition: bodies brought to the morgue against none said; said on: 2031-03-12 against 2031-03-20
    f:4518.0 and f:4518.4: what befell them: killed against casualties (killed and injured not told apart); place: Old Market against none said; date of the event: 2031-03-11 against none said; counting: a running total against not said; the number: a lower bound against exact; definition: bodies brought to the morgue against none said; said on: 2031-03-12 against 2031-03-14
    f:4518.3 and f:4518.8: place: none said against Orvask; date of the event: none said against 2031-03-11; the number: a lower bound against exact; said on: 2031-03-13 against 2031-03-20
    f:4518.3 and f:4518.4: what befell them: killed against casualties (killed and injured not told apart); counting: a running total against not said; the number: a lower bound against exact; said on: 2031-03-13 against 2031-03-14
    f:4518.8 and f:4518.4: what befell them: killed against casualties (killed and injured not told apart); place: Orvask against none said; date of the event: 2031-03-11 against none said; counting: a running total against not said; said on: 2031-03-20 against 2031-03-14
    f:4518.0 and c:recorded;fate=dead;ever=killed;incident=i%3A60c5.0@69c0ee8a0d3a: one is stated, the other counts persons on lists; the count has three levels (recorded, corroborated, verified), the statement none; definition: bodies brought to the morgue against Distinct persons of whom a source says that they were killed, and nobody that they lived later.; the figure is a lower bound
    f:4518.3 and c:recorded;fate=dead;ever=killed;incident=i%3A60c5.0@69c0ee8a0d3a: one is stated, the other counts persons on lists; the count has three levels (recorded, corroborated, verified), the statement none; definition: none said against Distinct persons of whom a source says that they were killed, and nobody that they lived later.; the figure is a lower bound
    f:4518.8 and c:recorded;fate=dead;ever=killed;incident=i%3A60c5.0@69c0ee8a0d3a: one is stated, the other counts persons on lists; the count has three levels (recorded, corroborated, verified), the statement none; definition: none said against Distinct persons of whom a source says that they were killed, and nobody that they lived later.
    32 more pairs differ by group, or as a part does from a total; --json has them.
  
  To look at
    women and older people may share members: the rest of the total is not worked out: f:4518.1 f:4518.2 f:4518.0
    a part (70) is beyond its total (60): f:4518.7 f:4518.4
    parts that exclude one another come to 117 at least, beyond their total (60): f:4518.5 f:4518.6 f:4518.7 f:4518.4
    a running total of the harbour office falls from at least 41 (2031-03-12) to 38 (2031-03-20): f:4518.0 f:4518.8
    at least 41 is told twice and counts once: one cites the other: f:4518.0 f:4518.3
  
  The three kinds of number are never added to one another. Ledger head 69c0ee8a0d3a.
  $ everyname compare v.everyname --json --show-small > all.json
  $ python3 - <<'END'
  > import json
  > c = json.load(open('all.json'))
  > print(sorted(c), len(c['stated']), c['incident'], c['estimated'])
  > print(c['recorded']['kind'], c['recorded']['total'], [(l, c['recorded']['levels'][l]['n']) for l in c['recorded']['levels']])
  > open('ids', 'w').write(c['recorded']['beside'][0]['recorded']['id'] + '\n' + c['stated'][0]['id'] + '\n')
  > END
  ['checks', 'differences', 'estimated', 'incident', 'ledger_head', 'no_estimate', 'recorded', 'stated'] 10 None None
  recorded 7 [('recorded', 7), ('corroborated', 0), ('verified', 0)]
  $ everyname trace v.everyname "$(sed -n 1p ids)" | head -1
  c:recorded;fate=dead;ever=killed@69c0ee8a0d3a: count 6
  $ everyname compare v.everyname --estimate | grep ^Estimated
  Estimated: none (the case is not linked yet: without knowing who is one person no overlap can be counted; run: everyname link v.everyname --as NAME)
  $ everyname compare v.everyname --incident Nowhere
  everyname compare: the case has no incident "Nowhere"; incidents: i:60c5.0 Orvask, 11 March 2031
  [2]
