Estimates from a CSV of capture histories.

  $ everyname estimate $TESTS/lists/histories.csv --method graphs
  Recorded: 236 persons on 3 lists.
  
  method  kind       status  low  median  high  at least  R-hat  ess
  ------  ---------  ------  ---  ------  ----  --------  -----  ---
  graphs  posterior  ok      299     333   378       304      –    –
  
  Estimated: 333 persons in all, between 299 and 378; at least 304.
  Rule: hull of the intervals of every admissible posterior model (latent classes, decomposable graphs), raised to the upper end of Chao's interval where that is higher; middle: the median of latent classes, else of graphs; none with under three lists or where a model's diagnostics fail
  Because: graphs were averaged exactly
  - Graphs alone: 333 (299 to 378). They let lists depend on one another, and take persons to be alike otherwise.
  - If all 3 lists together had no interaction of their own: 330; if it were 2: 283; if it were 1/2: 424. The data cannot say which.
  - All of it assumes that the lists cover the same people, that nobody is on one wrongly, and that records were joined rightly: missed links raise the estimate, false ones lower it.
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
    "because": "with fewer than three lists that record somebody, how the lists depend on one another cannot be tested"
  }
  $ printf 'A,B,C,count\n1,0,0,5\n0,1,0,7\n0,0,1,2\n' > h.csv; everyname estimate h.csv --json | grep -c '"status": "no_overlap"'
  6
