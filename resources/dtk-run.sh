#!/bin/sh
# Runs dtk-build.sh, or dtk-driver.sh, for what one branch builds: once for each architecture where the variables that differ by architecture
# are comma lists. One that fails does not keep the others from being built. Each run checks its own values.
#
#   DTK_FOLDER  this build's own folder, whose name no one else knows; its folder "context" holds these scripts
#
# Its last line is "dtk: pushed ..." (exit code 0) or "dtk: failed: ..." (exit code 1), whatever happens. The folder is
# removed then; where it is not, because all of this was killed, a guard does it (see dtk-guard.sh).
set +aefmuvxC
set -u
export LC_ALL=C

folder=$DTK_FOLDER
child=
guard=
said=
script=dtk-build.sh
# With a toolkit it is the image of a driver.
[ -z "${DTK_TOOLKIT-}" ] || script=dtk-driver.sh

# shellcheck source-path=SCRIPTDIR source=dtk-clean.sh
. "$folder/context/dtk-clean.sh"

fail() {
    failure=$*
    exit 1
}

finish() {
    status=$?
    trap - EXIT
    trap '' TERM INT HUP
    # Neither stays in the folder.
    [ -z "$guard" ] || { kill "$guard" && ended "$guard" 1; } 2>/dev/null
    cd /
    # On a full disk there is room for the last line only after this.
    remove "$folder"
    [ -n "$said" ] || printf 'dtk: failed: %s\n' "${failure:-the build stopped with exit code $status}" >&2
    exit "$status"
}

# Builds one image. It says its own last line, unless it is killed.
build() {
    said=
    sh "context/$script" &
    child=$!
    status=0
    wait "$child" || status=$?
    child=
    case $status in
    0 | 1)
        said=yes
        return "$status"
        ;;
    esac
    # What it says of RHSM is for the controller. A file, as the process of a pipe would live on when this is killed.
    cleaned=/dev/null
    ! (: >cleaned) 2>/dev/null || cleaned=cleaned
    clean_up >"$cleaned" 2>&1
    grep -E '^(#[0-9]+ [0-9.]+ )?dtk: (unregistered|warning: still registered)' "$cleaned"
    fail "the build was killed (exit code $status) and is cleaned up after; give the agent enough memory"
}

# The N-th item of the list $1, which ends with a comma.
nth() {
    printf '%s\n' "$1" | cut -s -d , -f "$n"
}

build_each() {
    archs=$DTK_ARCH platforms=${DTK_PLATFORM-} kernels=${DTK_KERNEL_FULL-} tags=${DTK_TAG-}
    n=0 built=0 failed=
    while n=$((n + 1)) && DTK_ARCH=$(nth "$archs,") && [ -n "$DTK_ARCH" ]; do
        DTK_PLATFORM=$(nth "$platforms,")
        DTK_KERNEL_FULL=$(nth "$kernels,")
        DTK_TAG=$(nth "$tags,")
        export DTK_ARCH DTK_PLATFORM DTK_KERNEL_FULL DTK_TAG
        if build; then built=$((built + 1)); else failed="$failed $DTK_ARCH"; fi
    done
    said=
    [ -z "$failed" ] || fail "not all of $archs are built and pushed:$failed failed, see above"
    [ "$built" != 0 ] || fail "DTK_ARCH is '$archs', which names no architecture: nothing was built"
    said=yes
}

# Jenkins stops this and the build at once; the build cleans up by itself then, and is waited for.
stopped() {
    status=143
    if [ -n "$child" ]; then
        kill -TERM "$child" 2>/dev/null
        wait "$child"
        status=$?
    fi
    case $status in
    0 | 1) said=yes && exit "$status" ;;
    esac
    fail "stopped by SIG$1; nothing was pushed"
}

trap finish EXIT
for signal in TERM INT HUP; do
    # shellcheck disable=SC2064  # the signal's name is meant now
    trap "stopped $signal" "$signal"
done

cd "$folder" || fail "cannot enter $folder"
# What a builder that is killed leaves of its own files goes with the folder.
export TMPDIR="$folder/tmp"
command -v flock >/dev/null || fail "this agent has no flock: install util-linux"
start_guard
clean_up_after_others "$(dirname "$folder")"
case ${DTK_ARCH-} in
*,*) build_each ;;
*) build || exit 1 ;;
esac
