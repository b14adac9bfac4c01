#!/bin/sh
# Puts the static busybox of Debian for amd64 and arm64 into a folder, as busybox-x86_64 and busybox-aarch64, for the
# stand-in base image. What is there already is left alone. Needs no root and changes nothing else on the machine:
# apt-get works on lists of its own, with the machine's sources, proxy and keys.
set -eu

folder=${1:?usage: fetch-busybox.sh FOLDER}
work=

fail() {
    echo "fetch-busybox: $*" >&2
    exit 1
}

cleanup() {
    [ -z "$work" ] || rm -rf "$work"
}

apt() {
    apt-get -q -o "APT::Architecture=$debian" -o "APT::Architectures::=$debian" -o APT::Sandbox::User= \
        -o "Dir::State=$work" -o Dir::State::status=/dev/null -o "Dir::Cache=$work" "$@" >>"$work/log" 2>&1
}

# fetch DEBIAN_ARCHITECTURE TARGET
fetch() {
    debian=$1
    work=$(mktemp -d)
    mkdir -p "$work/lists/partial" "$work/archives/partial"
    cd "$work"
    if ! apt update || ! apt download "busybox-static:$debian"; then
        fail "cannot download busybox-static of $debian: $(tail -n 1 "$work/log")"
    fi
    dpkg-deb -x "$work"/busybox-static_*.deb "$work/unpacked"
    cp "$work/unpacked/bin/busybox" "$2.part"
    chmod 755 "$2.part"
    mv "$2.part" "$2"
    cd /
    cleanup
    work=
}

trap cleanup EXIT
trap 'exit 1' TERM INT HUP
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
for pair in amd64:x86_64 arm64:aarch64; do
    target=$folder/busybox-${pair#*:}
    [ -s "$target" ] || fetch "${pair%:*}" "$target"
done
