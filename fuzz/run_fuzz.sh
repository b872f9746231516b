#!/bin/sh
# Builds the harnesses with clang and runs each for SECONDS, one after another; prints executions and findings.
# The library is instrumented too, so that the fuzzer sees its branches. Usage: fuzz/run_fuzz.sh [SECONDS] [NAME ...]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=${BUILD:-$here/../build-fuzz}
seconds=${1:-60}
[ $# -gt 0 ] && shift

if [ ! -f "$build/build.ninja" ]; then
    CC=clang meson setup "$build" "$here/.." -Dfuzzers=true -Dtests=disabled -Db_lundef=false \
        -Db_sanitize=address,undefined -Dc_args=-fsanitize=fuzzer-no-link > /dev/null
fi

names=${*:-$(cd "$here" && ls fuzz_*.c | sed 's/^fuzz_\(.*\)\.c$/\1/')}
found=0
for name in $names; do
    ninja -C "$build" "fuzz/fuzz_$name" > /dev/null
    work="$build/corpus/$name" log="$build/$name.log"
    mkdir -p "$work" "$build/findings/$name"
    seeds=
    [ -d "$here/corpus/$name" ] && seeds="$here/corpus/$name"
    status=0
    # shellcheck disable=SC2086
    "$build/fuzz/fuzz_$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=4096 \
        -print_final_stats=1 -artifact_prefix="$build/findings/$name/" "$work" $seeds > "$log" 2>&1 || status=$?
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    findings=$(find "$build/findings/$name" -type f | wc -l)
    echo "$name: ${runs:-0} executions, $findings findings"
    [ "$status" -eq 0 ] || { found=1; tail -n 40 "$log" >&2; }
done
exit $found
