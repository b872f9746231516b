The report's stated figures, positions and documents: marked in place, each with its speaker, nobody named who must not be. All is invented.

  $ cat > list.csv <<'END'
  > id,name,sex,age,status,place,date
  > H-1,Tarel Ovim,male,34,killed,Orvask,2031-03-11
  > H-2,Lera Sann,female,31,missing,Orvask,2031-03-11
  > END
  $ cat > toll.txt <<'END'
  > ORVASK, 12 March 2031 (Coast News) - At least 41 people, including 12 children, were killed when shells hit a market in Orvask on Tuesday, the harbour office said. Lera Sann is missing. Tarel Ovim was buried.
  > END
  $ echo 'I saw 7 people killed in Orvask, said Mira Holt.' > witness.txt
  $ everyname new v.everyname > /dev/null
  $ everyname import v.everyname list.csv --source 'Hospital register' --kind register > /dev/null
  $ everyname import v.everyname toll.txt --source 'Coast News, 12 March' --relation media > /dev/null
  $ everyname import v.everyname witness.txt --source 'A testimony' --relation witness > /dev/null
  $ everyname review v.everyname --list --json | grep -o 'P:[0-9a-f.]*' > proposals
  $ everyname review v.everyname --confirm $(sed -n 1p proposals) > /dev/null
  $ everyname add v.everyname actor name='hill command' kind=group > /dev/null
  $ everyname add v.everyname allegation act='the shelling' actor='hill command' source='Coast News, 12 March' > /dev/null
  $ everyname add v.everyname allegation act='the order' actor='Major Ebb Quill' source='Coast News, 12 March' > /dev/null
  $ everyname add v.everyname figure category=killed best=99 low=99 high=99 source='Coast News, 12 March' confidentiality=secret > /dev/null
  $ everyname report v.everyname -o out > /dev/null
  $ cat > look.py <<'END'
  > import html.parser, re, sys
  > page = open(sys.argv[1] + '/report.html', encoding='utf-8').read()
  > links, ids = set(re.findall(r'href="#([^"]*)"', page)), set(re.findall(r' id="([^"]*)"', page))
  > print('links that lead nowhere:', sorted(links - ids))
  > text = re.search(r'<section id="documents">.*?</section>', page, re.S).group()
  > print('marked:', re.findall(r'<mark>(.*?)</mark>', text))
  > for name in ('Lera Sann', 'Tarel Ovim', 'Mira Holt', 'Ebb Quill', 'hill command', '>99<', 'I saw'):
  >     print(name, name in page)
  > print(len(re.findall('Alleged by', page)), 'alleged,', len(re.findall('no answer of the accused is in the case', page)), 'without an answer')
  > END
  $ python3 look.py out
  links that lead nowhere: []
  marked: ['At least 41 people, including 12 children, were killed when shells hit a market in Orvask on Tuesday']
  Lera Sann False
  Tarel Ovim True
  Mira Holt False
  Ebb Quill False
  hill command True
  >99< False
  I saw False
  2 alleged, 2 without an answer
  $ everyname report v.everyname -o named --names --yes > /dev/null 2>&1
  $ python3 look.py named
  links that lead nowhere: []
  marked: ['At least 41 people, including 12 children, were killed when shells hit a market in Orvask on Tuesday']
  Lera Sann True
  Tarel Ovim True
  Mira Holt True
  Ebb Quill True
  hill command True
  >99< False
  I saw True
  2 alleged, 2 without an answer
  $ python3 -c "
  > import json
  > r = json.load(open('out/report.json'))
  > print([(f['category'], f['low'], f['asserted_by']) for f in r['stated']], 'quote' in r['stated'][0])"
  [('killed', 41, 'harbour office')] False
