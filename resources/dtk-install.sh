#!/bin/sh
# Makes a base image a Driver Toolkit image. Runs as root inside the build (see Containerfile), twice:
#
#   dtk-install.sh install NAME   registers with RHSM as system NAME when the secrets are there, installs the
#                                 kernel's packages at their exact version and the tools, unregisters, cleans up
#   dtk-install.sh release        compares what is installed with what was asked for and writes
#                                 /etc/driver-toolkit-release.json and .sh, and what rpm -qa prints into
#                                 /etc/driver-toolkit-packages.txt
#
# Values: DTK_KERNEL_FULL and DTK_KERNEL_RT_FULL as uname -r prints them (no real-time kernel: empty), DTK_KERNEL_64K
# without architecture (or empty), DTK_RHEL, DTK_RELEASES, DTK_EXTRA_REPOS and DTK_EXTRA_PACKAGES: see dtk-build.sh.
# Secrets: see dtk-rhsm.sh. Without them the packages come from what the base image, or a subscribed host, can reach.
# A failure is reported in one line that begins with "dtk: failed: ".
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
rhsm=
dnf=
definitions=

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
    [ -z "$rhsm" ] || { kill "$rhsm" && wait "$rhsm"; } 2>/dev/null || :
    [ -z "$registering" ] || sh "$here/dtk-rhsm.sh" unregister
    rm -rf "$work"
    exit "$status"
}

# shellcheck source-path=SCRIPTDIR source=dtk-repos.sh
. "$here/dtk-repos.sh"
# shellcheck source-path=SCRIPTDIR source=dtk-search.sh
. "$here/dtk-search.sh"

install() {
    say "installing $*"
    dnf_from "$repositories" install "$@" 2>"$work/errors" || {
        cat "$work/errors" >&2
        # What dnf says goes over several lines, the first of which begins so; in dnf 5 with the other words
        # (rpm-software-management/ci-dnf-stack dnf-behave-tests, "Failed to resolve the transaction:";
        # rpm-software-management/dnf5#515, "Transaction failed:").
        why=$(sed -n '/^\(Error\|Failed\|Transaction failed\)/,$p' "$work/errors" | tr -s ' \n' ' ' | cut -c 1-400)
        fail "dnf could not install the packages for $DTK_KERNEL_FULL: ${why:-$(tail -n 1 "$work/errors")}"
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
    for variant in ${rt:+"rt $rt"} ${pages64k:+"64k $pages64k"}; do
        prefix=kernel-${variant% *}
        version=${variant#* }
        # shellcheck disable=SC2046
        set -- "$@" $(versioned "$version" "$prefix-core" "$prefix-devel" "$prefix-modules" "$prefix-modules-extra")
        optional="$optional $(versioned "$version" "$prefix-modules-core" "$prefix-devel-matched")"
    done
    # shellcheck disable=SC2086
    ask "$repositories" $optional
    # shellcheck disable=SC2086
    install "$@" $present
}

# Sets $compiler to the gcc that compiled the kernel, whose configuration names it in one of two spellings:
# '# Compiler: gcc (GCC) 8.4.1 20200928 (Red Hat 8.4.1-1)' and 'CONFIG_CC_VERSION_TEXT="gcc (GCC) 11.3.1 ..."'. Where
# that release of it is gone, another one of its version; where that is gone too, the default.
find_compiler() {
    compiler="gcc gcc-c++"
    built=$(sed -n 's/.*gcc (GCC) \([0-9][0-9.]*[^"]*\).*/\1/p' "/lib/modules/$DTK_KERNEL_FULL/config" | head -n 1)
    version=${built%% *}
    release=$(printf '%s\n' "$built" | sed -n 's/.*(Red Hat [0-9.]*-\([0-9]*\).*/\1/p')
    if [ -z "$version" ] || ! have "$repositories" "gcc-$version" "gcc-c++-$version"; then
        say "warning: this kernel was compiled by gcc ${version:-of unknown version}; the default gcc is installed"
        return
    fi
    exact=$(sed -n "s/^gcc-\($version-${release:-none}\..*\)/\1/p" "$work/offer" | head -n 1)
    compiler="gcc-${exact:-$version} gcc-c++-${exact:-$version}"
}

# What every image has, in addition to the kernel and the compiler.
tools() {
    echo autoconf automake binutils bison diffutils elfutils-libelf-devel flex git jq kabi-dw kernel-rpm-macros \
        keyutils kmod libtool make openssl rpm-build xz
    case $arch in
    x86_64 | aarch64) echo mokutil ;;
    esac
}

# Older RHEL 8 calls the list of stable symbols a whitelist.
symbol_lists() {
    echo "kernel-abi-stablelists-$kernel kernel-abi-stablelists kernel-abi-whitelists-$kernel kernel-abi-whitelists"
}

# shellcheck disable=SC2046,SC2086  # lists of package names
install_tools() {
    find_compiler
    ask "$repositories" $(symbol_lists)
    symbols=${present# }
    ask "$repositories" $(tools)
    [ -n "$symbols" ] || absent="$absent kernel-abi-stablelists"
    [ -z "$absent" ] || say "warning: left out, as no repository has it:$absent"
    tools=$present
    if [ -n "${DTK_EXTRA_PACKAGES-}" ]; then
        have "$repositories" $DTK_EXTRA_PACKAGES ||
            fail "DTK_EXTRA_PACKAGES names what is in none of the repositories $repositories:$absent"
    fi
    install $compiler $tools ${symbols%% *} ${DTK_EXTRA_PACKAGES-}
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
    pages64k=
    in_json=
    if [ -n "$rt" ]; then
        installed "$rt.$arch" kernel-rt-core kernel-rt-devel kernel-rt-modules kernel-rt-modules-extra
    fi
    if [ -n "${DTK_KERNEL_64K-}" ] || /usr/bin/rpm -q kernel-64k-core >/dev/null; then
        pages64k=${DTK_KERNEL_64K:-$kernel}.$arch
        installed "$pages64k" kernel-64k-core kernel-64k-devel kernel-64k-modules kernel-64k-modules-extra
        pages64k=$pages64k+64k
        in_json=" \"KERNEL_64K_VERSION\": \"$pages64k\","
    fi
    cat >/etc/driver-toolkit-release.json <<END
{ "KERNEL_VERSION": "$DTK_KERNEL_FULL", "RT_KERNEL_VERSION": "${DTK_KERNEL_RT_FULL-}",$in_json "RHEL_VERSION": "$DTK_RHEL" }
END
    cat >/etc/driver-toolkit-release.sh <<END
KERNEL_VERSION="$DTK_KERNEL_FULL"
RT_KERNEL_VERSION="${DTK_KERNEL_RT_FULL-}"
RHEL_VERSION="$DTK_RHEL"
END
    [ -z "$pages64k" ] || echo "KERNEL_64K_VERSION=\"$pages64k\"" >>/etc/driver-toolkit-release.sh
    # As rpm -qa prints them, with the epoch where there is one, which scanners compare too.
    {
        sed -n '/^ID=/{s/"//g; s/^ID=/#distro=/; p; q}' /etc/os-release | tr '\n' '-'
        sed -n '/^VERSION_ID=/{s/"//g; s/^VERSION_ID=//; p; q}' /etc/os-release
        /usr/bin/rpm -qa --qf '%{NAME}-%|EPOCH?{%{EPOCH}:}:{}|%{VERSION}-%{RELEASE}.%{ARCH}\n' | sort
    } >/etc/driver-toolkit-packages.txt
}

clean() {
    trim_cache
    rm -f /etc/yum.repos.d/dtk-extra-*.repo
    rm -rf /var/cache/dnf /var/cache/yum /var/log/dnf* /var/log/hawkey.log
}

trap finish EXIT
trap 'fail "stopped by a signal"' TERM INT HUP
case $1 in
install)
    command -v dnf >/dev/null || fail "the base image has no dnf: use ubi, not ubi-minimal or ubi-micro"
    registering=yes
    # In the background, so that a signal ends it at once.
    sh "$here/dtk-rhsm.sh" register "$2" &
    rhsm=$!
    wait "$rhsm" || exit 1
    rhsm=
    # Later installations into the image stay at this minor too.
    case $DTK_RHEL in
    *.*) mkdir -p /etc/dnf/vars && echo "$DTK_RHEL" >/etc/dnf/vars/releasever ;;
    esac
    find_all
    say "the kernel comes from $repositories"
    install_kernel
    install_tools
    clean
    ;;
release) release ;;
esac
