#!/bin/sh
# Makes a root file system with the real dnf and rpm, Debian's, as a compressed tar archive: the stand-in for UBI in
# which the tests run the install script as it is. What dnf does not need is left out, to keep builds fast.
#
#   rpm-system.sh DEBIAN_ARCHITECTURE ARCHIVE [UNAME]
#
# With UNAME it also has a compiler, and in /usr/src/linux-headers-tests what a module needs to be built for a kernel
# that calls itself so.
set -eu

usage='usage: rpm-system.sh DEBIAN_ARCHITECTURE ARCHIVE [UNAME]'
debian=${1:?$usage}
archive=${2:?$usage}
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
trap 'exit 1' TERM INT HUP

uname=${3-}
# shellcheck disable=SC2086  # a list of packages, or nothing
sh "$(dirname "$0")/../../demo/sh/fetch-debs.sh" "$debian" "$root" ${uname:+gcc kmod make libc6-dev "linux-headers-$debian"} base-files bash coreutils dash dnf findutils grep gzip libc-bin \
    mawk python3-minimal rpm sed tar
rm -rf "$root"/usr/bin/perl* "$root"/usr/lib/*/perl* "$root"/usr/share/perl* "$root"/usr/lib/*/gconv \
    "$root"/usr/share/doc "$root"/usr/share/zoneinfo "$root"/var/lib/dpkg "$root"/etc/apt
ln -s mawk "$root/usr/bin/awk"
mkdir -p "$root/etc/rpm" "$root/etc/yum.repos.d" "$root/etc/pki/entitlement" "$root/etc/pki/consumer" \
    "$root/run/secrets" "$root/dev" "$root/proc" "$root/sys" "$root/tmp" "$root/var/tmp" "$root/root"
chmod 1777 "$root/tmp" "$root/var/tmp"
printf 'root:x:0:0:root:/root:/bin/sh\n' >"$root/etc/passwd"
printf 'root:x:0:\n' >"$root/etc/group"
# Debian keeps rpm's database in the home directory.
printf '%%_dbpath /var/lib/rpm\n' >"$root/etc/rpm/macros.dbpath"
if [ -n "$uname" ]; then
    headers=$(find "$root/usr/src" -maxdepth 1 -name "linux-headers-*-$debian" | sed 's,.*/,,')
    ln -s "$headers" "$root/usr/src/linux-headers-tests"
    printf '#define UTS_RELEASE "%s"\n' "$uname" >"$root/usr/src/$headers/include/generated/utsrelease.h"
    printf '%s\n' "$uname" >"$root/usr/src/$headers/include/config/kernel.release"
fi
# The packages of the tests are not signed.
printf '[main]\ngpgcheck=0\n' >"$root/etc/dnf/dnf.conf"
tar -C "$root" --numeric-owner --owner 0 --group 0 -c . | gzip -1 >"$archive"
