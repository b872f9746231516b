Who uses which term of what, what became of resolutions, actions, allegations. Every body, place and word of it is invented.

  $ everyname new v.everyname > /dev/null
  $ everyname positions v.everyname
  No position is in the case.
  $ everyname add v.everyname incident title='Orvask, 11 March 2031' date=2031-03-11 place=Orvask > /dev/null
  $ everyname add v.everyname actor name='Council of the Gulf' names.1.text='the Gulf Council' > /dev/null
  $ everyname add v.everyname source title='Gulf record' relation=igo published=2032-05-02 > /dev/null
  $ everyname add v.everyname source title='Coast News' relation=media published=2032-05-03 > /dev/null
  $ cat > instruments.jsonl <<'END'
  > {"key":"res","kind":"resolution","body":"Council of the Gulf","symbol":"R/117","date":"2032-05-01","adoption":"vote","vote":{"yes":12,"no":1,"abstain":3},"source":"Gulf record","addressee":"the coastal government","clauses":[{"number":"OP 3(b)","verb":"demands","addressee":"the coastal government","text":"Demands the return of remains","implementations":[{"grade":"not_implemented","addressee":"the hill command","asserted_by":{"name":"the relatives' committee"},"date":"2033-01-15","source":"Coast News"},{"grade":"implemented","addressee":"the coastal government","asserted_by":{"name":"the foreign ministry"},"date":"2033-02-01","source":"Coast News"}]},{"number":"OP 4","verb":"calls upon","text":"Calls upon all to cooperate"}]}
  > {"kind":"resolution","body":"the Gulf Council","symbol":"r/117","source":"Coast News"}
  > END
  $ everyname add v.everyname instrument --file instruments.jsonl > /dev/null
  $ cat > terms.jsonl <<'END'
  > {"term":"massacre","mode":"asserts","body":"The Relatives' Committee","subject":"the shelling","date":"2031-04-01","source":"Coast News"}
  > {"term":"massacre","mode":"recognises","body":"the Gulf Council","subject_id":"Orvask, 11 March 2031","instrument":"key:res"}
  > {"term":"massacre","mode":"denies","body":"the coastal government","subject":"Orvask, 11 March 2031","date":"2031-04","via":"a spokesman","source":"Coast News"}
  > {"term":"war crime","mode":"declines","body":"the relatives' committee","subject":"the  Shelling","source":"Gulf record"}
  > {"term":"massacre","mode":"asserts","subject":"the shelling","source":"Coast News"}
  > {"term":"massacre","mode":"asserts","body":"nobody in particular","subject":"the shelling"}
  > {"term":"massacre","mode":"withdraws","body":"Council of the Gulf","subject_id":"Orvask, 11 March 2031","date":"2034","source":"Gulf record"}
  > END
  $ everyname add v.everyname characterisation --file terms.jsonl > /dev/null
  $ everyname add v.everyname action kind=commemoration title='First anniversary' by="the relatives' committee" date=2032-05-03 source='Coast News' > /dev/null
  $ cat > allegations.jsonl <<'END'
  > {"act":"the shelling of the market","actor":"the hill command","asserted_by":{"name":"the harbour office"},"source":"Coast News"}
  > {"act":"the burning of the mill","actor":"the coastal command","source":"Gulf record"}
  > END
  $ everyname add v.everyname allegation --file allegations.jsonl > /dev/null
  $ everyname add v.everyname response kind=denies_act act='The shelling of the market' actor='the hill command' source='Coast News' > /dev/null
  $ everyname add v.everyname response kind=other_explanation act='the closing of the road' actor='the hill command' source='Gulf record' > /dev/null
  $ everyname positions v.everyname
  Who says what of which event
  body                            event                  term       mode        date        document                    id
  ------------------------------  ---------------------  ---------  ----------  ----------  --------------------------  --------
  The Relatives' Committee        the shelling           massacre   asserts     2031-04-01  Coast News                  h:eb26.0
  The Relatives' Committee        the shelling           war crime  declines    2032-05-02  Gulf record                 h:eb26.3
  the coastal government          Orvask, 11 March 2031  massacre   denies      2031-04     Coast News                  h:eb26.2
  Council of the Gulf             Orvask, 11 March 2031  massacre   recognises  2032-05-01  Council of the Gulf, R/117  h:eb26.1
  Council of the Gulf             Orvask, 11 March 2031  massacre   withdraws   2034        Gulf record                 h:eb26.6
  Coast News (the source itself)  the shelling           massacre   asserts     2032-05-03  Coast News                  h:eb26.4
  
  Over time
    2031-04-01  The Relatives' Committee asserts: massacre  h:eb26.0
    2031-04     the coastal government denies: massacre  h:eb26.2
    2032-05-01  Council of the Gulf recognises: massacre  h:eb26.1
    2032-05-02  The Relatives' Committee declines: war crime  h:eb26.3
    2032-05-03  Coast News (the source itself) asserts: massacre  h:eb26.4
    2034        Council of the Gulf withdraws: massacre  h:eb26.6
  
  Instruments, and what is said to have become of them
    Council of the Gulf, R/117, 2032-05-01  resolution  o:9e7b.0  o:9e7b.5
      vote: 12 yes, 1 no, 3 abstaining
      OP 3(b) demands the coastal government  y:9e7b.1
        said to be not implemented by the relatives' committee, 2033-01-15  z:9e7b.2
          of the hill command; the text binds the coastal government
        said to be implemented by the foreign ministry, 2033-02-01  z:9e7b.3
          of the coastal government
      OP 4 calls upon  y:9e7b.4
        nobody says what became of it
  
  Actions, and what was said in the same source
    2032-05-03  commemoration First anniversary, by the relatives' committee  A:31a3.0
        "massacre" (asserts)  h:eb26.4
  
  Allegations, and the answers of the accused
    alleged by the harbour office: the shelling of the market, by the hill command  q:4518.0
      answer of the hill command: denies the act  w:0127.0
    alleged by Gulf record: the burning of the mill, by the coastal command  q:4518.1
      no answer is in the case
    answer of the hill command to: the closing of the road: gives another explanation  w:70af.0
  
  h:eb26.5 is left out: it has no source and no instrument.
  $ everyname positions v.everyname --term 'war crime' | head -5
  Who says what of which event
  body                      event          term       mode      date        document     id
  ------------------------  -------------  ---------  --------  ----------  -----------  --------
  the relatives' committee  the  Shelling  war crime  declines  2032-05-02  Gulf record  h:eb26.3
  
  $ everyname positions v.everyname --incident 'Orvask, 11 March 2031' --json > x.json
  $ python3 - <<'END'
  > import json
  > p = json.load(open('x.json'))
  > print(sorted(p))
  > print([(p['bodies'][c['body']]['name'], [x['mode'] + ' ' + str(x['date_of']) for x in c['positions']]) for c in p['cells']])
  > print([(i['mentions'][0]['symbol'], [(c['number'], [(x['grade'], x['addressees']) for x in c['implementations']]) for c in i['clauses']]) for i in p['instruments']])
  > END
  ['actions', 'allegations', 'bodies', 'cells', 'events', 'incident', 'instruments', 'ledger_head', 'left_out', 'term', 'timeline']
  [('the coastal government', ['denies characterisation']), ('Council of the Gulf', ['recognises instrument', 'withdraws characterisation'])]
  [('R/117', [('OP 3(b)', [('not_implemented', 'other'), ('implemented', 'same')]), ('OP 4', [])])]
  $ everyname positions v.everyname --incident Nowhere
  everyname positions: the case has no incident "Nowhere"; name one by its id, key or title
  [2]
