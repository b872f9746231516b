The example in examples/ is what the generator makes, byte for byte.

  $ everyname synth --people 2400 --seed 1 -o valley > /dev/null
  $ for f in valley/*.csv; do cmp $f $ROOT/examples/${f##*/}; done
  $ ls $ROOT/examples/*.csv | wc -l; ls valley/*.csv | wc -l
  8
  8
  $ everyname synth --people 2400 --seed 2 -o other > /dev/null; cmp -s valley/truth.csv other/truth.csv
  [1]
  $ everyname synth --people 0 -o none
  everyname synth: --people: nobody cannot be harmed; say 1 or more
  [2]
  $ everyname synth --lists 9 -o none
  everyname synth: 9 lists cannot be made; 2 to 8 can
  [2]
  $ everyname synth --corruption 2 -o none
  everyname synth: the share of values with a mistake is 2; it is 0 to 1
  [2]
