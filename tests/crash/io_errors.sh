#!/bin/sh
# Makes the n-th write or sync of a writer fail with EIO, for many n, and checks that what was acknowledged is there.
#   io_errors.sh CRASH_WRITER [POINTS]
set -eu
writer=$1
points=${2:-40}
command -v strace >/dev/null || { echo "io_errors: needs strace"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0 hit=0
for call in pwrite64 write fdatasync fsync; do
    n=1
    while [ "$n" -le "$points" ]; do
        rm -rf "$work/graph"
        timeout 5 strace -f -qq -o /dev/null -e trace="$call" -e inject="$call":error=EIO:when="$n" \
            "$writer" batches "$work/graph" >"$work/said" 2>"$work/why" || true
        acknowledged=$(grep -cE '^[0-9]+$' "$work/said" || true)
        grep -q "refuses" "$work/why" && hit=$((hit + 1))
        if [ -e "$work/graph/CURRENT" ]; then
            found=$("$writer" check "$work/graph" 2>"$work/why") || found=damaged
            if [ "$found" = damaged ] || [ "$found" -lt "$acknowledged" ]; then
                bad=$((bad + 1))
                echo "$call $n: $acknowledged acknowledged, found $found: $(head -1 "$work/why")"
            fi
        fi
        n=$((n + 3))
    done
done
echo "io_errors: $bad violations; $hit writes were refused"
[ "$bad" -eq 0 ]
