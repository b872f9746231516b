The statement test: an invented event recorded as rows yields a paragraph from records alone, with every number traceable.

  $ make_case() {
  >   /usr/bin/python3 $TESTS/lists/statement_rows.py $2 && everyname new $1 && everyname import $1 list.csv --source Register &&
  >   everyname add $1 incident title='Sovand, 17 May 1994' date=1994-05-17 key=INC &&
  >   everyname add $1 incident title='Sovand, 18 May 1994' date=1994-05-18 key=OTHER &&
  >   everyname add $1 act --file acts.csv && everyname add $1 status_event --file events.csv &&
  >   everyname add $1 kinship --file kin.csv && everyname add $1 family --file families.jsonl
  > } >/dev/null
  $ make_case v.everyname
  $ everyname statement v.everyname --incident INC
  i:cfd3.0  Sovand, 17 May 1994
  
  412 people were killed, among them 57 children, 88 women and 49 older people; 6 families were wholly killed; 97 children lost one parent and 18 both; 903 people were taken hostage; the fate of 121 people is unknown.
  
  number  of                 id
  ------  -----------------  ----------------------------------------------------------------------------------------------------------
     412  killed             c:recorded;fate=dead;ever=killed;incident=i%3Acfd3.0@8b731b8b2fa0
      57  killed_children    c:recorded;age_group=0-17;fate=dead;ever=killed;incident=i%3Acfd3.0@8b731b8b2fa0
      88  killed_women       c:recorded;sex=female;age_group=18-59;age_group=60+;fate=dead;ever=killed;incident=i%3Acfd3.0@8b731b8b2fa0
      49  killed_older       c:recorded;age_group=60+;fate=dead;ever=killed;incident=i%3Acfd3.0@8b731b8b2fa0
     412  dead               c:recorded;fate=dead;incident=i%3Acfd3.0@8b731b8b2fa0
       6  families_killed    c:recorded;unit=family;incident=i%3Acfd3.0;family=killed@8b731b8b2fa0
      97  lost_one_parent    c:recorded;parents=lost_one;incident=i%3Acfd3.0@8b731b8b2fa0
      18  lost_both_parents  c:recorded;parents=lost_both;incident=i%3Acfd3.0@8b731b8b2fa0
     903  hostages           c:recorded;ever=hostage;incident=i%3Acfd3.0@8b731b8b2fa0
     121  fate_unknown       c:recorded;fate=unknown;incident=i%3Acfd3.0@8b731b8b2fa0
  
  killed: A source says that they were killed, and nobody says that they lived later.
  killed_children: Under 18 at the event.
  killed_women: Female, 18 and over at the event; older women are among them.
  killed_older: 60 and over at the event, women and men.
  dead: Recorded dead, however it came about, those killed among them.
  families_killed: Somebody states the family's full membership, and every member is recorded dead.
  lost_one_parent: Under 18 at the event and not recorded dead; one parent is recorded dead, another recorded alive.
  lost_both_parents: Under 18 at the event and not recorded dead; two parents are recorded dead.
  hostages: Somebody used this word of them, whatever followed; it is theirs.
  fate_unknown: Recorded missing, taken or held, and nobody says what followed.
  
  Distinct persons, recorded. Ledger head 8b731b8b2fa0. The case is not linked: each record counts as a person.
  $ everyname statement v.everyname --incident INC | grep -o 'c:[^ ]*' | while read id; do everyname trace v.everyname "$id" | head -1 | sed 's/.*count/count/'; done
  count 412
  count 57
  count 88
  count 49
  count 412
  count 6
  count 97
  count 18
  count 903
  count 121
  $ everyname statement v.everyname --json | head -13
  {
    "kind": "recorded",
    "level": "recorded",
    "incident": {
      "id": null,
      "title": null
    },
    "text": "422 people were killed, among them 57 children, 88 women and 49 older people; 6 families were wholly killed; 97 children lost one parent and 18 both; 903 people were taken hostage; the fate of 121 people is unknown.",
    "numbers": [
      {
        "what": "killed",
        "n": 422,
        "id": "c:recorded;fate=dead;ever=killed@8b731b8b2fa0",
  $ everyname statement v.everyname --incident 'Sovand, 18 May 1994' | sed -n 3p
  10 people were killed.
  $ everyname statement v.everyname --incident Nowhere
  everyname statement: the case has no incident "Nowhere"; incidents: i:cfd3.0 Sovand, 17 May 1994, i:3fa6.0 Sovand, 18 May 1994
  [2]

Nobody states the full membership of one family:

  $ make_case w.everyname variant
  $ everyname statement w.everyname --incident INC | sed -n 3p
  412 people were killed, among them 57 children, 88 women and 49 older people; 5 families were wholly killed; for 1 family, no survivor recorded; 97 children lost one parent and 18 both; 903 people were taken hostage; the fate of 121 people is unknown.

Nobody verified anything yet; then somebody does.

  $ everyname statement v.everyname --level verified | sed -n 1p
  Nobody is verified as killed, held or missing.
  $ everyname add v.everyname verification of=KM7 state=confirmed standard='balance of probabilities' by='R. Archivist' >/dev/null
  $ everyname statement v.everyname --level verified | sed -n 1p
  1 person was killed.
  $ everyname count v.everyname --by fate,verification --where incident=INC --show-small
  fate     verification  persons  id
  -------  ------------  -------  ---------------------------------------------------------------------------
  alive    not_verified      782  c:recorded;verification=not_verified;fate=alive;incident=INC@29f868c1e9fb
  dead     confirmed           1  c:recorded;verification=confirmed;fate=dead;incident=INC@29f868c1e9fb
  dead     not_verified      411  c:recorded;verification=not_verified;fate=dead;incident=INC@29f868c1e9fb
  unknown  not_verified      121  c:recorded;verification=not_verified;fate=unknown;incident=INC@29f868c1e9fb
  all                      1,315  c:recorded;incident=INC@29f868c1e9fb
  
  Distinct persons, recorded. Ledger head 29f868c1e9fb. The case is not linked: each record counts as a person.
