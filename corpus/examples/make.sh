#!/bin/sh
# make.sh KHOM: makes the examples of this folder anew, from the corpus as it stands: the award's dossier in Thai and English as
# Markdown and as the PDF that a browser prints. Needs chromium; DOCX is not kept here (`khom dossier --format docx`).
set -eu
khom=$(realpath "$1")
cd "$(dirname "$0")"
data=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$data"' EXIT
"$khom" import --data "$data/khom" ../data/chiang-mai >/dev/null
for lang in en th; do
    "$khom" dossier --data "$data/khom" unesco-award-2024 --format markdown --lang "$lang" -o "award-2024.$lang.md"
done
"$khom" dossier --data "$data/khom" biennial-report --fiscal-year 2567 --format markdown --lang th -o "biennial-2567.th.md"
"$khom" serve --data "$data/khom" --listen 127.0.0.1:0 >"$data/log" 2>&1 &
server=$!
address=
until [ -n "$address" ]; do
    sleep 0.2
    kill -0 "$server"
    address=$(sed -n 's/.*\(http:\/\/127\.0\.0\.1:[0-9]*\).*/\1/p' "$data/log" | head -1)
done
until curl -sf "$address/readyz" >/dev/null; do sleep 0.2; done
for lang in en th; do
    chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer --virtual-time-budget=5000 \
        --user-data-dir="$data/chromium" --print-to-pdf="award-2024.$lang.pdf" \
        "$address/dossiers/unesco-award-2024?lang=$lang" 2>/dev/null
done
