#!/bin/sh
# Unpacks Debian packages, with all they depend on, into a folder: the system that a compiler, or the real dnf and rpm of
# the tests, run in. Nothing is configured, so the packages may be of a foreign architecture. Needs no root and changes nothing
# else on the machine: apt-get works on lists of its own, with the machine's sources, proxy and keys.
set -eu

usage='usage: fetch-debs.sh DEBIAN_ARCHITECTURE FOLDER PACKAGE...'
debian=${1:?$usage}
folder=${2:?$usage}
shift 2

fail() {
    echo "fetch-debs: $*" >&2
    exit 1
}

apt() {
    apt-get -q -y -o "APT::Architecture=$debian" -o "APT::Architectures::=$debian" -o APT::Sandbox::User= \
        -o APT::Install-Recommends=false -o "Dir::State=$work" -o Dir::State::status=/dev/null -o "Dir::Cache=$work" \
        "$@" >>"$work/log" 2>&1
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' TERM INT HUP
mkdir -p "$work/lists/partial" "$work/archives/partial" "$folder/usr"
for name in bin sbin lib lib32 lib64 libx32; do
    mkdir -p "$folder/usr/$name"
    [ -L "$folder/$name" ] || ln -s "usr/$name" "$folder/$name"
done
if ! apt update || ! apt install --download-only "$@"; then
    fail "cannot download the packages of $debian: $(tail -n 1 "$work/log")"
fi
for package in "$work"/archives/*.deb; do
    dpkg-deb --fsys-tarfile "$package" |
        tar -x --keep-directory-symlink --no-same-owner -C "$folder" --exclude='./usr/share/doc/*' \
            --exclude='./usr/share/man/*' --exclude='./usr/share/locale/*' --exclude='./usr/share/info/*'
done
