Estimates from a CSV of capture histories.

  $ everyname estimate $TESTS/lists/histories.csv --method graphs
  Recorded: 236 persons on 3 lists.
  
  method  kind       status  low  median  high  at least  R-hat  ess
  ------  ---------  ------  ---  ------  ----  --------  -----  ---
  graphs  posterior  ok      299     333   378       304      –    –
  
  Estimated: 333 persons in all, between 299 and 378; at least 303.
  Rule: hull of the intervals of every admissible model (latent classes, decomposable graphs, log-linear models by BIC), up to the upper end of Chao's interval where his bound lies above them; middle: latent classes, else graphs, else log-linear; none with under three lists or where a posterior model's diagnostics fail
  Because: admissible: graphs
  
  What it hangs on:
  - The answer is between 299 and 378, and at least 303 (95 %), unless one of the following holds.
  - Unless all 3 lists together interact, of which the data say nothing: none gives 330 (270 to 496), 2 gives 283, 4 260, 1/2 424, 1/4 612.
  - Also if persons differ in how easily lists find them: Poisson2 332 (285 to 423), Darroch 330 (270 to 493), Gamma3.5 328 (260 to 599), Gamma1 326 (248 to 930), which fit about as well as the best model.
  - Also if two lists alone are looked at, as independent: from 329 ("A" and "C") to 332 ("A" and "B").
  - Unless "A" and "B", which share many persons, depend on one another: an odds ratio of 1/4 gives 236, 1/2 266, 2 475, 4 755.
  - Also if one list is left out: from 331 (without "B") to 334 (without "A").
  - Also if graphs are given another delta: from 0.03125 to 1 their median runs from 327 to 334.
  - Unless records were joined wrongly: were 5 % of the links false, graphs would say 353 for 333; were 10 % missed, 295.
  - Assumptions that the data do not reject reach from 248 (persons differ in how easily lists find them ([C][B][A] and Mth Gamma1)) to 930 (persons differ in how easily lists find them ([C][B][A] and Mth Gamma1)).
  - An interaction of all lists from 4 to 1/4, of which no data say anything, would reach from 248 to 930 with cells fitted by [C][B][A].
  - All of it assumes that the lists cover the same people and that everybody on them belongs there: were a tenth recorded wrongly, whatever lists hold them, each number would be a tenth lower.
  $ everyname estimate $TESTS/lists/histories.csv --method graphs --threads 1 > one; everyname estimate $TESTS/lists/histories.csv --method graphs --threads 2 > two; cmp one two
  $ everyname estimate $TESTS/lists/histories.csv --json --threads 1 > one; (head -1 $TESTS/lists/histories.csv; tail -n +2 $TESTS/lists/histories.csv | sort) > shuffled.csv; everyname estimate shuffled.csv --json --threads 2 > two; cmp one two
  $ printf 'A,B,count\n1,0,-3\n' > h.csv; everyname estimate h.csv
  everyname estimate: h.csv:2: column "count": "-3" is negative (byte 10); a count is a whole number from 0 on
  [1]
  $ printf 'A,B,count\n1,0,1.5\n' > h.csv; everyname estimate h.csv
  everyname estimate: h.csv:2: column "count": "1.5" is not a whole number (byte 10); a count is a whole number from 0 on
  [1]
  $ printf 'A,B,count\n2,0,1\n' > h.csv; everyname estimate h.csv
  everyname estimate: h.csv:2: column "A": "2" is neither 0 nor 1 (byte 10); each list's column says 1 or 0; name columns that are no lists with --ignore
  [1]
  $ printf 'A,B,count\n0,0,7\n1,0,1\n' > h.csv; everyname estimate h.csv
  everyname estimate: h.csv:2: column "count": 7 persons on no list: that is what is to be estimated; remove the row, or leave its count empty
  [1]
  $ printf 'A,count\n1,7\n' > h.csv; everyname estimate h.csv --json
  {
    "observed": 7,
    "lists": [
      "A"
    ],
    "methods": [
      {
        "method": "latent",
        "kind": "posterior",
        "status": "not_identified",
        "median": null,
        "mean": null,
        "low": null,
        "high": null,
        "level": 0.95,
        "at_least": null,
        "converged": false,
        "rhat": null,
        "ess": null,
        "model": null,
        "prior": null,
        "tail": null,
        "modes": [],
        "warnings": [
          "one list says nothing about how many it does not hold",
          "nobody on \"A\" is on another list: do these lists cover the same people?"
        ]
      },
      {
        "method": "graphs",
        "kind": "posterior",
        "status": "not_identified",
        "median": null,
        "mean": null,
        "low": null,
        "high": null,
        "level": 0.95,
        "at_least": null,
        "converged": false,
        "rhat": null,
        "ess": null,
        "model": null,
        "prior": null,
        "tail": null,
        "modes": [],
        "warnings": [
          "one list says nothing about how many it does not hold",
          "nobody on \"A\" is on another list: do these lists cover the same people?"
        ]
      },
      {
        "method": "chao",
        "kind": "bound",
        "status": "not_identified",
        "median": null,
        "mean": null,
        "low": null,
        "high": null,
        "level": 0.95,
        "at_least": null,
        "converged": false,
        "rhat": null,
        "ess": null,
        "model": null,
        "prior": null,
        "tail": null,
        "modes": [],
        "warnings": [
          "one list says nothing about how many it does not hold",
          "nobody on \"A\" is on another list: do these lists cover the same people?"
        ]
      },
      {
        "method": "loglinear",
        "kind": "likelihood",
        "status": "not_identified",
        "median": null,
        "mean": null,
        "low": null,
        "high": null,
        "level": 0.95,
        "at_least": null,
        "converged": false,
        "rhat": null,
        "ess": null,
        "model": null,
        "prior": null,
        "tail": null,
        "modes": [],
        "warnings": [
          "one list says nothing about how many it does not hold",
          "nobody on \"A\" is on another list: do these lists cover the same people?"
        ]
      },
      {
        "method": "loglinear-best",
        "kind": "likelihood",
        "status": "not_identified",
        "median": null,
        "mean": null,
        "low": null,
        "high": null,
        "level": 0.95,
        "at_least": null,
        "converged": false,
        "rhat": null,
        "ess": null,
        "model": null,
        "prior": null,
        "tail": null,
        "modes": [],
        "warnings": [
          "one list says nothing about how many it does not hold",
          "nobody on \"A\" is on another list: do these lists cover the same people?"
        ]
      },
      {
        "method": "stepwise",
        "kind": "likelihood",
        "status": "not_identified",
        "median": null,
        "mean": null,
        "low": null,
        "high": null,
        "level": 0.95,
        "at_least": null,
        "converged": false,
        "rhat": null,
        "ess": null,
        "model": null,
        "prior": null,
        "tail": null,
        "modes": [],
        "warnings": [
          "one list says nothing about how many it does not hold",
          "nobody on \"A\" is on another list: do these lists cover the same people?"
        ]
      }
    ],
    "recommended": null,
    "because": "with fewer than three lists that record somebody, how the lists depend on one another cannot be tested",
    "at_least": null
  }
  $ printf 'A,B,C,count\n1,0,0,5\n0,1,0,7\n0,0,1,2\n' > h.csv; everyname estimate h.csv --json | grep -c '"status": "no_overlap"'
  6

Log-linear models: the best one, with which pairs interact; what an empty overlap is taken for.

  $ everyname estimate $TESTS/lists/histories.csv --method loglinear-best
  Recorded: 236 persons on 3 lists.
  
  method          kind        status  low  median  high  at least  R-hat  ess
  --------------  ----------  ------  ---  ------  ----  --------  -----  ---
  loglinear-best  likelihood  ok      300     334   377       305      –    –
  loglinear-best: nearly as good by BIC: [B C][A] 334 (+5.5), [A B][C] 334 (+5.5), [A C][B] 335 (+5.5)
  
  Estimated: 334 persons in all, between 300 and 377; at least 303.
  Rule: hull of the intervals of every admissible model (latent classes, decomposable graphs, log-linear models by BIC), up to the upper end of Chao's interval where his bound lies above them; middle: latent classes, else graphs, else log-linear; none with under three lists or where a posterior model's diagnostics fail
  Because: admissible: the best log-linear model
  
  What it hangs on:
  - The answer is between 300 and 377, and at least 303 (95 %), unless one of the following holds.
  - Unless all 3 lists together interact, of which the data say nothing: none gives 330 (270 to 496), 2 gives 283, 4 260, 1/2 424, 1/4 612.
  - Also if persons differ in how easily lists find them: Poisson2 332 (285 to 423), Darroch 330 (270 to 493), Gamma3.5 328 (260 to 599), Gamma1 326 (248 to 930), which fit about as well as the best model.
  - Also if two lists alone are looked at, as independent: from 329 ("A" and "C") to 332 ("A" and "B").
  - Unless "A" and "B", which share many persons, depend on one another: an odds ratio of 1/4 gives 236, 1/2 266, 2 475, 4 755.
  - Also if one list is left out: from 331 (without "B") to 334 (without "A").
  - Unless records were joined wrongly: were 5 % of the links false, graphs would say 353 for 333; were 10 % missed, 295.
  - Assumptions that the data do not reject reach from 248 (persons differ in how easily lists find them ([C][B][A] and Mth Gamma1)) to 930 (persons differ in how easily lists find them ([C][B][A] and Mth Gamma1)).
  - An interaction of all lists from 4 to 1/4, of which no data say anything, would reach from 248 to 930 with cells fitted by [C][B][A].
  - All of it assumes that the lists cover the same people and that everybody on them belongs there: were a tenth recorded wrongly, whatever lists hold them, each number would be a tenth lower.
  $ everyname estimate $TESTS/lists/histories.csv --method loglinear --criterion aic --interactions 2 --heterogeneity | grep -c '^loglinear: '
  1
  $ printf 'A,B,C,count\n1,0,0,300\n0,1,0,280\n0,0,1,250\n1,0,1,60\n0,1,1,70\n' > h.csv; everyname estimate h.csv --method stepwise | grep -E '^stepwise'
  stepwise  likelihood  ok      1,842   2,075  2,370     1,876      –    –
  stepwise: 1 of its pairs have no overlap: their coefficients are minus infinity, their cells deleted
  stepwise: the interval takes the selected model as given; with the selection inside it (BCa, 2000 refits) it runs from 1838 to 2402; of the mean alone, as published tables have it, from 1849 to 2360
  $ everyname estimate h.csv --method loglinear-best | grep -E '^loglinear-best'
  loglinear-best  likelihood  ok      3,211   3,960  4,993     3,315      –    –
  loglinear-best: 5 of 8 models have no maximum and give no number, empty cells being taken as sampled zeros; with the cells of empty overlaps deleted some of them would have one
  $ everyname estimate h.csv --method loglinear-best --delete-empty | grep -E '^loglinear-best'
  loglinear-best  likelihood  ok      1,839   2,075  2,366     1,873      –    –
  loglinear-best: 1 of the terms are overlaps that are empty: minus infinity, their cells deleted
  loglinear-best: nearly as good by BIC: [A C][A B] 1960 (+5.5), [B C][A B] 2210 (+5.5)
  loglinear-best: 2 of 8 models have no maximum or are not identified and give no number, the cells of empty overlaps being deleted
  $ everyname estimate h.csv --criterion best
  everyname estimate: --criterion is bic or aic
  [2]
  $ everyname estimate h.csv --interactions 1
  everyname estimate: interactions are of 2 lists or more, not of 1
  [2]

What the answer hangs on, shares known from elsewhere, and draws as a file.

  $ everyname estimate $TESTS/lists/histories.csv --method graphs --wrongly-listed .05-.1 --unlinkable .02 --draws d.csv | sed -n 3,8p; wc -l < d.csv; head -2 d.csv
  method  kind       status  low  median  high  at least  R-hat  ess
  ------  ---------  ------  ---  ------  ----  --------  -----  ---
  graphs  posterior  ok      283     314   358       286      –    –
  graphs: taken in: 5 to 10 % of those recorded are there wrongly, whatever lists hold them, and 2 to 2 % of all persons are named by no row well enough to be linked
  
  Estimated: 314 persons in all, between 283 and 358; at least 278.
  2001
  method,n,draw,N
  graphs,236,1,262.948336931
  $ everyname estimate $TESTS/lists/histories.csv --method graphs --json > j; python3 -c "import json; j = json.load(open('j')); print(sorted(j['sensitivity'])); m = j['methods'][0]; print(len(m['edges']), len(m['graphs']) > 0, len(m['sweep']), j['recommended']['sensitivity'] == j['sensitivity']['summary'])"
  ['answer', 'differ', 'fits', 'interaction', 'left_out', 'links', 'pairs', 'range', 'reach', 'summary']
  3 True 4 True
  $ everyname estimate $TESTS/lists/histories.csv --method graphs --brief
  Recorded: 236 persons on 3 lists.
  
  method  kind       status  low  median  high  at least  R-hat  ess
  ------  ---------  ------  ---  ------  ----  --------  -----  ---
  graphs  posterior  ok      299     333   378       304      –    –
  
  Estimated: 333 persons in all, between 299 and 378; at least 303.
  Rule: hull of the intervals of every admissible model (latent classes, decomposable graphs, log-linear models by BIC), up to the upper end of Chao's interval where his bound lies above them; middle: latent classes, else graphs, else log-linear; none with under three lists or where a posterior model's diagnostics fail
  Because: admissible: graphs
  
  What it hangs on:
  - Graphs alone: 333 (299 to 378). They let lists depend on one another, and take persons to be alike otherwise.
  - All of it assumes that the lists cover the same people, that nobody is on one wrongly, and that records were joined rightly: missed links raise the estimate, false ones lower it.
  $ everyname estimate $TESTS/lists/histories.csv --wrongly-listed .2-.1
  everyname estimate: --wrongly-listed takes two shares from 0 to below 1, as .01-.05
  [2]

Strata: each by itself, totals draw by draw; one that cannot be estimated enters as observed and takes the upper end away. Replicates: their mixture is the answer.

  $ (echo A,B,C,where,count; tail -n +2 $TESTS/lists/histories.csv | awk -F, '{print $1","$2","$3",hill,"$4; print $1","$2","$3",coast,"2*$4}') > s.csv; head -3 s.csv
  A,B,C,where,count
  1,0,0,hill,60
  1,0,0,coast,120
  $ everyname estimate s.csv --method graphs --by where
  Recorded: 708 persons on 3 lists.
  
  method  kind       status  low  median   high  at least  R-hat  ess
  ------  ---------  ------  ---  ------  -----  --------  -----  ---
  graphs  posterior  ok      938   1,002  1,075       949      –    –
  chao    bound      ok      934   1,000  1,084       944      –    –
  
  Estimated: 1,002 persons in all, between 938 and 1,075; at least 924.
  Rule: strata are estimated each by itself, each method's draws summed, and the headline is by the rule for one population: hull of the admissible models; a stratum that cannot be estimated enters as observed and takes the upper end away
  Because: 2 of 2 strata were estimated
  
  stratum  observed  low  median  high  at least  status
  -------  --------  ---  ------  ----  --------  ---------
  coast         472  618     667   728       621  estimated
  hill          236  299     333   378       303  estimated
  $ (head -1 s.csv; tail -n +2 s.csv | sort) > t.csv; everyname estimate s.csv --method graphs --by where --json > one; everyname estimate t.csv --method graphs --by where --json --threads 1 > two; cmp one two
  $ echo 1,0,0,island,4 >> s.csv; echo 0,1,0,,2 >> s.csv; everyname estimate s.csv --method graphs --by where --keep-unknown --json > j; python3 -c "import json; r = json.load(open('j'))['recommended']; print(r['high'], [(s['where'], s['observed'], s['status']) for s in r['strata']])"
  None [('coast', 472, 'estimated'), ('hill', 236, 'estimated'), ('island', 4, 'as_observed'), ('unknown', 2, 'as_observed')]
  $ everyname estimate s.csv --method graphs --by where
  Recorded: 714 persons on 3 lists.
  
  method  kind       status  low  median      high  at least  R-hat  ess
  ------  ---------  ------  ---  ------  --------  --------  -----  ---
  graphs  posterior  ok      946   1,010  no limit       957      –    –
  chao    bound      ok      942   1,009  no limit       952      –    –
  
  Estimated: 1,010 persons in all, between 946 and no limit; at least 932.
  Rule: the mixture over replicates of each method's draws, each replicate weighing alike; the headline is by the rule for one population: hull of the admissible models; none where a replicate has none
  Because: 20 replicates; in the first: 2 of 3 strata were estimated; as observed enter island
  The stratum of 2 persons is missing and was imputed from their histories, as if whether it is missing hung on the history alone.
  Averaged over 20 replicates.
  By Rubin's rules on log n0 of graphs: 1,009, between 949 and 1,086; 0 % of the variance is between replicates (very many degrees of freedom).
  
  stratum  observed  low  median  high  at least  status
  -------  --------  ---  ------  ----  --------  -----------
  coast         474  620     670   731       621  estimated
  hill          236  301     335   380       303  estimated
  island          4    –       –     –         –  as observed
  $ everyname estimate s.csv --method graphs --by where --json | python3 -c "import json,sys; print(json.load(sys.stdin)['imputed'])"
  {'persons': 2, 'replicates': 20, 'assumes': 'whether a stratum is missing hangs on the history, and on what is known of the stratum, alone'}
  $ everyname estimate s.csv --method graphs --by where --covers A=hill
  everyname estimate: "A" alone holds 120 persons of "coast", so that it did see that stratum; name the stratum in --covers too, or correct the rows
  [1]
  $ everyname estimate s.csv --method graphs --by where --covers A=hil
  everyname estimate: --covers: there is no stratum "hil"
  [2]
  $ everyname estimate s.csv --method graphs --by where --covers D=hill
  everyname estimate: --covers: there is no list "D"
  [2]
  $ printf 'A,B,C,where,count\n1,0,0,coast,40\n0,1,0,coast,50\n0,0,1,coast,30\n1,1,0,coast,20\n1,0,1,coast,12\n0,1,1,coast,15\n1,1,1,coast,8\n1,0,0,hill,40\n0,1,0,hill,50\n1,1,0,hill,30\n1,0,0,,9\n0,0,1,,6\n' > c.csv; everyname estimate c.csv --method graphs --by where --covers C=coast --json | python3 -c "import json,sys; j=json.load(sys.stdin); print(j['imputed']['persons'], [(s['where'], s['observed'] >= {'coast': 181, 'hill': 120}[s['where']]) for s in j['recommended']['strata']])"
  15 [('coast', True), ('hill', True)]
  $ everyname estimate s.csv --method graphs --by where --keep-unknown --covers A=hill
  everyname estimate: "A" alone holds 120 persons of "coast", so that it did see that stratum; name the stratum in --covers too, or correct the rows
  [1]
  $ everyname estimate s.csv --method graphs --by village
  everyname estimate: there is no column "village" to estimate by
  [1]
  $ (echo rep,A,B,C,count; tail -n +2 $TESTS/lists/histories.csv | awk '{print "r1,"$0}'; tail -n +2 $TESTS/lists/histories.csv | awk -F, '{print "r2,"$1","$2","$3","$4+3}') > r.csv; everyname estimate r.csv --method graphs --brief
  Recorded: 236 persons on 3 lists.
  
  method  kind       status  low  median  high  at least  R-hat  ess
  ------  ---------  ------  ---  ------  ----  --------  -----  ---
  graphs  posterior  ok      304     344   390       310      –    –
  chao    bound      ok      303     344   398       308      –    –
  
  Estimated: 344 persons in all, between 304 and 390; at least 303.
  Rule: the mixture over replicates of each method's draws, each replicate weighing alike; the headline is by the rule for one population: hull of the admissible models; none where a replicate has none
  Because: 2 replicates; in the first: admissible: graphs
  Averaged over 2 replicates.
  By Rubin's rules on log n0 of graphs: 343, between 311 and 389; 0 % of the variance is between replicates (very many degrees of freedom).

Draws go out, by replicate and stratum, and come in again: the same mixture and Rubin's rules.

  $ (echo rep,A,B,C,where,count; tail -n +2 $TESTS/lists/histories.csv | awk -F, '{for (r = 1; r < 4; r++) {print "r" r "," $1 "," $2 "," $3 ",hill," $4 + r; print "r" r "," $1 "," $2 "," $3 ",coast," 2 * $4}}'; for r in 1 2 3; do echo r$r,1,0,0,island,4; done) > rs.csv; everyname estimate rs.csv --by where --method graphs --draws d.csv
  Recorded: 719 persons on 3 lists.
  
  method  kind       status  low  median      high  at least  R-hat  ess
  ------  ---------  ------  ---  ------  --------  --------  -----  ---
  graphs  posterior  ok      956   1,019  no limit       966      –    –
  chao    bound      ok      952   1,018  no limit       962      –    –
  
  Estimated: 1,019 persons in all, between 956 and no limit; at least 935.
  Rule: the mixture over replicates of each method's draws, each replicate weighing alike; the headline is by the rule for one population: hull of the admissible models; none where a replicate has none
  Because: 3 replicates; in the first: 2 of 3 strata were estimated; as observed enter island
  Averaged over 3 replicates.
  By Rubin's rules on log n0 of graphs: 1,018, between 959 and 1,093; 0 % of the variance is between replicates (very many degrees of freedom).
  
  stratum  observed  low  median  high  at least  status
  -------  --------  ---  ------  ----  --------  -----------
  coast         472  618     667   728       621  estimated
  hill          243  312     347   391       310  estimated
  island          4    –       –     –         –  as observed
  $ head -2 d.csv; wc -l < d.csv; everyname estimate --draws-in d.csv
  method,rep,stratum,n,draw,N
  graphs,r1,coast,472,1,585
  12004
  Recorded: 719 persons.
  
  method  kind       status  low  median      high  at least  R-hat  ess
  ------  ---------  ------  ---  ------  --------  --------  -----  ---
  graphs  posterior  ok      956   1,019  no limit       966      –    –
  graphs: the draws were made elsewhere: whether their chains converged is not known here
  
  Estimated: 1,019 persons in all, between 956 and no limit; at least 940.
  Rule: the mixture over replicates of each method's draws, each replicate weighing alike; the headline is by the rule for one population: hull of the admissible models; none where a replicate has none
  Because: 3 replicates; in the first: 2 of 3 strata were estimated; as observed enter island
  Averaged over 3 replicates.
  By Rubin's rules on log n0 of graphs: 1,018, between 959 and 1,093; 0 % of the variance is between replicates (very many degrees of freedom).
  
  stratum  observed  low  median  high  at least  status
  -------  --------  ---  ------  ----  --------  -----------
  coast         472  618     667   728       625  estimated
  hill          243  312     347   391       317  estimated
  island          4    –       –     –         –  as observed
  $ everyname estimate rs.csv --by where --method graphs --draws d.arrow > /dev/null; head -c 6 d.arrow; tail -c 6 d.arrow
  ARROW1ARROW1
  $ printf 'rep,n,N\nR1,10,12\nR1,10,9\n' > bad.csv; everyname estimate --draws-in bad.csv
  everyname estimate: bad.csv:3: column "N": a draw of 9 persons in all, of whom 10 are recorded (byte 17); N is the total, recorded and not recorded: it is n or more
  [1]
  $ printf 'rep,n,N\nR1,10,12\nR1,11,19\n' > bad.csv; everyname estimate --draws-in bad.csv
  everyname estimate: bad.csv:3: column "n": 11 are recorded here, and 10 in another row of the same replicate and stratum (byte 17)
  [1]
  $ printf 'rep,n,N\nR1,10,many\n' > bad.csv; everyname estimate --draws-in bad.csv
  everyname estimate: bad.csv:2: column "N": "many" is not a number (byte 8); write digits, with a point before decimals
  [1]
  $ printf 'rep,n,total\nR1,10,12\n' > bad.csv; everyname estimate --draws-in bad.csv
  everyname estimate: there is no column "N"
  [1]
  $ everyname estimate --draws-in d.csv --by where
  everyname estimate: --draws-in takes draws as they are, in place of a case or histories: no method is run, and strata are those of the file
  [2]
  $ everyname estimate
  everyname estimate: a case, histories, or --draws-in is needed; see everyname estimate --help
  [2]

A list inside another, thirty lists, counts of a thousand million: a number or a refusal each.

  $ printf 'A,B,C,count\n1,0,0,50\n1,1,0,20\n1,0,1,10\n0,0,1,30\n1,1,1,5\n' > h.csv; everyname estimate h.csv --method graphs --brief | grep '^graphs'
  graphs  posterior  ok      115     222   449       115      –    –
  graphs: everybody on "B" is on "A" too: if one was made from the other, they are one list
  $ (seq -s, 1 30 | sed 's/$/,count/'; for i in 1 2 3; do echo "$(yes 1 | head -$i | paste -sd,),$(yes 0 | head -$((30 - i)) | paste -sd,),$i"; done) > h.csv; everyname estimate h.csv --method graphs --brief | grep '^graphs'
  graphs  posterior  ok        6       6    13         6      –    –
  graphs: everybody on "2" is on "1" too: if one was made from the other, they are one list
  graphs: everybody on "3" is on "1" too: if one was made from the other, they are one list
  graphs: everybody on "3" is on "2" too: if one was made from the other, they are one list
  graphs: "4" records nobody and was left out
  graphs: "5" records nobody and was left out
  graphs: "6" records nobody and was left out
  graphs: "7" records nobody and was left out
  graphs: "8" records nobody and was left out
  $ printf 'A,B,C,count\n1,0,0,1000000000\n0,1,0,2000000000\n0,0,1,900000000\n1,1,0,100000000\n1,0,1,90000000\n0,1,1,80000000\n1,1,1,7000000\n' > h.csv; everyname estimate h.csv --method graphs --brief | grep '^graphs'
  graphs  posterior  ok      24,172,787,633  24,176,999,874  24,181,213,211  24,173,464,780      –    –
  $ everyname estimate h.csv --brief | grep -E '^(latent|chao|loglinear|loglinear-best|stepwise) |tempering|^No headline' | sed -E 's/ +/ /g'
  latent posterior not_converged – – – – 7.4153 64
  chao bound ok 21,582,035,049 21,584,407,343 21,586,779,960 21,582,416,430 – –
  loglinear likelihood ok 21,662,488,976 21,677,000,000 21,691,523,066 21,664,821,153 – –
  loglinear-best likelihood ok 21,662,487,448 21,677,000,000 21,691,521,535 21,664,819,986 – –
  stepwise likelihood ok 21,662,488,976 21,677,000,000 21,691,523,067 21,664,800,713 – –
  latent: with more than 1000000 persons modes stand too far apart for tempering to join them soon, so that it was left out; --temper SECONDS runs it all the same
  No headline number.
  $ printf 'A,B,C,count\n1,0,0,50\n1,1,0,20\n1,0,1,10\n0,0,1,30\n1,1,1,5\n' > sub.csv; everyname estimate sub.csv --brief | grep -E '^(latent|graphs|chao|loglinear|loglinear-best|stepwise) ' | sed -E 's/ +/ /g'
  latent posterior ok 116 137 304 117 1.0002 24323
  graphs posterior ok 115 222 449 115 – –
  chao bound ok 141 163 205 144 – –
  loglinear likelihood ok 141 162 199 143 – –
  loglinear-best likelihood ok 138 162 196 141 – –
  stepwise likelihood ok 141 162 201 143 – –
  $ printf 'A,B,C,count\n1,0,0,50\n0,1,0,20\n0,0,1,30\n' > apart.csv; everyname estimate apart.csv --brief | grep -E '^(latent|graphs|chao|loglinear|loglinear-best|stepwise) ' | sed -E 's/ +/ /g'
  latent posterior no_overlap – – – – – –
  graphs posterior no_overlap – – – – – –
  chao bound no_overlap – – – – – –
  loglinear likelihood no_overlap – – – – – –
  loglinear-best likelihood no_overlap – – – – – –
  stepwise likelihood no_overlap – – – – – –
  $ printf 'A,count\n1,50\n' > one.csv; everyname estimate one.csv --brief | grep -E '^(latent|graphs|chao|loglinear|loglinear-best|stepwise) ' | sed -E 's/ +/ /g'
  latent posterior not_identified – – – – – –
  graphs posterior not_identified – – – – – –
  chao bound not_identified – – – – – –
  loglinear likelihood not_identified – – – – – –
  loglinear-best likelihood not_identified – – – – – –
  stepwise likelihood not_identified – – – – – –
  $ printf 'A,B,C,count\n1,0,0,-50\n0,1,0,20\n' > neg.csv; for m in latent graphs chao loglinear loglinear-best stepwise; do everyname estimate neg.csv --method $m; done 2>&1 | sort -u
  everyname estimate: neg.csv:2: column "count": "-50" is negative (byte 12); a count is a whole number from 0 on
  $ (seq -s, 1 13 | sed 's/$/,count/'; for i in 1 2 3 4 5 6 7 8 9 10 11 12; do for k in 0 1 2; do echo $i $((i + 1)) $k; done; done | awk '{n = 13; row = ""; for (j = 1; j <= n; j++) row = row (j == $1 && $3 != 1 || j == $2 && $3 != 2 ? 1 : 0) ","; print row ($3 ? 9 : 3)}') > many.csv; for m in graphs loglinear loglinear-best stepwise; do everyname estimate many.csv --method $m --brief | grep -E "^$m" | sed -E 's/ +/ /g'; done
  graphs posterior not_converged – – – – – –
  graphs: not computed: graphs are averaged exactly, and that is done for up to 8 lists; there are 13
  loglinear likelihood not_converged – – – – – –
  loglinear: not computed: log-linear models are fitted to all 2^lists cells, and that is done for up to 12 lists; there are 13
  loglinear-best likelihood not_converged – – – – – –
  loglinear-best: not computed: log-linear models are fitted to all 2^lists cells, and that is done for up to 12 lists; there are 13
  stepwise likelihood not_converged – – – – – –
  stepwise: not computed: log-linear models are fitted to all 2^lists cells, and that is done for up to 12 lists; there are 13

How the rule fares on populations simulated from each admissible fit, for the whole and for each stratum.

  $ everyname estimate $TESTS/lists/histories.csv --method graphs --calibrate --brief --populations 60 | sed -n '/^The rule on/,/^In the/p'
  The rule on populations simulated from each admissible fit, 60 of each, at these list sizes:
  truth   its N  refused   covered  bound holds  width
  ------  -----  -------  --------  -----------  -----
  graphs    331      0 %  98 % ± 3     97 % ± 3   25 %
  In the worst of these cases, graphs, the headline's interval holds the truth in 98 % ± 3.
  $ everyname estimate $TESTS/lists/histories.csv --method loglinear --calibrate --brief --populations 60 --json | python3 -c "import json,sys; c = json.load(sys.stdin)['calibration']; print(c['populations'], sorted(c), c['worst'] == c['fits'][0], c['fits'][0]['method'], .85 < c['fits'][0]['covered'] <= 1, sorted(c['fits'][0]))"
  60 ['fits', 'populations', 'worst'] True loglinear True ['at_least_covered', 'at_least_covered_error', 'covered', 'covered_error', 'method', 'refused', 'truth', 'width']
  $ printf 'A,B,C,town,count\n1,0,0,Ost,60\n0,1,0,Ost,50\n0,0,1,Ost,40\n1,1,0,Ost,20\n1,0,1,Ost,15\n0,1,1,Ost,14\n1,1,1,Ost,6\n1,0,0,West,9\n' > t.csv; everyname estimate t.csv --by town --method graphs --calibrate --populations 20 | grep -A6 '^The rule on'
  The rule on populations simulated from each admissible fit, 20 of each, at these list sizes:
  stratum  truth   its N  refused    covered  bound holds  width
  -------  ------  -----  -------  ---------  -----------  -----
  Ost      graphs    347      0 %  100 % ± 6    100 % ± 6   40 %
  Ost: In the worst of these cases, graphs, the headline's interval holds the truth in 100 % ± 6.
  West: Not calibrated: there is no headline to calibrate.
  $ everyname estimate t.csv --ignore town --calibrate --populations 0
  everyname estimate: --populations takes a number from 1 to 100000
  [2]

An estimate of a case has an id that is its own query, what each list could see included; trace computes it again.

  $ everyname new v.everyname > /dev/null
  $ for l in civil-register family-reports newspaper-list; do everyname import v.everyname $ROOT/examples/$l.csv --source "$l" --date-order dmy > /dev/null; done
  $ everyname link v.everyname > /dev/null
  $ everyname estimate v.everyname --method graphs --by sex --keep-unknown --covers 'newspaper-list=female,male,unknown' --json > e.json
  $ grep -o '"e:[^"]*"' e.json | tr -d '"' > id.txt; sed 's/@.*//' id.txt
  e:graphs;seed=1;level=0.95;by=sex;keep-unknown;covers=newspaper%2dlist%3dfemale%2cmale%2cunknown
  $ everyname trace v.everyname "$(cat id.txt)" | head -1 | sed 's/.*: estimate/estimate/'
  estimate 2340 [2215, inf]
  $ grep -A3 '"recommended"' e.json | grep -E '"(low|median)"'
      "low": 2215,
      "median": 2340,

Long names of lists in any script stay whole characters, in every sentence.

  $ printf 'سجلات المستشفيين في الوادي مع أسماء القرى,Гражданский реестр записей после событий в долине,C,count\n1,0,0,200\n0,1,0,150\n0,0,1,180\n1,1,0,40\n1,0,1,35\n0,1,1,30\n1,1,1,12\n' > names.csv; everyname estimate names.csv --method graphs --json | python3 -c "import json,sys; s=json.load(sys.stdin)['recommended']['sensitivity']; print(len(s), all(s), [x[-60:] for x in s if 'left out' in x])"
  11 True [' "C") to 1556 (without "Гражданский реестр записей после…").']

A stratum that was refused gives no draws, so that draws read back say what was said; a stratum of rows that count nobody is none, and nobody is imputed to it.

  $ printf 'A,B,C,where,count\n1,0,0,coast,40\n0,1,0,coast,50\n0,0,1,coast,30\n1,1,0,coast,20\n1,0,1,coast,12\n0,1,1,coast,15\n1,1,1,coast,8\n1,0,0,hill,40\n0,1,0,hill,50\n1,1,0,hill,30\n1,0,0,moor,0\n0,1,0,,7\n' > two.csv
  $ everyname estimate two.csv --method graphs --by where --keep-unknown --draws two_draws.csv | grep -E '^(Estimated|coast|hill|moor)'; everyname estimate --draws-in two_draws.csv | grep -E '^(Estimated|coast|hill)'
  Estimated: 393 persons in all, between 358 and no limit; at least 363.
  coast         175  231     266   317       236  estimated
  hill          120    –       –     –       159  as observed
  Estimated: 393 persons in all, between 358 and no limit; at least 363.
  coast         175  231     266   317       236  estimated
  hill          120    –       –     –         –  as observed
  $ everyname estimate two.csv --method graphs --by where | grep -cE '^moor'
  0
  [1]
