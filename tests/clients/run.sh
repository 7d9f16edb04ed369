#!/bin/sh
# run.sh KHOM CORPUS [CLIENT]: a client against a server of its own: clients.mjs (the default), portal.mjs, readers.py, openrefine.
# 77 (skipped) where what the client needs is not installed.
set -eu
khom=$(realpath "$1") corpus=$(realpath "$2")
client=${3-clients.mjs}
cd "$(dirname "$0")"
skip() { echo "skipped: $1"; exit 77; }
needs() { command -v "$1" >/dev/null || skip "$1 is not installed"; }
# Debian's python3 has the libraries that packages.txt installs, whatever other one stands before it.
python=/usr/bin/python3
free_port() { $python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
needs $python
case "$client" in
    *.mjs)
        needs node
        if [ ! -d node_modules/instantsearch.js ]; then
            npm ci --ignore-scripts --prefer-offline --no-audit --no-fund --loglevel=error || skip "the clients cannot be installed"
        fi ;;
    openrefine) needs openrefine ;;
esac
data=$(mktemp -d)
port=$(free_port)
server='' refine=''
trap '[ -z "$server" ] || kill "$server"; [ -z "$refine" ] || kill -- "-$refine"; rm -rf "$data"' EXIT
"$khom" import --data "$data/khom" "$corpus" >/dev/null
"$khom" serve --data "$data/khom" --listen "127.0.0.1:$port" >"$data/log" 2>&1 &
server=$!
tries=0
until curl -sf "http://127.0.0.1:$port/readyz" >/dev/null; do
    tries=$((tries + 1))
    [ "$tries" -lt 600 ] || { cat "$data/log"; exit 1; }
    sleep 0.1
done
case "$client" in
    *.mjs) node "$client" "http://127.0.0.1:$port" ;;
    readers.py) $python readers.py "http://127.0.0.1:$port" ;;
    openrefine)
        refine_port=$(free_port)
        setsid openrefine -p "$refine_port" -i 127.0.0.1 -d "$data/refine" -x refine.headless=true >"$data/refine.log" 2>&1 &
        refine=$!
        tries=0
        until curl -sf "http://127.0.0.1:$refine_port/command/core/get-version" >/dev/null; do
            tries=$((tries + 1))
            [ "$tries" -lt 300 ] || { cat "$data/refine.log"; exit 1; }
            sleep 1
        done
        $python openrefine.py "http://127.0.0.1:$refine_port" "http://127.0.0.1:$port" ;;
    *) echo "There is no client '$client'." >&2; exit 2 ;;
esac
