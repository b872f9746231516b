From a stated figure, a term or a proposal to the exact bytes of its text.

  $ cat > toll.txt <<'END'
  > ORVASK, 12 March 2031 (Coast News) - At least 41 people, including 12 children, were killed when shells hit a market in Orvask on Tuesday, the harbour office said.
  > END
  $ everyname new v.everyname > /dev/null
  $ everyname import v.everyname toll.txt --source 'Coast News, 12 March' --relation media > /dev/null
  $ everyname review v.everyname --list --json | grep -o 'P:[0-9a-f.]*' > proposals
  $ everyname review v.everyname --confirm $(sed -n 1p proposals) > /dev/null
  $ everyname trace v.everyname $(sed -n 2p proposals)
  P:70bc.4: proposal 12 killed
  A row of kind proposal, source: Coast News, 12 March. A proposal: nothing of it counts before a person confirms it.
  
  {"extractor":"everyname-extract 1","index":1,"item":{"asserted_by":{"name":"harbour office"},"best":12,"category":"killed","cumulative":false,"end":78,"event":{"date":"2031-03-11","place":"Orvask"},"group":"children","high":12,"low":12,"modality":"stated","number":"12","number_start":67,"part_of":0,"quote":"including 12 children","start":57,"unit":"person","whom":"children"},"kind":"figure","rendition":"70bcc0271bbe4793f09d8e76a16499aa.1","source":"70bcc0271bbe4793f09d8e76a16499aa.0"}
    P:70bc.4  Coast News, 12 March  k:70bc.1 bytes 57+21
        including 12 children
  $ everyname compare v.everyname --json | grep -o '"f:[^"]*"' | head -1 | tr -d '"' > figure
  $ everyname trace v.everyname $(cat figure) --json > t.json
  $ python3 -c "
  > import json
  > t = json.load(open('t.json'))
  > b = t['because'][0]
  > print(t['kind'], t['value'], b['capture'][:2], open('toll.txt', 'rb').read()[b['offset']:b['offset'] + b['length']].decode() == b['quote'])"
  figure at least 41 killed k: True

A text that was made from a page leads on to the page, and to the byte in it.

  $ printf '<html><body><nav>menu</nav><article><p>In Orvask &amp; its harbour, <b>three men</b> were killed on 2 May 2031, the harbour office said.</p></article></body></html>' > page.html
  $ everyname import v.everyname page.html --source Page > /dev/null
  $ everyname review v.everyname --list --json > l.json; python3 -c "
  > import json
  > print([p['id'] for p in json.load(open('l.json'))['proposals'] if p['source'] == 'Page'][0])" > p.txt
  $ everyname trace v.everyname $(cat p.txt) | tail -2
        three men were killed on 2 May 2031
        made from k:3fa6.1, where it begins at byte 71
  $ everyname trace v.everyname $(cat p.txt) --json > t.json; python3 -c "
  > import json
  > b = json.load(open('t.json'))['because'][0]
  > at = b['original']['offset']
  > print(b['quote'][:9], '|', open('page.html', 'rb').read()[at:at + 9].decode())"
  three men | three men
