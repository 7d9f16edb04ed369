#!/bin/sh
# Makes the n-th write or sync of a writer fail with EIO, once, for many n: what was acknowledged is there afterwards, reads go on,
# and writes come back without a restart (the writer is stubborn).
#   io_errors.sh CRASH_WRITER [POINTS]
set -eu
writer=$1
points=${2:-40}
export ASAN_OPTIONS=detect_leaks=0 # a leak checker and strace do not go together
command -v strace >/dev/null || { echo "io_errors: needs strace"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0 hit=0 back=0 tried=0
report() {
    bad=$((bad + 1))
    echo "$call $n: $1"
}
for call in pwrite64 write fdatasync fsync; do
    n=1
    while [ "$n" -le "$points" ]; do
        rm -rf "$work/graph"
        tried=$((tried + 1))
        code=0
        strace -f -qq -o /dev/null -e trace="$call" -e inject="$call":error=EIO:when="$n" \
            "$writer" stubborn "$work/graph" >"$work/said" 2>"$work/why" || code=$?
        case $code in 0 | 1 | 3) ;; *) report "ended with $code: $(head -1 "$work/why")" ;; esac
        acknowledged=$(grep -E '^[0-9]+$' "$work/said" | tail -n 1)
        if grep -q "nothing was changed" "$work/why"; then
            hit=$((hit + 1))
            refused=$(grep -c "nothing was changed" "$work/why")
            if [ "$code" -eq 0 ] && [ "$refused" -lt 10 ]; then back=$((back + 1)); else report "$refused refusals after one error"; fi
        fi
        if [ -e "$work/graph/CURRENT" ]; then
            found=$("$writer" check "$work/graph" 2>"$work/why") || found=damaged
            if [ "$found" = damaged ] || [ "$found" -lt "${acknowledged:-0}" ]; then
                report "${acknowledged:-0} acknowledged, found $found: $(head -1 "$work/why")"
            fi
        fi
        n=$((n + 3))
    done
done
echo "io_errors: $tried points, $hit writes were refused, $back times writing came back at once; $bad violations"
[ "$bad" -eq 0 ]
