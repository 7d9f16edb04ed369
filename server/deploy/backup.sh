#!/bin/sh
# backup.sh DATA TARGET: a verified copy of the data folder DATA in the new folder TARGET/khom-TIME, beside the server that holds it.
# Keeps the newest 14 (KEEP). `khom restore --data NEW TARGET/khom-TIME` makes a data folder of one again, history, keys and kept
# dossiers included; `khom export --data TARGET/khom-TIME` writes it as files that need no Khom.
set -eu
data=$1 target=$2
keep=${KEEP:-14}
name=${NAME:-khom-$(date -u +%Y%m%dT%H%M%SZ)}
umask 077
mkdir -p "$target"
rm -rf "$target"/*.new # of a run that was cut off
khom backup --data "$data" "$target/$name.new"
sync
mv "$target/$name.new" "$target/$name"
find "$target" -mindepth 1 -maxdepth 1 -type d -name 'khom-*' | sort -r | tail -n "+$((keep + 1))" | xargs -r rm -rf
