#!/bin/sh
# Makes a base image a Driver Toolkit image. Runs as root inside the build (see Containerfile), twice:
#
#   dtk-install.sh install NAME   registers with RHSM as system NAME when the secrets are there, installs the
#                                 kernel's packages at their exact version and the tools, unregisters, cleans up
#   dtk-install.sh release        compares what is installed with what was asked for and writes
#                                 /etc/driver-toolkit-release.json and .sh
#
# Values: DTK_KERNEL_FULL and DTK_KERNEL_RT_FULL as uname -r prints them (no real-time kernel: empty), DTK_RHEL,
# DTK_RELEASES.
# Secrets: see dtk-rhsm.sh. Without them the packages come from what the base image, or a subscribed host, can reach.
# A failure is told in one line that begins with "dtk: failed: ".
set +x
set -eu
umask 022
export LC_ALL=C

here=$(dirname "$0")
arch=${DTK_KERNEL_FULL##*.}
kernel=${DTK_KERNEL_FULL%.*}
rt=${DTK_KERNEL_RT_FULL-}
rt=${rt%+rt}
rt=${rt%".$arch"}
major=${DTK_RHEL%%.*}
work=$(mktemp -d)
registering=
dnf=

say() {
    printf 'dtk: %s\n' "$*"
}

fail() {
    printf 'dtk: failed: %s\n' "$*" >&2
    exit 1
}

finish() {
    status=$?
    trap - EXIT
    trap '' TERM INT HUP
    [ -z "$dnf" ] || kill "$dnf" 2>/dev/null || :
    [ -z "$registering" ] || sh "$here/dtk-rhsm.sh" unregister
    rm -rf "$work"
    exit "$status"
}

# dnf with only the repositories in $1, separated by commas; in the background, so that a signal is heeded at once.
dnf_from() {
    ids=$1
    shift
    set -- "--disablerepo=*" "--enablerepo=$ids" "--setopt=*.skip_if_unavailable=False" "$@"
    dnf -y --setopt=install_weak_deps=False --setopt=tsflags=nodocs "$@" &
    dnf=$!
    status=0
    wait "$dnf" || status=$?
    dnf=
    return "$status"
}

# Sets $usable to those of the repositories that can be read. $read and $unread grow by what came of each.
try_repositories() {
    usable=
    for id in "$@"; do
        if dnf_from "$id" -q makecache >/dev/null 2>&1; then
            usable="$usable${usable:+,}$id"
            read="$read $id"
        else
            unread="$unread $id"
        fi
    done
}

# ask IDS PACKAGE...: sets $present and $absent to the packages, NAME[-VERSION[-RELEASE]], that those repositories
# have and do not have.
ask() {
    from=$1
    shift
    dnf_from "$from" -q repoquery --available \
        --qf '%{name}\n%{name}-%{version}\n%{name}-%{version}-%{release}\n' "$@" >"$work/offer" 2>"$work/errors" ||
        fail "cannot read the repositories $from: $(tail -n 1 "$work/errors")"
    present=
    absent=
    for package in "$@"; do
        if grep -Fxq -e "$package" "$work/offer"; then
            present="$present $package"
        else
            absent="$absent $package"
        fi
    done
}

# Whether the repositories IDS have every one of the packages.
have() {
    [ -n "$1" ] || return 1
    ask "$@"
    [ -z "$absent" ]
}

is_rhel() {
    grep -q '^ID="*rhel"*$' /etc/os-release
}

# The suffixes of RHEL's repositories, those that most likely carry a z-stream kernel first; only a minor has streams.
streams() {
    case $DTK_RHEL in
    *.*) echo "eus-rpms e4s-rpms e6s-rpms aus-rpms tus-rpms rpms" ;;
    *) echo "rpms" ;;
    esac
}

# OpenShift's own repositories for the releases that ship this kernel: some kernels come there before they come to RHEL.
openshift_repositories() {
    printf '%s\n' "${DTK_RELEASES-}" | tr ',' '\n' | sed -n 's/^\([0-9]*\.[0-9]*\)\..*/\1/p' | sort -u |
        sed "s/.*/rhocp-&-for-rhel-$major-$arch-rpms/"
}

# Sets $repositories to those with this kernel and the tools.
find_kernel() {
    read=
    unread=
    plain=
    set -- "kernel-core-$kernel" "kernel-devel-$kernel"
    if is_rhel; then
        for stream in $(streams); do
            try_repositories "rhel-$major-for-$arch-baseos-$stream" "rhel-$major-for-$arch-appstream-$stream"
            repositories=$usable
            ! have "$repositories" "$@" || return 0
            plain=${plain:-$usable}
        done
        for id in $(openshift_repositories); do
            try_repositories "$id"
            repositories=$usable,$plain
            [ -z "$usable" ] || ! have "${repositories%,}" "$@" || return 0
        done
    fi
    repositories=$(dnf -q repolist --enabled | sed -n '/^repo id/d; s/^\([^ ]\{1,\}\) .*/\1/p' | paste -s -d , -)
    ! have "$repositories" "$@" || return 0
    if is_rhel && [ -z "$read" ]; then
        fail "no repository of RHEL can be read: give RHSM_ORG and RHSM_ACTIVATIONKEY, or build on a subscribed host;" \
            "tried$unread"
    fi
    fail "kernel $DTK_KERNEL_FULL is in none of:$read $repositories; these could not be read:${unread:- none}"
}

# Adds the one with the real-time kernel to $repositories.
find_kernel_rt() {
    set -- "kernel-rt-core-$rt" "kernel-rt-devel-$rt"
    ! have "$repositories" "$@" || return 0
    read=" $repositories"
    unread=
    candidates="rt nfv"
    if is_rhel; then
        candidates=$(for stream in $(streams); do
            echo "rhel-$major-for-$arch-rt-$stream rhel-$major-for-$arch-nfv-$stream"
        done)
        candidates="$candidates $(openshift_repositories)"
    fi
    for candidate in $candidates; do
        try_repositories "$candidate"
        if have "$usable" "$@"; then
            repositories=$repositories,$usable
            return 0
        fi
    done
    fail "real-time kernel $rt is in none of:$read; these could not be read:${unread:- none}"
}

install() {
    say "installing $*"
    dnf_from "$repositories" install "$@" 2>"$work/errors" || {
        cat "$work/errors" >&2
        fail "dnf could not install the packages for $DTK_KERNEL_FULL: $(grep . "$work/errors" | tail -n 1)"
    }
}

# versioned VERSION NAME...: prints each NAME-VERSION.
versioned() {
    version=$1
    shift
    printf "%s-$version\n" "$@"
}

install_kernel() {
    # shellcheck disable=SC2046  # lists of package names
    set -- $(versioned "$kernel" kernel-core kernel-devel kernel-headers kernel-modules kernel-modules-extra)
    optional=$(versioned "$kernel" kernel-modules-core kernel-devel-matched)
    if [ -n "$rt" ]; then
        # shellcheck disable=SC2046
        set -- "$@" $(versioned "$rt" kernel-rt-core kernel-rt-devel kernel-rt-modules kernel-rt-modules-extra)
        optional="$optional $(versioned "$rt" kernel-rt-modules-core kernel-rt-devel-matched)"
    fi
    # shellcheck disable=SC2086
    ask "$repositories" $optional
    # shellcheck disable=SC2086
    install "$@" $present
}

# Sets $compiler to the gcc that compiled the kernel, whose configuration names it in one of two spellings:
# '# Compiler: gcc (GCC) 8.4.1 ...' and 'CONFIG_CC_VERSION_TEXT="gcc (GCC) 11.3.1 ..."'; or else to the default one.
find_compiler() {
    compiler="gcc gcc-c++"
    version=$(sed -n 's/.*gcc (GCC) \([0-9][0-9.]*\).*/\1/p' "/lib/modules/$DTK_KERNEL_FULL/config" | head -n 1)
    if [ -n "$version" ] && have "$repositories" "gcc-$version" "gcc-c++-$version"; then
        compiler="gcc-$version gcc-c++-$version"
    else
        say "warning: this kernel was compiled by gcc ${version:-of unknown version}; the default gcc is installed"
    fi
}

install_tools() {
    find_compiler
    # Older RHEL 8 calls the list of stable symbols a whitelist.
    ask "$repositories" "kernel-abi-stablelists-$kernel" kernel-abi-stablelists "kernel-abi-whitelists-$kernel" \
        kernel-abi-whitelists
    symbols=${present# }
    set -- autoconf automake binutils bison diffutils elfutils-libelf-devel flex git jq kabi-dw kernel-rpm-macros \
        keyutils kmod libtool make openssl rpm-build xz
    case $arch in
    x86_64 | aarch64) set -- "$@" mokutil ;;
    esac
    ask "$repositories" "$@"
    [ -n "$symbols" ] || absent="$absent kernel-abi-stablelists"
    [ -z "$absent" ] || say "warning: left out, as no repository has it:$absent"
    # shellcheck disable=SC2086  # lists of package names
    install $compiler $present ${symbols%% *}
}

# installed VERSION NAME...: fails unless each of the packages is there, in this version alone.
installed() {
    asked=$1
    shift
    for package in "$@"; do
        found=$(/usr/bin/rpm -q --qf '%{VERSION}-%{RELEASE}.%{ARCH} ' "$package" || :)
        [ "${found% }" = "$asked" ] || fail "asked for $package $asked, but installed is: $found"
    done
}

release() {
    installed "$DTK_KERNEL_FULL" kernel-core kernel-devel kernel-headers kernel-modules kernel-modules-extra
    if [ -n "$rt" ]; then
        installed "$rt.$arch" kernel-rt-core kernel-rt-devel kernel-rt-modules kernel-rt-modules-extra
    fi
    cat >/etc/driver-toolkit-release.json <<END
{ "KERNEL_VERSION": "$DTK_KERNEL_FULL", "RT_KERNEL_VERSION": "${DTK_KERNEL_RT_FULL-}", "RHEL_VERSION": "$DTK_RHEL" }
END
    cat >/etc/driver-toolkit-release.sh <<END
KERNEL_VERSION="$DTK_KERNEL_FULL"
RT_KERNEL_VERSION="${DTK_KERNEL_RT_FULL-}"
RHEL_VERSION="$DTK_RHEL"
END
}

trap finish EXIT
trap 'fail "stopped by a signal"' TERM INT HUP
case $1 in
install)
    command -v dnf >/dev/null || fail "the base image has no dnf: use ubi, not ubi-minimal or ubi-micro"
    registering=yes
    sh "$here/dtk-rhsm.sh" register "$2"
    # Later installations into the image stay at this minor too.
    case $DTK_RHEL in
    *.*) mkdir -p /etc/dnf/vars && echo "$DTK_RHEL" >/etc/dnf/vars/releasever ;;
    esac
    find_kernel
    [ -z "$rt" ] || find_kernel_rt
    install_kernel
    install_tools
    dnf -q clean all
    rm -rf /var/cache/dnf /var/cache/yum /var/log/dnf* /var/log/hawkey.log
    ;;
release) release ;;
esac
