#!/bin/sh
# run.sh KHOM CORPUS: the clients against a server of their own. 77 (skipped) where node or their packages are missing.
set -eu
khom=$(realpath "$1") corpus=$(realpath "$2")
here=$(cd "$(dirname "$0")" && pwd)
skip() { echo "skipped: $1"; exit 77; }
command -v node >/dev/null || skip "node is not here"
cd "$here"
if [ ! -d node_modules/typesense-instantsearch-adapter ]; then
    npm ci --ignore-scripts --prefer-offline --no-audit --no-fund --loglevel=error || skip "the clients cannot be installed"
fi
data=$(mktemp -d)
port=$(node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$data"' EXIT
"$khom" import --data "$data/khom" "$corpus" >/dev/null
"$khom" serve --data "$data/khom" --listen "127.0.0.1:$port" >"$data/log" 2>&1 &
server=$!
tries=0
until curl -sf "http://127.0.0.1:$port/readyz" >/dev/null; do
    tries=$((tries + 1))
    [ "$tries" -lt 600 ] || { cat "$data/log"; exit 1; }
    sleep 0.1
done
node clients.mjs "http://127.0.0.1:$port"
