Counting by cause, civilian status, directness and verification: from columns of lists, and from acts.

  $ everyname new v.everyname
  Made v.everyname. It is not encrypted: keep no data about living people in it, or make it with --encrypt.
  $ everyname import v.everyname $TESTS/lists/causes.csv --source 'Relief registers' --dry-run
  Would import 6 rows of Relief registers, release 1
  Read as csv, UTF-8, columns parted by commas.
  column                   is
  -----------------------  ---------------
  id                       id
  given_name               given
  family_name              family
  sex                      sex
  age                      age
  village                  place
  status                   status
  date                     event_date
  Weapon                   cause
  Combatant status         civilian_status
  Rule of civilian status  civilian_rule
  Direct or indirect       directness
  Alleged perpetrator      alleged_party
  Verification status      verification
  
  First rows:
  id   given_name  family_name  sex  age       village  status   date        Weapon     Combatant status  Rule of civilian status  Direct or indirect  Alleged perpetrator  Verification status
  ---  ----------  -----------  ---  --------  -------  -------  ----------  ---------  ----------------  -----------------------  ------------------  -------------------  -------------------
  C-1  Marin       Dalverek     M    44        Orlesk   killed   1994-05-17  shelling   civilian          not in any armed group   direct              Northern Guard       verified
  C-2  Selva       Ishkari      F    17-18     Brenna   killed   1994-05-18  Artillery  civilian          not in any armed group   direct              Northern Guard       verified
  C-3  Tovan       Ishkari      M    60+       Brenna   killed   1994-05     gunshot    soldier           served in a unit         direct                                   unverified
  C-4  Nelis       Orovan       F    8 months  Brenna   dead     1994-06-02  hunger     civilian                                   indirect                                 
  C-5  Karo        Velde        M    30-39     Orlesk   missing  1994                                                                                                       
  C-6  Ilen        Tarsovik     F    52        Orlesk   killed   1994-05-17  sword                                                 direct              Eastern Column       pending
  
  As they will be read:
  id   given  family    sex     age       event_date  place   status   cause                 civilian_status  civilian_rule           directness  alleged_party   verification
  ---  -----  --------  ------  --------  ----------  ------  -------  --------------------  ---------------  ----------------------  ----------  --------------  ------------
  C-1  Marin  Dalverek  male    44        1994-05-17  Orlesk  killed   heavy_weapons         civilian         not in any armed group  direct      Northern Guard  confirmed
  C-2  Selva  Ishkari   female  17-18     1994-05-18  Brenna  killed   heavy_weapons         civilian         not in any armed group  direct      Northern Guard  confirmed
  C-3  Tovan  Ishkari   male    60+       1994-05     Brenna  killed   small_arms            armed_forces     served in a unit        direct                      pending
  C-4  Nelis  Orovan    female  8 months  1994-06-02  Brenna  dead     denial_of_essentials  civilian                                 indirect                    
  C-5  Karo   Velde     male    30-39     1994        Orlesk  missing                                                                                             
  C-6  Ilen   Tarsovik  female  52        1994-05-17  Orlesk  killed   sword                                                          direct      Eastern Column  pending
  $ everyname import v.everyname $TESTS/lists/causes.csv --source 'Relief registers' > /dev/null
  $ sed '1s/Weapon/how/;1s/Combatant status/what/;1s/Direct or indirect/kind/' $TESTS/lists/causes.csv > unnamed.csv
  $ everyname import v.everyname unnamed.csv --source X --dry-run | grep -E '^(how|what|kind) '
  how                      cause
  what                     civilian_status
  kind                     directness
  $ everyname count v.everyname --by cause,directness --show-small
  cause                 directness  persons  id
  --------------------  ----------  -------  ----------------------------------------------------------------------
  denial_of_essentials  indirect          1  c:recorded;cause=denial_of_essentials;directness=indirect@e12b809d1d47
  heavy_weapons         direct            2  c:recorded;cause=heavy_weapons;directness=direct@e12b809d1d47
  small_arms            direct            1  c:recorded;cause=small_arms;directness=direct@e12b809d1d47
  sword                 direct            1  c:recorded;cause=sword;directness=direct@e12b809d1d47
  unknown               unknown           1  c:recorded;cause=unknown;directness=unknown@e12b809d1d47
  all                                     6  c:recorded@e12b809d1d47
  
  Distinct persons, recorded. Ledger head e12b809d1d47. The case is not linked: each record counts as a person.
  $ everyname count v.everyname --by civilian_status,civilian_rule --show-small
  civilian_status  civilian_rule           persons  id
  ---------------  ----------------------  -------  ---------------------------------------------------------------------------------------------
  armed_forces     served in a unit              1  c:recorded;civilian_status=armed_forces;civilian_rule=served%20in%20a%20unit@e12b809d1d47
  civilian         not in any armed group        2  c:recorded;civilian_status=civilian;civilian_rule=not%20in%20any%20armed%20group@e12b809d1d47
  civilian         not_stated                    1  c:recorded;civilian_status=civilian;civilian_rule=not_stated@e12b809d1d47
  unknown          not_stated                    2  c:recorded;civilian_status=unknown;civilian_rule=not_stated@e12b809d1d47
  all                                            6  c:recorded@e12b809d1d47
  
  Distinct persons, recorded. Ledger head e12b809d1d47. The case is not linked: each record counts as a person.
  Deaths among them, direct and indirect apart:
    direct: 4  c:recorded;directness=direct;fate=dead@e12b809d1d47
    indirect: 1  c:recorded;directness=indirect;fate=dead@e12b809d1d47
  $ everyname count v.everyname --by verification --level verified --show-small
  verification  persons  id
  ------------  -------  ----------------------------------------------
  confirmed           2  c:verified;verification=confirmed@e12b809d1d47
  all                 2  c:verified@e12b809d1d47
  
  Distinct persons, verified. Ledger head e12b809d1d47. The case is not linked: each record counts as a person.
  $ everyname count v.everyname --by age_group --show-small
  age_group  persons  id
  ---------  -------  -----------------------------------------
  0-17             1  c:recorded;age_group=0-17@e12b809d1d47
  18-59            3  c:recorded;age_group=18-59@e12b809d1d47
  60+              1  c:recorded;age_group=60+@e12b809d1d47
  unknown          1  c:recorded;age_group=unknown@e12b809d1d47
  all              6  c:recorded@e12b809d1d47
  
  Distinct persons, recorded. Ledger head e12b809d1d47. The case is not linked: each record counts as a person.
  Deaths among them, direct and indirect apart:
    direct: 4  c:recorded;directness=direct;fate=dead@e12b809d1d47
    indirect: 1  c:recorded;directness=indirect;fate=dead@e12b809d1d47
  $ everyname count v.everyname --by month --where cause=heavy_weapons --show-small
  month    persons  id
  -------  -------  ---------------------------------------------------------
  1994-05        2  c:recorded;month=1994-05;cause=heavy_weapons@e12b809d1d47
  all            2  c:recorded;cause=heavy_weapons@e12b809d1d47
  
  Distinct persons, recorded. Ledger head e12b809d1d47. The case is not linked: each record counts as a person.

What an act says counts as one more source; what one that killed nobody says counts where nothing else speaks.

  $ everyname add v.everyname source title='A witness' kind=testimony > /dev/null
  $ everyname add v.everyname act victim=C-5 kind=injury cause=small_arms date=1994-03-01 civilian=armed_forces civilian_rule='bore arms' source='A witness' > /dev/null
  $ everyname add v.everyname act victim=C-1 kind=injury cause=small_arms date=1994-05-16 source='A witness' > /dev/null
  $ everyname add v.everyname act victim=C-6 kind=killing cause=small_arms date=1994-05 civilian=civilian civilian_rule='said to be a nurse' source='A witness' > /dev/null
  $ everyname count v.everyname --by cause,civilian_status,civilian_rule,month --show-small
  cause                 civilian_status  civilian_rule           month    persons  id
  --------------------  ---------------  ----------------------  -------  -------  -------------------------------------------------------------------------------------------------------------------------------
  denial_of_essentials  civilian         not_stated              1994-06        1  c:recorded;month=1994-06;cause=denial_of_essentials;civilian_status=civilian;civilian_rule=not_stated@9690d790ce39
  heavy_weapons         civilian         not in any armed group  1994-05        2  c:recorded;month=1994-05;cause=heavy_weapons;civilian_status=civilian;civilian_rule=not%20in%20any%20armed%20group@9690d790ce39
  small_arms            armed_forces     bore arms               unknown        1  c:recorded;month=unknown;cause=small_arms;civilian_status=armed_forces;civilian_rule=bore%20arms@9690d790ce39
  small_arms            armed_forces     served in a unit        1994-05        1  c:recorded;month=1994-05;cause=small_arms;civilian_status=armed_forces;civilian_rule=served%20in%20a%20unit@9690d790ce39
  sword                 civilian         said to be a nurse      1994-05        1  c:recorded;month=1994-05;cause=sword;civilian_status=civilian;civilian_rule=said%20to%20be%20a%20nurse@9690d790ce39
  all                                                                           6  c:recorded@9690d790ce39
  
  Distinct persons, recorded. Ledger head 9690d790ce39. The case is not linked: each record counts as a person.
  Deaths among them, direct and indirect apart:
    direct: 4  c:recorded;directness=direct;fate=dead@9690d790ce39
    indirect: 1  c:recorded;directness=indirect;fate=dead@9690d790ce39
  $ everyname trace v.everyname "$(everyname search v.everyname Tarsovik --json | jq -r '.results[0].person')"
  p:70bc.9: person Ilen Tarsovik
  One record.
  
  shows                                by the rule
  ---------------  ------------------  -------------------------------------------------------
  status           killed              All who say something say the same.
  sex              female              All who say something say the same.
  age_group        18-59               All who say something say the same.
  place            Orlesk              All who say something say the same.
  month            1994-05             All who say something say the same.
  cause            sword               Nothing else decides: it is the earliest in the ledger.
  civilian_status  civilian            All who say something say the same.
  civilian_rule    said to be a nurse  All who say something say the same.
  directness       direct              All who say something say the same.
  verification     pending             All who say something say the same.
  fate             dead                All who say something say the same.
  
  Sources differ on cause:
    sword  r:70bc.9  Relief registers
    small_arms  d:9e7b.0  A witness
  
  Over time:
    1994-05  killed, says A witness, d:9e7b.0
  
  p:70bc.9
    r:70bc.9  Relief registers  k:70bc.1 bytes 632+85
        C-6,Ilen,Tarsovik,F,52,Orlesk,killed,1994-05-17,sword,,,direct,Eastern Column,pending

Ages by any scheme, dates by any unit, a period, what is known.

  $ everyname count v.everyname --by age_group --ages 0-4,5-17,18-39,40+ --show-small
  age_group  persons  id
  ---------  -------  -----------------------------------------------------------------
  0-4              1  c:recorded;ages=0-4,5-17,18-39,40+;age_group=0-4@9690d790ce39
  18-39            1  c:recorded;ages=0-4,5-17,18-39,40+;age_group=18-39@9690d790ce39
  40+              3  c:recorded;ages=0-4,5-17,18-39,40+;age_group=40+@9690d790ce39
  unknown          1  c:recorded;ages=0-4,5-17,18-39,40+;age_group=unknown@9690d790ce39
  all              6  c:recorded@9690d790ce39
  
  Distinct persons, recorded. Ledger head 9690d790ce39. The case is not linked: each record counts as a person.
  Ages at the event; one that can be in several groups is unknown, one in none is outside.
  Deaths among them, direct and indirect apart:
    direct: 4  c:recorded;directness=direct;fate=dead@9690d790ce39
    indirect: 1  c:recorded;directness=indirect;fate=dead@9690d790ce39
  $ everyname count v.everyname --by age_group --ages sdg --show-small
  age_group  persons  id
  ---------  -------  -------------------------------------------------------
  0-17             1  c:recorded;ages=0-17,18+;age_group=0-17@9690d790ce39
  18+              4  c:recorded;ages=0-17,18+;age_group=18+@9690d790ce39
  unknown          1  c:recorded;ages=0-17,18+;age_group=unknown@9690d790ce39
  all              6  c:recorded@9690d790ce39
  
  Distinct persons, recorded. Ledger head 9690d790ce39. The case is not linked: each record counts as a person.
  Ages at the event; one that can be in several groups is unknown, one in none is outside.
  Deaths among them, direct and indirect apart:
    direct: 4  c:recorded;directness=direct;fate=dead@9690d790ce39
    indirect: 1  c:recorded;directness=indirect;fate=dead@9690d790ce39
  $ everyname count v.everyname --by age_group --ages 5-4
  everyname count: "5-4" is no scheme of ages: a group is no range; write groups in rising order, as 0-4,5-17,18-59,60+, or default, five-year, sdg
  [2]
  $ everyname count v.everyname --by year,quarter --show-small
  year  quarter  persons  id
  ----  -------  -------  -------------------------------------------------
  1994  1994-Q2        5  c:recorded;year=1994;quarter=1994-Q2@9690d790ce39
  1994  unknown        1  c:recorded;year=1994;quarter=unknown@9690d790ce39
  all                  6  c:recorded@9690d790ce39
  
  Distinct persons, recorded. Ledger head 9690d790ce39. The case is not linked: each record counts as a person.
  Deaths among them, direct and indirect apart:
    direct: 4  c:recorded;directness=direct;fate=dead@9690d790ce39
    indirect: 1  c:recorded;directness=indirect;fate=dead@9690d790ce39
  $ everyname count v.everyname --by week --show-small
  week      persons  id
  --------  -------  -------------------------------------
  1994-W20        3  c:recorded;week=1994-W20@9690d790ce39
  1994-W22        1  c:recorded;week=1994-W22@9690d790ce39
  unknown         2  c:recorded;week=unknown@9690d790ce39
  all             6  c:recorded@9690d790ce39
  
  Distinct persons, recorded. Ledger head 9690d790ce39. The case is not linked: each record counts as a person.
  Deaths among them, direct and indirect apart:
    direct: 4  c:recorded;directness=direct;fate=dead@9690d790ce39
    indirect: 1  c:recorded;directness=indirect;fate=dead@9690d790ce39
  $ everyname count v.everyname --by period --from 1994-05-18 --to 1994-05 --show-small
  period         persons  id
  -------------  -------  -----------------------------------------------------------------------
  may_be_within        2  c:recorded;from=1994-05-18;to=1994-05;period=may_be_within@9690d790ce39
  outside              3  c:recorded;from=1994-05-18;to=1994-05;period=outside@9690d790ce39
  within               1  c:recorded;from=1994-05-18;to=1994-05;period=within@9690d790ce39
  all                  6  c:recorded@9690d790ce39
  
  Distinct persons, recorded. Ledger head 9690d790ce39. The case is not linked: each record counts as a person.
  Deaths among them, direct and indirect apart:
    direct: 4  c:recorded;directness=direct;fate=dead@9690d790ce39
    indirect: 1  c:recorded;directness=indirect;fate=dead@9690d790ce39
  $ everyname count v.everyname --from 1994-05-17 --to 1994-05-17 --show-small
  persons  id
  -------  -------------------------------------------------------------------
        2  c:recorded;from=1994-05-17;to=1994-05-17;period=within@9690d790ce39
  
  Distinct persons, recorded. Ledger head 9690d790ce39. The case is not linked: each record counts as a person.
  The period: a date that lies in it whole is within, one that only may is may_be_within.
    may_be_within: 2  c:recorded;from=1994-05-17;to=1994-05-17;period=may_be_within@9690d790ce39
    outside: 2  c:recorded;from=1994-05-17;to=1994-05-17;period=outside@9690d790ce39
    within: 2  c:recorded;from=1994-05-17;to=1994-05-17;period=within@9690d790ce39
  $ everyname trace v.everyname "c:recorded;from=1994-05-18;to=1994-05;period=may_be_within@$(everyname count v.everyname --json | jq -r .ledger_head | cut -c1-12)" | head -3
  c:recorded;from=1994-05-18;to=1994-05;period=may_be_within@9690d790ce39: count 2
  Distinct persons at the level "recorded" who meet each condition of the id, each record a person, since the case is not linked, at ledger head 9690d790ce39. A person shows a reviewer's choice, else what most independent sources give, then the latest release, the best grade, the earliest; status and fate the latest of what was so.
  
  $ everyname count v.everyname --by complete --show-small
  complete         persons  id
  ---------------  -------  ------------------------------------------------
  age                    5  c:recorded;complete=age@9690d790ce39
  cause                  6  c:recorded;complete=cause@9690d790ce39
  civilian_status        6  c:recorded;complete=civilian_status@9690d790ce39
  date                   4  c:recorded;complete=date@9690d790ce39
  directness             5  c:recorded;complete=directness@9690d790ce39
  name                   6  c:recorded;complete=name@9690d790ce39
  place                  6  c:recorded;complete=place@9690d790ce39
  sex                    6  c:recorded;complete=sex@9690d790ce39
  all                    6  c:recorded@9690d790ce39
  
  Distinct persons, recorded. Ledger head 9690d790ce39. The case is not linked: each record counts as a person.
  Known: a name of two parts or more, the day, any place; the rest any value but unknown.
  Deaths among them, direct and indirect apart:
    direct: 4  c:recorded;directness=direct;fate=dead@9690d790ce39
    indirect: 1  c:recorded;directness=indirect;fate=dead@9690d790ce39
  $ everyname count v.everyname --where complete=name,date,place --show-small
  persons  id
  -------  ------------------------------------------------------------------
        4  c:recorded;complete=name;complete=date;complete=place@9690d790ce39
  
  Distinct persons, recorded. Ledger head 9690d790ce39. The case is not linked: each record counts as a person.
  Deaths among them, direct and indirect apart:
    direct: 3  c:recorded;directness=direct;fate=dead;complete=name;complete=date;complete=place@9690d790ce39
    indirect: 1  c:recorded;directness=indirect;fate=dead;complete=name;complete=date;complete=place@9690d790ce39

Who is alleged to be responsible, by columns of lists and by allegations about acts and incidents.

  $ everyname add v.everyname incident key=MILL title='The mill, 18 May 1994' lists='Relief registers' > /dev/null
  $ everyname add v.everyname actor name='Eastern Column' names.1.text=EC > /dev/null
  $ everyname add v.everyname act key=ACT victim=C-3 kind=killing source='A witness' > /dev/null
  $ everyname add v.everyname allegation key=AL of=key:ACT actor=EC asserted_by.name='A neighbour' standard=reasonable_grounds > /dev/null
  $ everyname add v.everyname response allegation=key:AL kind=denies_act actor='Eastern Column' > /dev/null
  $ everyname count v.everyname --by alleged_party --show-small
  alleged_party            persons  id
  -----------------------  -------  ------------------------------------------------------
  alleged: Eastern Column        2  c:recorded;alleged_party=Eastern%20Column@d37444bdf481
  alleged: Northern Guard        2  c:recorded;alleged_party=Northern%20Guard@d37444bdf481
  none                           2  c:recorded;alleged_party=none@d37444bdf481
  all                            6  c:recorded@d37444bdf481
  
  Distinct persons, recorded. Ledger head d37444bdf481. The case is not linked: each record counts as a person.
  Responsibility is alleged, never found here: trace tells by whom, and what the accused answers. A person is counted with each party.
  Deaths among them, direct and indirect apart:
    direct: 4  c:recorded;directness=direct;fate=dead@d37444bdf481
    indirect: 1  c:recorded;directness=indirect;fate=dead@d37444bdf481
  $ everyname trace v.everyname "c:recorded;place=Brenna;alleged_party=Eastern%20Column@$(everyname count v.everyname --json | jq -r .ledger_head | cut -c1-12)" | grep -A1 'alleged'
  c:recorded;place=Brenna;alleged_party=Eastern%20Column@d37444bdf481: count 1
  Distinct persons at the level "recorded" who meet each condition of the id, each record a person, since the case is not linked, at ledger head d37444bdf481. A person shows a reviewer's choice, else what most independent sources give, then the latest release, the best grade, the earliest; status and fate the latest of what was so.
  --
    q:0127.0  A neighbour  alleged: Eastern Column, standard reasonable_grounds; the accused: denies_act
  $ everyname count v.everyname --where alleged_party=none --show-small
  persons  id
  -------  ------------------------------------------
        2  c:recorded;alleged_party=none@d37444bdf481
  
  Distinct persons, recorded. Ledger head d37444bdf481. The case is not linked: each record counts as a person.
  Deaths among them, direct and indirect apart:
    indirect: 1  c:recorded;directness=indirect;fate=dead;alleged_party=none@d37444bdf481

Places by level, by what the case says that each lies in; in any script.

  $ everyname add v.everyname place key=VALE name='Vale' level=district > /dev/null
  $ everyname add v.everyname place name='Orlesk' level=settlement within=key:VALE names.1.text='Орлеск' > /dev/null
  $ everyname count v.everyname --by place:district,place --show-small
  place:district  place   persons  id
  --------------  ------  -------  -----------------------------------------------------------
  Vale            Orlesk        3  c:recorded;place=Orlesk;place:district=Vale@ad3586d72155
  unknown         Brenna        3  c:recorded;place=Brenna;place:district=unknown@ad3586d72155
  all                           6  c:recorded@ad3586d72155
  
  Distinct persons, recorded. Ledger head ad3586d72155. The case is not linked: each record counts as a person.
  Deaths among them, direct and indirect apart:
    direct: 4  c:recorded;directness=direct;fate=dead@ad3586d72155
    indirect: 1  c:recorded;directness=indirect;fate=dead@ad3586d72155
  $ everyname count v.everyname --by cause --where place:settlement=Orlesk --show-small
  cause          persons  id
  -------------  -------  -------------------------------------------------------------------
  heavy_weapons        1  c:recorded;cause=heavy_weapons;place:settlement=Orlesk@ad3586d72155
  small_arms           1  c:recorded;cause=small_arms;place:settlement=Orlesk@ad3586d72155
  sword                1  c:recorded;cause=sword;place:settlement=Orlesk@ad3586d72155
  all                  3  c:recorded;place:settlement=Orlesk@ad3586d72155
  
  Distinct persons, recorded. Ledger head ad3586d72155. The case is not linked: each record counts as a person.

Each level beside the others; direct and indirect deaths apart; the table of SDG indicator 16.1.2.

  $ everyname count v.everyname --by civilian_status --level all --show-small
  civilian_status  recorded  corroborated  verified  id
  ---------------  --------  ------------  --------  ----------------------------------------------------
  armed_forces            2             2         0  c:recorded;civilian_status=armed_forces@ad3586d72155
  civilian                4             2         2  c:recorded;civilian_status=civilian@ad3586d72155
  all                     6             4         2  c:recorded@ad3586d72155
  
  Distinct persons, at each level; ids are of the first. Ledger head ad3586d72155. The case is not linked: each record counts as a person.
  Civilian status is as sources give it, by rules of their own: --by civilian_status,civilian_rule.
  Deaths among them, direct and indirect apart:
    direct: 4  c:recorded;directness=direct;fate=dead@ad3586d72155
    indirect: 1  c:recorded;directness=indirect;fate=dead@ad3586d72155
  $ everyname count v.everyname --by sex --from 1994-05-17 --to 1994-05-18 --show-small
  sex     persons  id
  ------  -------  ------------------------------------------------------------------------------
  female        2  c:recorded;from=1994-05-17;to=1994-05-18;sex=female;period=within@ad3586d72155
  male          1  c:recorded;from=1994-05-17;to=1994-05-18;sex=male;period=within@ad3586d72155
  all           3  c:recorded;from=1994-05-17;to=1994-05-18;period=within@ad3586d72155
  
  Distinct persons, recorded. Ledger head ad3586d72155. The case is not linked: each record counts as a person.
  The period: a date that lies in it whole is within, one that only may is may_be_within.
    may_be_within: 2  c:recorded;from=1994-05-17;to=1994-05-18;period=may_be_within@ad3586d72155
    outside: 1  c:recorded;from=1994-05-17;to=1994-05-18;period=outside@ad3586d72155
    within: 3  c:recorded;from=1994-05-17;to=1994-05-18;period=within@ad3586d72155
  $ everyname count v.everyname --sdg
  by                                                                                        direct  indirect  unknown  total  id of the total
  ---------------  -----------------------------------------------------------------------  ------  --------  -------  -----  -----------------------------------------------------------------
  cause            heavy weapons and explosive munitions                                         2         0        0      2  c:recorded;cause=heavy_weapons;fate=dead@ad3586d72155
                   planted explosives and unexploded ordnance                                    0         0        0      0  c:recorded;cause=planted_explosives;fate=dead@ad3586d72155
                   small arms and light weapons                                                  1         0        0      1  c:recorded;cause=small_arms;fate=dead@ad3586d72155
                   incendiary                                                                    0         0        0      0  c:recorded;cause=incendiary;fate=dead@ad3586d72155
                   chemical, biological, radiological, nuclear                                   0         0        0      0  c:recorded;cause=cbrn;fate=dead@ad3586d72155
                   electromagnetic weapons                                                       0         0        0      0  c:recorded;cause=electromagnetic;fate=dead@ad3586d72155
                   less lethal weapons                                                           0         0        0      0  c:recorded;cause=less_lethal;fate=dead@ad3586d72155
                   denial of access to or destruction of objects indispensable to survival       0         1        0      1  c:recorded;cause=denial_of_essentials;fate=dead@ad3586d72155
                   accidents related to the conflict                                             0         0        0      0  c:recorded;cause=accident;fate=dead@ad3586d72155
                   other                                                                         0         0        0      0  c:recorded;cause=other;fate=dead@ad3586d72155
                   sword                                                                         1         0        0      1  c:recorded;cause=sword;fate=dead@ad3586d72155
                   unknown                                                                       0         0        0      0  c:recorded;cause=unknown;fate=dead@ad3586d72155
  civilian_status  civilian                                                                      3         1        0      4  c:recorded;civilian_status=civilian;fate=dead@ad3586d72155
                   other protected person                                                        0         0        0      0  c:recorded;civilian_status=protected;fate=dead@ad3586d72155
                   member of armed forces or an armed group                                      1         0        0      1  c:recorded;civilian_status=armed_forces;fate=dead@ad3586d72155
                   civilian directly participating                                               0         0        0      0  c:recorded;civilian_status=participating;fate=dead@ad3586d72155
                   unknown                                                                       0         0        0      0  c:recorded;civilian_status=unknown;fate=dead@ad3586d72155
  sex              female                                                                        2         1        0      3  c:recorded;sex=female;fate=dead@ad3586d72155
                   male                                                                          2         0        0      2  c:recorded;sex=male;fate=dead@ad3586d72155
                   unknown                                                                       0         0        0      0  c:recorded;sex=unknown;fate=dead@ad3586d72155
  age_group        under 18                                                                      0         1        0      1  c:recorded;ages=0-17,18+;age_group=0-17;fate=dead@ad3586d72155
                   18 and over                                                                   3         0        0      3  c:recorded;ages=0-17,18+;age_group=18+;fate=dead@ad3586d72155
                   unknown                                                                       1         0        0      1  c:recorded;ages=0-17,18+;age_group=unknown;fate=dead@ad3586d72155
                   all deaths recorded                                                           4         1        0      5  c:recorded;fate=dead@ad3586d72155
  
  SDG indicator 16.1.2: deaths recorded, by cause, status, sex and age; distinct persons recorded dead, recorded. Ledger head ad3586d72155. The case is not linked: each record counts as a person.
  Recorded, not estimated: who is on no list is not in it. Ages are at the event. Civilian status is by the rules of those who give it: count --by civilian_status,civilian_rule.
  $ everyname count v.everyname --sdg --json | jq -c '.by.cause[7], .all.total.n'
  {"code":"denial_of_essentials","label":"denial of access to or destruction of objects indispensable to survival","direct":{"n":0,"id":"c:recorded;cause=denial_of_essentials;directness=direct;fate=dead@ad3586d72155"},"indirect":{"n":1,"id":"c:recorded;cause=denial_of_essentials;directness=indirect;fate=dead@ad3586d72155"},"unknown":{"n":0,"id":"c:recorded;cause=denial_of_essentials;directness=unknown;fate=dead@ad3586d72155"},"total":{"n":1,"id":"c:recorded;cause=denial_of_essentials;fate=dead@ad3586d72155"}}
  5
  $ everyname count v.everyname --by cause --level all --show-small --json | jq -c '.rows[1], .by_directness[0]'
  {"cause":"heavy_weapons","levels":{"recorded":{"n":2,"id":"c:recorded;cause=heavy_weapons@ad3586d72155"},"corroborated":{"n":1,"id":"c:corroborated;cause=heavy_weapons@ad3586d72155"},"verified":{"n":2,"id":"c:verified;cause=heavy_weapons@ad3586d72155"}}}
  {"fate":"dead","directness":"direct","n":4,"id":"c:recorded;directness=direct;fate=dead@ad3586d72155"}
  $ everyname count v.everyname --sdg --by sex
  everyname count: --sdg has its own --by and --ages, and one --level
  [2]
  $ everyname count v.everyname --sdg --where fate=alive
  everyname count: the table is of those who are recorded dead: ask for no fate
  [2]

In the report, what could be worked out from those it lists one by one is withheld.

  $ everyname report v.everyname -o out > /dev/null
  $ grep -A4 'id="sdg"' out/report.html | head -c 300
  <figure><h3 id="sdg">Deaths by cause, status, sex and age</h3>
  <p>By the categories of SDG indicator 16.1.2, of those recorded dead. It counts who is on a list, and estimates nobody. Civilian status is as the sources give it, by rules of their own.</p>
  <div class="wide"><table><caption>Recorded deat
  $ jq -c '.sdg_16_1_2.all, .sdg_16_1_2.by.sex[0]' out/report.json
  {"code":"all","label":"all deaths recorded","direct":{"n":4,"id":"c:recorded;directness=direct;fate=dead@ad3586d72155"},"indirect":{"n":1,"id":"c:recorded;directness=indirect;fate=dead@ad3586d72155"},"unknown":{"n":0,"id":"c:recorded;directness=unknown;fate=dead@ad3586d72155"},"total":{"n":5,"id":"c:recorded;fate=dead@ad3586d72155"}}
  {"code":"female","label":"female","direct":{"n":2,"id":"c:recorded;sex=female;directness=direct;fate=dead@ad3586d72155"},"indirect":{"n":1,"id":"c:recorded;sex=female;directness=indirect;fate=dead@ad3586d72155"},"unknown":{"n":0,"id":"c:recorded;sex=female;directness=unknown;fate=dead@ad3586d72155"},"total":{"n":3,"id":"c:recorded;sex=female;fate=dead@ad3586d72155"}}
  $ everyname add v.everyname act victim=C-2 kind=injury source='A witness' > /dev/null
  $ everyname report v.everyname -o again > /dev/null
  $ jq -c '[.sdg_16_1_2.by.sex[] | .direct.n, .total.n], .sdg_16_1_2.all.total.n' again/report.json
  [null,null,null,null,null,0]
  5
  $ everyname count v.everyname --sdg | grep -E '^sex|male|^Withheld'
  sex              female                                                                   withheld  withheld  withheld  withheld  c:recorded;sex=female;fate=dead@970df603345c
                   male                                                                     withheld  withheld  withheld  withheld  c:recorded;sex=male;fate=dead@970df603345c
  Withheld: cells of 1 to 4 of whom one may be living, and what would give them away; --show-small shows them.

A row of HXL tags says what headers do not, and is no record.

  $ printf 'n,who,x,y,z,when,w\n#meta+id,#affected+name,#indicator+sex,#cause,#group+alleged,#date+event,#meta+note\n1,Marin Dalverek,m,shelling,Northern Guard,1994-05-17,\n2,Selva Ishkari,f,hunger,,1994-05,seen\n' > tagged.csv
  $ everyname new t.everyname > /dev/null
  $ everyname import t.everyname tagged.csv --source Tagged
  Imported 2 rows of Tagged, release 1
  Read as csv, UTF-8, columns parted by commas.
  column  is
  ------  ---------------
  n       id
  who     name
  x       sex
  y       cause
  z       alleged_party
  when    event_date
  w       (kept as it is)
  Ledger entry n:70bc, root 84f04abc6ac4b8bb…
  $ everyname count t.everyname --by cause,alleged_party,day --show-small
  cause                 alleged_party            day         persons  id
  --------------------  -----------------------  ----------  -------  -----------------------------------------------------------------------------------------
  denial_of_essentials  none                     unknown           1  c:recorded;cause=denial_of_essentials;day=unknown;alleged_party=none@021fa07314d3
  heavy_weapons         alleged: Northern Guard  1994-05-17        1  c:recorded;cause=heavy_weapons;day=1994-05-17;alleged_party=Northern%20Guard@021fa07314d3
  all                                                              2  c:recorded@021fa07314d3
  
  Distinct persons, recorded. Ledger head 021fa07314d3. The case is not linked: each record counts as a person.
  Responsibility is alleged, never found here: trace tells by whom, and what the accused answers. A person is counted with each party.
  $ sed 's/seen/heard/' tagged.csv > later.csv; everyname import t.everyname later.csv --source Tagged | head -2
  Imported 2 rows of Tagged, release 2
  Read as csv, UTF-8, columns parted by commas.
  $ head -2 tagged.csv > bare.csv; everyname import t.everyname bare.csv --source Bare
  everyname import: bare.csv: has no rows; a list needs a line of headers and at least one row
  [1]
  $ everyname verify t.everyname | tail -1
  It holds. Ledger head f75528689a46ae1a4bcc3b892e53a6a40c3001f5fc2636e73c500976d3eee0c7

Small cells of those who may be living are withheld where a value is unknown too: beside what is known they can be one person.

  $ printf 'name,sex,place,status\nAna Ro,f,Dalsk,missing\nBel Ro,f,Dalsk,missing\nCam Ro,,Dalsk,missing\nDor Ro,f,,missing\nEla Ro,f,Dalsk,missing\nFia Ro,f,Dalsk,missing\nGia Ro,f,Dalsk,missing\n' > un.csv
  $ everyname new un.everyname >/dev/null; everyname import un.everyname un.csv --source Un >/dev/null; everyname count un.everyname --by place,sex
  place    sex       persons  id
  -------  -------  --------  ------------------------------------------------
  Dalsk    female          5  c:recorded;sex=female;place=Dalsk@6d4f3e8e34ba
  Dalsk    unknown  withheld  c:recorded;sex=unknown;place=Dalsk@6d4f3e8e34ba
  unknown  female   withheld  c:recorded;sex=female;place=unknown@6d4f3e8e34ba
  all                      7  c:recorded@6d4f3e8e34ba
  
  Distinct persons, recorded. Ledger head 6d4f3e8e34ba. The case is not linked: each record counts as a person.
