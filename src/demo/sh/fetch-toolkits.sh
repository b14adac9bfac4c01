#!/bin/sh
# Makes what Driver Toolkits consist of in which a real compiler builds modules: Debian's packages of it, and the headers
# of Debian's kernel under the names of others.
#
#   fetch-toolkits.sh DEBIAN_ARCHITECTURE FOLDER UNAME:[SYMBOL]...
#
# The folder gets compressed tar archives, system.tar.gz and UNAME.tar.gz, to be the layers of images, and beside them
# system.diff and UNAME.diff with the SHA-256 before compression. A kernel with SYMBOL does not export that one. Needs no
# root and changes nothing else on the machine.
set -eu

usage='usage: fetch-toolkits.sh DEBIAN_ARCHITECTURE FOLDER UNAME:[SYMBOL]...'
debian=${1:?$usage}
folder=${2:?$usage}
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' TERM INT HUP

# pack ROOT NAME
pack() {
    tar -C "$1" --sort=name --mtime=@1700000000 --numeric-owner --owner 0 --group 0 -c . >"$work/tar"
    hash=$(sha256sum "$work/tar")
    gzip -1 <"$work/tar" >"$folder/$2.tar.gz"
    echo "sha256:${hash%% *}" >"$folder/$2.diff"
}

root=$work/root
sh "$(dirname "$0")/fetch-debs.sh" "$debian" "$root" base-files bash coreutils dash findutils gcc grep gzip kmod \
    libc6-dev "linux-headers-$debian" make mawk sed tar
# What compiles no module is left out, to keep builds fast; pahole is for BTF data, which headers alone cannot give.
rm -rf "$root"/usr/bin/perl* "$root"/usr/bin/python* "$root"/usr/bin/pahole "$root"/usr/bin/*-lto-dump* \
    "$root"/usr/bin/*-ld.gold "$root"/usr/bin/*-dwp "$root"/usr/bin/*gcov* "$root"/usr/lib/*/perl* \
    "$root"/usr/lib/python* "$root"/usr/lib/*/gconv "$root"/usr/lib/*/gprofng "$root"/usr/lib/*/*.a \
    "$root"/usr/lib/*/lib*san.so* "$root"/usr/lib/gcc/*/*/lto1 "$root"/usr/lib/gcc/*/*/*.a "$root"/usr/lib/systemd \
    "$root"/usr/lib/locale "$root"/usr/include "${root:?}"/usr/share "$root"/usr/src/*/include/dt-bindings \
    "$root"/var/lib/dpkg "$root"/etc/apt
find "$root"/usr/src/*-common/arch -mindepth 1 -maxdepth 1 ! -name x86 ! -name arm64 -exec rm -rf {} +
ln -sf dash "$root/usr/bin/sh"
ln -sf mawk "$root/usr/bin/awk"
mkdir -p "$root/dev" "$root/proc" "$root/sys" "$root/tmp" "$root/var/tmp" "$root/root" "$root/run/secrets"
chmod 1777 "$root/tmp" "$root/var/tmp"
printf 'root:x:0:0:root:/root:/bin/sh\n' >"$root/etc/passwd"
printf 'root:x:0:\n' >"$root/etc/group"
headers=$(find "$root/usr/src" -maxdepth 1 -name "linux-headers-*-$debian")
mv "$headers" "$work/headers"
# Thousands of empty files, by which make finds out what a changed configuration asks to build again.
find "$work/headers/include/config" -type f -empty -delete
mkdir -p "$folder"
pack "$root" system
for wanted in "$@"; do
    uname=${wanted%%:*}
    symbol=${wanted#*:}
    mkdir -p "$work/kernel/usr/src/kernels" "$work/kernel/etc"
    kernel=$work/kernel/usr/src/kernels/$uname
    cp -a "$work/headers" "$kernel"
    # They are one folder further down than Debian has them.
    find "$kernel" -maxdepth 1 -type l -lname '../*' | while read -r link; do
        ln -sfn "../$(readlink "$link")" "$link"
    done
    printf '#define UTS_RELEASE "%s"\n' "$uname" >"$kernel/include/generated/utsrelease.h"
    printf '%s\n' "$uname" >"$kernel/include/config/kernel.release"
    printf 'KERNEL_VERSION="%s"\n' "$uname" >"$work/kernel/etc/driver-toolkit-release.sh"
    printf '{"KERNEL_VERSION": "%s"}\n' "$uname" >"$work/kernel/etc/driver-toolkit-release.json"
    [ -z "$symbol" ] || sed -i "/^[^ ]*\t$symbol\t/d" "$kernel/Module.symvers"
    pack "$work/kernel" "$uname"
    rm -rf "$work/kernel"
done
