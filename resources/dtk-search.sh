# shellcheck shell=sh disable=SC2034,SC2154  # it shares its variables with dtk-install.sh
# Finds all that an image needs in one start of dnf, and keeps what is downloaded for the next image; dtk-install.sh reads
# this file. Where dnf is not the one that is written in Python, dtk-repos.sh looks step by step.

# What agents keep for all of their builds; a folder of its own for each minor release and architecture, as the same
# repository has another address for each.
agent_cache=/var/cache/dtk

# Sets and exports DTK_CACHE: the agent's, or where there is none that can be written, one that ends with this build.
find_cache() {
    DTK_CACHE=$agent_cache/$DTK_RHEL-$arch
    if ! { [ -d "$agent_cache" ] && mkdir -p "$DTK_CACHE" && : >"$DTK_CACHE/lock"; } 2>/dev/null; then
        DTK_CACHE=$work/cache
        mkdir -p "$DTK_CACHE"
    fi
    export DTK_CACHE
}

# What is looked for, in the words of dtk_find.py, in the order in which dtk-repos.sh would.
plan() {
    define_extra_repositories
    printf 'always %s\nwant kernel-core-%s kernel-devel-%s\n' "$ids" "$kernel" "$kernel"
    if is_rhel; then
        for stream in $(streams); do
            echo "try rhel-$major-for-$arch-baseos-$stream rhel-$major-for-$arch-appstream-$stream"
        done
        openshift_repositories | sed 's/^/beside /'
    fi
    echo enabled
    if [ -n "$rt" ]; then
        echo "want kernel-rt-core-$rt kernel-rt-devel-$rt"
        for candidate in $(candidates_rt); do
            echo "add $candidate"
        done
    fi
    if builds_64k; then
        wanted=${DTK_KERNEL_64K:-$kernel}
        echo "want kernel-64k-core-$wanted kernel-64k-devel-$wanted"
        ! is_rhel || openshift_repositories | sed 's/^/add /'
    fi
    for variant in "" -rt -64k; do
        echo "list kernel$variant-modules-core kernel$variant-devel-matched"
    done
    # shellcheck disable=SC2046,SC2086  # lists of package names
    echo list gcc gcc-c++ $(tools) kernel-abi-stablelists kernel-abi-whitelists
    echo "spec ${DTK_EXTRA_PACKAGES-}"
}

# Sets what find_kernel and the others set: $repositories and $pages64k, and the failures that they report. Fails where dnf
# is not the one that is written in Python.
find_at_once() {
    python=$(sed -n '1s/^#! *\([^ ]*python[^ ]*\).*/\1/p' "$(command -v dnf)" 2>/dev/null)
    [ -n "$python" ] || return 1
    plan >"$work/plan"
    status=0
    heeding "$python" "$here/dtk_find.py" "$work/plan" "$work/offer" "$work/repos" "$DTK_CACHE" \
        >"$work/found" 2>"$work/errors" || status=$?
    case $status in
    0) ;;
    3) return 1 ;;
    *) fail "cannot read the repositories: $(tail -n 1 "$work/errors")" ;;
    esac
    read=$(sed -n 's/^read / /p' "$work/found" | tr -d '\n')
    unread=$(sed -n 's/^unread / /p' "$work/found" | tr -d '\n')
    for id in $ids; do
        ! listed_in "$id" "$unread" || left_out "$id"
    done
    tried="$read; these could not be read:${unread:- none}"
    found=$(sed -n '/^found$/p; /^missing$/p' "$work/found")
    repositories=$(sed -n 's/^use //p' "$work/found" | tr ' ' ',')
    # shellcheck disable=SC2086  # the answers, one for each choice
    set -- $found
    [ "$1" = found ] || kernel_missing
    shift
    if [ -n "$rt" ]; then
        [ "$1" = found ] || fail "real-time kernel $rt is in none of:$tried"
        shift
    fi
    set_64k "${1-}"
    definitions=$work/repos
}

listed_in() {
    case "$2 " in
    *" $1 "*) ;;
    *) false ;;
    esac
}

# Finds all repositories: in one start of dnf, or step by step.
find_all() {
    find_cache
    ! find_at_once || return 0
    add_extra_repositories
    find_kernel
    [ -z "$rt" ] || find_kernel_rt
    find_kernel_64k
}

# Takes out of the cache what no other image needs, this kernel's packages, and what was not used for long.
trim_cache() {
    for version in "$kernel" ${rt:+"$rt"} ${pages64k:+"$pages64k"}; do
        find "$DTK_CACHE" -name "kernel-*-$version.*.rpm" -exec rm -f {} +
    done
    find "$DTK_CACHE" -name '*.rpm' -atime +14 -exec rm -f {} +
}
