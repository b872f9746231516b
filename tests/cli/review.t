A report becomes a source and proposals; nothing of it counts before a person has decided.

  $ cat > toll.txt <<'END'
  > ORVASK, 12 March 2031 (Coast News) - At least 41 people, including 12 children, were killed when shells hit a market in Orvask on Tuesday, the harbour office said.
  > 
  > Seven others were injured.
  > END
  $ everyname new v.everyname > /dev/null
  $ everyname import v.everyname toll.txt --source 'Coast News, 12 March' --relation media
  Imported "Coast News, 12 March": text/plain, 192 bytes of text, language en
  Proposed: 3 figures, 0 characterisations, 0 instruments, 0 allegations. Nothing of them counts before
  `everyname review` has confirmed it.
  Capture k:70bc.1, text k:70bc.1
  Ledger entry n:70bc, root 9596937935fc67cb…
  $ everyname import v.everyname toll.txt --source 'Coast News, 12 March'
  everyname import: the case has a source "Coast News, 12 March" already; nothing was imported; choose another --source title
  [1]
  $ everyname review v.everyname --list --kind figure --json | grep -E '"(best|low|high|category|quote|start|end|decision)"'
          "best": 41,
          "category": "killed",
          "end": 137,
          "low": 41,
          "quote": "At least 41 people, including 12 children, were killed when shells hit a market in Orvask on Tuesday",
          "start": 37,
        "decision": "undecided",
          "best": 12,
          "category": "killed",
          "end": 78,
          "high": 12,
          "low": 12,
          "quote": "including 12 children",
          "start": 57,
        "decision": "undecided",
          "best": 7,
          "category": "injured",
          "end": 190,
          "high": 7,
          "low": 7,
          "quote": "Seven others were injured",
          "start": 165,
        "decision": "undecided",
  $ everyname extract v.everyname 'Coast News, 12 March'
  Nothing that had not been proposed before.

One key an item: the first is confirmed, the second corrected, the third rejected.

  $ printf 'cebest=13\nlow=13\nhigh=13\n\nr' | everyname review v.everyname --as Reviewer | sed -n '1,4p;/^  confirmed\|^  corrected\|^  rejected/p;$p'
  [1 of 3] P:70bc.3  figure of "Coast News, 12 March"
    …ORVASK, 12 March 2031 (Coast News) - »At least 41 people, including 12 children, were killed when shells hit a market in Orvask on Tuesday«, the harbour office said.  Seven others were injured. …
    category: killed
    unit: person
    confirmed: f:cfd3.0
    corrected: f:3fa6.0
    rejected
  3 decided, 0 left.
  $ everyname review v.everyname --list --all --json | grep -E '"(decision|by|result)"'
        "decision": "confirmed",
        "by": "Reviewer",
        "result": "f:cfd3.0"
        "decision": "corrected",
        "by": "Reviewer",
        "result": "f:3fa6.0"
        "decision": "rejected",
        "by": "Reviewer",
        "result": null
  $ everyname review v.everyname --evaluate
  kind              proposed  decided  confirmed  corrected  rejected  added  precision  recall
  ----------------  --------  -------  ---------  ---------  --------  -----  ---------  ------
  figure                   3        3          1          1         1      0      0.333   0.500
  characterisation         0        0          0          0         0      0          -       -
  instrument               0        0          0          0         0      0          -       -
  allegation               0        0          0          0         0      0          -       -
  
  Precision: confirmed of those decided. Recall: confirmed of all that people found in these texts; it counts
  only what somebody looked for and added by `everyname add CASE figure …` with its rendition.

A decision made anew takes back what the first had made.

  $ everyname review v.everyname --list --all --json | grep -o 'P:[0-9a-f.]*' > ids.txt
  $ everyname review v.everyname --correct $(sed -n 1p ids.txt) group=nobody
  everyname review: group is none of its terms; see `everyname extract --help` for what an item holds
  [1]
  $ everyname review v.everyname --reject $(sed -n 1p ids.txt) --why 'said by another office' --json
  {
    "proposal": "P:70bc.3",
    "decision": "rejected",
    "result": null
  }
  $ everyname history v.everyname $(sed -n 1p ids.txt)
  P:70bc.3: proposal
  
  2001-09-09T01:46:40Z  n:70bc  tester  import
      entered  P:70bc.3
  2001-09-09T01:46:40Z  n:cfd3  Reviewer  review
      named by a row of kind figure  f:cfd3.0  (taken back later)
  2001-09-09T01:46:40Z  n:cfd3  Reviewer  review
      confirmed  N:cfd3.1
  2001-09-09T01:46:40Z  n:9e7b  tester  review
      took back f:cfd3.0  X:9e7b.0
  2001-09-09T01:46:40Z  n:9e7b  tester  review
      rejected  N:9e7b.1

What people and other programs found is held to its quotation.

  $ echo '{"category":"injured","unit":"person","group":"all","best":7,"quote":"Seven others were injured","start":165,"end":190}' > found.jsonl
  $ everyname extract v.everyname 'Coast News, 12 March' --import found.jsonl | head -1
  Proposed 1 figures, 0 characterisations, 0 instruments, 0 allegations; `everyname review` decides.
  $ sed 's/:165/:160/' found.jsonl | everyname extract v.everyname 'Coast News, 12 March' --import /dev/stdin
  everyname extract: stdin:1: the quote is not what stands at bytes 160 to 190 of the text; offsets are bytes of the text rendition, the end is behind the last byte
  [1]
  $ echo '{"category":"vanished","quote":"Seven","start":165,"end":170}' | everyname extract v.everyname 'Coast News, 12 March' --import /dev/stdin
  everyname extract: stdin:1: category is none of its terms; see `everyname extract --help` for what an item holds
  [1]
  $ everyname verify v.everyname | tail -1
  It holds. Ledger head abea0c54fe31c71659d0512ca4560770591f8f550ef5f0b8601520e463c02264

Pages and mails are read too; the text is a capture of its own, made from the first.

  $ printf '<html><head><title>x</title></head><body><nav>99 killed</nav><article><p>Three men were killed in Orvask on 2 May 2031, the harbour office said.</p></article></body></html>' > page.html
  $ everyname import v.everyname page.html --source Page --json | grep -E '"(media_type|extractor|figures|text_bytes|capture|rendition)"'
    "media_type": "text/html",
    "extractor": "everyname 0.1.0 page",
    "capture": "k:31a3.1",
    "rendition": "k:31a3.2",
    "text_bytes": 72,
      "figures": 1,
  $ printf '<html><body><script>1</script></body></html>' > empty.html; everyname import v.everyname empty.html --source Empty
  everyname import: empty.html: no text was found in it; a scanned page has to be read by OCR first
  [1]

What a decision makes is a row of the model like any other: terms are terms, and what is none is refused or kept beside it.

  $ echo 'Commander Harl denied it. It was an accident, he said. He ordered it, they say. Of the land 12.5 per cent is held.' > answers.txt
  $ everyname import v.everyname answers.txt --source Answers > /dev/null
  $ everyname review v.everyname --list --json | grep -o '"id": "P:[^"]*"' | cut -d'"' -f4 | while read p; do everyname review v.everyname --reject $p > /dev/null; done
  $ cat > items.jsonl <<'END'
  > {"item":"allegation","act":"the shelling","actor":"Commander Harl","response":"explains","quote":"It was an accident, he said.","start":26,"end":54}
  > {"item":"allegation","act":"the shelling","actor":"Commander Harl","degree":"gave it by word of mouth","quote":"He ordered it, they say.","start":55,"end":79}
  > {"category":"other","best":12.5,"low":12.5,"high":12.5,"number":"12.5 per cent","quote":"Of the land 12.5 per cent is held.","start":80,"end":114}
  > END
  $ everyname extract v.everyname Answers --import items.jsonl | head -1
  Proposed 1 figures, 0 characterisations, 0 instruments, 2 allegations; `everyname review` decides.
  $ everyname review v.everyname --list --json | grep -o '"id": "P:[^"]*"' | cut -d'"' -f4 > ids.txt
  $ for p in $(cat ids.txt); do everyname review v.everyname --confirm $p | sed 's/.*: //'; done | tee rows.txt
  w:ea10.0
  q:0e8b.0
  f:816d.0
  $ for r in $(cat rows.txt); do everyname history v.everyname $r --json | grep -E '"(kind|degree|note|qualifier|best|number)"' | tail -n +2; done
          "kind": "other_explanation",
          "note": "gave it by word of mouth",
          "qualifier": "12.5 per cent",
  $ everyname review v.everyname --correct $(sed -n 1p ids.txt) response=shrugs
  everyname review: column "kind": "shrugs" is no term of response; terms: denies_act, denies_responsibility, denies, acknowledges, other_explanation, accepts, claims, none
  [1]
