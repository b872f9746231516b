The example from files to a report: linked persons agree with the truth, and the interval covers it.

  $ EVERYNAME=$(command -v everyname) $ROOT/tools/demo $PWD/demo | head -10
                                 recorded       true   estimated
  people harmed                     1,970      2,400   2,355  [2,299 – 2,424]
    on no list                          –        426   385  [329 – 454]
  persons on a list                 1,970      1,974   
    killed                          1,236      1,511   
    missing                           427        521   
    taken                             307        368   
    status unknown                      0          0   
  linked persons, F1 of pairs       0.973      1.000   
  the interval covers the truth        yes              
  $ python3 -c "import json; e = json.load(open('demo/report/report.json'))['estimate']['recommended']; print(e['low'] <= 2400 <= e['high'])"
  True
