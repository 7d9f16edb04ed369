#!/bin/sh
# backup.sh URL TARGET: the whole graph of a running Khom as NDJSON, which `khom import` loads into an empty folder as the same
# graph (its history stays with the data folder; `khom backup` copies that while Khom is stopped). Keeps the newest 14.
set -eu
url=$1 target=$2
mkdir -p "$target"
name=$target/khom-$(date -u +%Y%m%dT%H%M%SZ).ndjson.gz
curl --fail --silent --show-error --max-time 600 "$url/v1/export?format=ndjson" | gzip >"$name.new"
# A broken transfer ends without its last line: an archive that does not end in a whole line is not kept.
gzip -t "$name.new"
[ "$(gzip -dc "$name.new" | tail -c 3)" = '}}' ] || { rm -f "$name.new"; echo "backup.sh: the export was cut off" >&2; exit 1; }
sync "$name.new"
mv "$name.new" "$name"
ls -1 "$target"/khom-*.ndjson.gz | sort -r | tail -n +15 | xargs -r rm -f
