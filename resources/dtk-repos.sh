# shellcheck shell=sh disable=SC2034,SC2154  # it shares its variables with dtk-install.sh
# Which repositories hold what is asked for; dtk-install.sh reads this file. Values: $kernel, $rt, $arch and $major.
# RHEL's repositories for a minor release: see Red Hat's list of repositories for each support stream. Each one is
# tried by reading it, and dropped where that fails, because a subscription does not say what it includes.

# Runs a command in the background, so that a signal is heeded at once.
heeding() {
    "$@" &
    dnf=$!
    status=0
    wait "$dnf" || status=$?
    dnf=
    return "$status"
}

# dnf with only the repositories in $1, separated by commas. Plugins cost seconds, and none of them is needed once the
# definitions of the repositories are there.
dnf_from() {
    ids=$1
    shift
    set -- "--disablerepo=*" "--enablerepo=$ids" "--setopt=*.skip_if_unavailable=False" "$@"
    [ -z "$definitions" ] || set -- "--setopt=reposdir=$definitions" "--setopt=pluginpath=$here" \
        "--setopt=cachedir=$DTK_CACHE" --setopt=keepcache=True "--setopt=*.metadata_expire=43200" "$@"
    heeding dnf -y --setopt=install_weak_deps=False --setopt=tsflags=nodocs "$@"
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
# have and do not have. Where they were found at once, what they offer is known.
ask() {
    from=$1
    shift
    [ -n "$definitions" ] || dnf_from "$from" -q repoquery --available \
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

# The suffixes of RHEL's repositories for this release, those that most likely carry a z-stream kernel first: a minor
# gets its kernels from EUS at first, then from the streams for SAP (E4S) and telecommunications, then from AUS and TUS,
# which exist on x86_64 alone and not from RHEL 10 on.
streams() {
    case $DTK_RHEL,$arch in
    8.*,x86_64) echo "eus-rpms e4s-rpms e6s-rpms extended-eus-rpms aus-rpms tus-rpms rpms" ;;
    9.*,x86_64) echo "eus-rpms e4s-rpms e6s-rpms aus-rpms rpms" ;;
    *.*) echo "eus-rpms e4s-rpms e6s-rpms rpms" ;;
    *) echo "rpms" ;;
    esac
}

# OpenShift's own repositories for the releases that ship this kernel: some kernels come there before they come to RHEL.
openshift_repositories() {
    printf '%s\n' "${DTK_RELEASES-}" | tr ',' '\n' | sed -n 's/^\([0-9]*\.[0-9]*\)\..*/\1/p' | sort -u |
        sed "s/.*/rhocp-&-for-rhel-$major-$arch-rpms/"
}

# Adds the extra repositories to those that dnf knows, and sets $ids to all of them. One by its address gets the name
# dtk-extra-N in every call of dnf from now on.
define_extra_repositories() {
    ids=
    number=0
    for repository in ${DTK_EXTRA_REPOS-}; do
        case $repository in
        *://*)
            number=$((number + 1))
            id=dtk-extra-$number
            printf '[%s]\nname=%s\nbaseurl=%s\nenabled=0\n' "$id" "$id" "$repository" >"/etc/yum.repos.d/$id.repo"
            ;;
        *) id=$repository ;;
        esac
        ids="$ids $id"
    done
}

# Sets $extra to those of the extra repositories that can be read.
add_extra_repositories() {
    define_extra_repositories
    extra=
    for id in $ids; do
        read=
        unread=
        try_repositories "$id"
        [ -n "$usable" ] || left_out "$id"
        extra="$extra $usable"
    done
}

left_out() {
    case $1 in
    dtk-extra-*) address=$(sed -n 's/^baseurl=//p' "/etc/yum.repos.d/$1.repo") ;;
    *) address=$1 ;;
    esac
    say "warning: the extra repository $address is left out, as it cannot be read"
}

# Several lists of repositories as one.
joined() {
    echo "$*" | tr -s ' ' ','
}

# Sets $repositories to those with this kernel and the tools.
find_kernel() {
    read=
    unread=
    plain=
    set -- "kernel-core-$kernel" "kernel-devel-$kernel"
    # shellcheck disable=SC2046,SC2086  # lists, some of them empty
    if is_rhel; then
        for stream in $(streams); do
            try_repositories "rhel-$major-for-$arch-baseos-$stream" "rhel-$major-for-$arch-appstream-$stream"
            [ -n "$usable" ] || continue
            plain=${plain:-$usable}
            repositories=$(joined $usable $extra)
            ! have "$repositories" "$@" || return 0
        done
        for id in $(openshift_repositories); do
            try_repositories "$id"
            [ -n "$usable" ] || continue
            repositories=$(joined $usable $plain $extra)
            ! have "$repositories" "$@" || return 0
        done
    fi
    # shellcheck disable=SC2046,SC2086
    repositories=$(joined $(dnf -q repolist --enabled | sed -n '/^repo id/d; s/^\([^ ]\{1,\}\) .*/\1/p') $extra)
    ! have "$repositories" "$@" || return 0
    tried="$read $repositories; these could not be read:${unread:- none}"
    kernel_missing
}

# Fails, with $read, $unread and $tried.
kernel_missing() {
    case $read in
    *" rhel-"* | *" rhocp-"*) ;;
    *)
        ! is_rhel || fail "no repository of RHEL can be read: give RHSM_ORG and RHSM_ACTIVATIONKEY, or build on a" \
            "subscribed host; tried$unread"
        ;;
    esac
    fail "kernel $DTK_KERNEL_FULL is in none of:$tried"
}

# find_beside CANDIDATES PACKAGE...: adds the first of the candidates that has all the packages to $repositories,
# unless those have them already. Fails, with $tried, where no candidate has them.
find_beside() {
    candidates=$1
    shift
    ! have "$repositories" "$@" || return 0
    read=" $repositories"
    unread=
    for candidate in $candidates; do
        try_repositories "$candidate"
        if have "$usable" "$@"; then
            repositories=$repositories,$usable
            return 0
        fi
    done
    tried="$read; these could not be read:${unread:- none}"
    return 1
}

# Where a real-time kernel may be.
candidates_rt() {
    if is_rhel; then
        for stream in $(streams); do
            echo "rhel-$major-for-$arch-rt-$stream rhel-$major-for-$arch-nfv-$stream"
        done
        openshift_repositories
    else
        echo rt nfv
    fi
}

# Adds the one with the real-time kernel to $repositories.
find_kernel_rt() {
    find_beside "$(candidates_rt)" "kernel-rt-core-$rt" "kernel-rt-devel-$rt" ||
        fail "real-time kernel $rt is in none of:$tried"
}

# Whether RHEL of this version builds a kernel with 64 KiB pages: on aarch64 from 9.2 on.
builds_64k() {
    case $arch,$DTK_RHEL in
    aarch64,8* | aarch64,9.0 | aarch64,9.1) false ;;
    aarch64,*) true ;;
    *) false ;;
    esac
}

# Adds the repository with the kernel of 64 KiB pages to $repositories, and sets $pages64k.
find_kernel_64k() {
    found=
    if builds_64k; then
        wanted=${DTK_KERNEL_64K:-$kernel}
        candidates=
        ! is_rhel || candidates=$(openshift_repositories)
        ! find_beside "$candidates" "kernel-64k-core-$wanted" "kernel-64k-devel-$wanted" || found=found
    fi
    set_64k "$found"
}

# Sets $pages64k to the kernel with 64 KiB pages when it is "found". It must be there where a release ships it, and
# otherwise is taken where it is.
set_64k() {
    pages64k=
    builds_64k || return 0
    if [ "$1" = found ]; then
        pages64k=$wanted
    elif [ -n "${DTK_KERNEL_64K-}" ]; then
        fail "kernel $wanted with 64 KiB pages is in none of:$tried"
    else
        say "warning: without a kernel of 64 KiB pages, as no repository has it"
    fi
}
