What a wrong call says, and its exit status.

  $ everyname
  everyname: which command? See everyname --help
  [2]
  $ everyname frobnicate
  everyname: "frobnicate" is no command; see everyname --help
  [2]
  $ everyname --version
  everyname 0.1.0
  $ everyname import
  everyname import: missing operand; it takes CASE FILE; see everyname import --help
  [2]
  $ everyname import a.everyname b.csv
  everyname import: missing --source TITLE, or --kind KIND for rows of the model; see everyname import --help
  [2]
  $ everyname count case.everyname --by colour
  everyname count: --by: "colour" is no dimension; they are status, sex, age_group, place, month, cause, civilian_status, civilian_rule, directness, verification, source, lists, pattern, independent_sources, fate, whereabouts, parents, year, quarter, week, day, period, place:site, place:neighbourhood, place:settlement, place:district, place:province, place:country, place:region, ever, incident, family, alleged_party, complete
  [2]
  $ everyname estimate case.csv --level 95
  everyname estimate: --level is a share between 0 and 1, as .95
  [2]
  $ everyname estimate case.csv --method magic
  everyname estimate: --method: "magic" is not here; there are chao, graphs, latent, loglinear, loglinear-best, stepwise and all
  [2]
  $ everyname link a.csv --threads many
  everyname link: --threads: "many" is no whole number; see everyname link --help
  [2]
  $ everyname new
  everyname new: missing operand; it takes CASE; see everyname new --help
  [2]
  $ everyname new a.everyname b.everyname
  everyname new: one operand too many: b.everyname; see everyname new --help
  [2]
  $ everyname count --colour
  everyname count: unknown option --colour; see everyname count --help
  [2]
  $ EVERYNAME_ACTOR= everyname new a.everyname
  everyname new: who acts? Say --as NAME or set EVERYNAME_ACTOR; the ledger keeps it
  [2]
  $ everyname trace nowhere.everyname p:abcd.1
  everyname trace: nowhere.everyname: there is no such case; check the path, or make one with `everyname new`
  [1]

Help names what a command takes, with an example.

  $ everyname verify --help
  Usage: everyname verify CASE [CHECKPOINT …] [OPTION …]
  
  Reads every page of the file against its checksum, every captured file against its hash, every row
  against its leaf and commitment, and every ledger entry against its root; makes anew and compares
  what count and search keep. Exit status 1 where anything differs. That the whole file was put back
  to an older copy, or its last entries rewritten, shows only against a CHECKPOINT that was kept
  elsewhere.
  
  Options:
        --threads N             threads to use (default: one a core); results do not depend on it
        --seed S                seed of the random streams, where any are drawn (default: 1)
        --memory SIZE           memory that linkage stays within, as 800M or 4G (default: half of what
                                is free)
        --progress HOW          json: progress as JSON lines on standard error; none: no bar
        --passphrase-fd N       read the passphrase of an encrypted case from file descriptor N
        --json                  print JSON on standard output
    -h, --help                  print this help
  
  Example:
    everyname verify valley.everyname
    everyname verify valley.everyname valley-2026-03.checkpoint
  $ for c in new import link explain count estimate trace report verify synth key; do everyname $c --help | grep -c '^Example:'; done | sort -u
  1
  $ everyname man verify | head -4
  .TH EVERYNAME-verify 1 "" "everyname 0.1.0"
  .SH NAME
  everyname\-verify \- check that nothing stored was altered
  .SH SYNOPSIS
  $ everyname completion | bash -n && echo parses
  parses

Standard output that cannot be written is a failure.

  $ everyname --help > /dev/full
  everyname: cannot write standard output
  [1]

The reference in docs/ is what the program prints.

  $ everyname reference | cmp - $ROOT/docs/reference.md
  $ everyname reference --model | cmp - $ROOT/docs/data-model.md
