#!/bin/sh
# install_missing.sh run|test|all: installs what packages.txt lists for that purpose and this machine lacks.
# Touches apt only when something is missing, so that it needs no root and no network otherwise.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
case "$1" in
    run) wanted='^run:' ;;
    test) wanted='^\(run\|test\):' ;;
    all) wanted='^\(run\|test\|all\):' ;;
    *) echo "install_missing.sh: run, test or all, not '$1'" >&2; exit 2 ;;
esac
missing=
for package in $(grep "$wanted" "$here/packages.txt" | cut -d' ' -f2); do
    # A newer Node brings its own npm, and Debian's package conflicts with it: the commands are what is needed.
    case $package in
        nodejs) ! command -v node >/dev/null || continue ;;
        npm) ! command -v npm >/dev/null || continue ;;
    esac
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

echo "Installing from Debian:$missing"
as_root=
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
        echo "Please run as root, once:  apt-get install -y --no-install-recommends$missing" >&2
        exit 1
    }
    as_root=sudo
fi
# shellcheck disable=SC2086  # a list of words
$as_root env DEBIAN_FRONTEND=noninteractive sh -c \
    "apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing" >/dev/null || {
    echo "apt-get could not install:$missing" >&2
    echo "Khom is built on Debian 12 (bookworm), section main; is the network there?" >&2
    exit 1
}
