# shellcheck shell=sh disable=SC2034,SC2154  # it shares its variables with dtk-build.sh and dtk-driver.sh
# How a build of an image begins and ends, whatever it is an image of: dtk-build.sh and dtk-driver.sh read it first,
# in the folder DTK_FOLDER.

folder=$DTK_FOLDER
# Names are relative to the folder: that of a workspace may hold what ends an item of a list.
private=build
context=context
builder=${DTK_BUILDER:-podman}
id=$(od -An -N6 -tx1 /dev/urandom | tr -d ' \n')
system=
image=
child=
phase="starting"
failure=
result=

say() {
    printf 'dtk: %s\n' "$*"
}

fail() {
    failure=$*
    exit 1
}

full() {
    fail "cannot write into $folder: check that the disk is not full"
}

# shellcheck source-path=SCRIPTDIR source=dtk-check.sh
. "$context/dtk-check.sh"
# shellcheck source-path=SCRIPTDIR source=dtk-builder.sh
. "$context/dtk-builder.sh"
# shellcheck source-path=SCRIPTDIR source=dtk-base.sh
. "$context/dtk-base.sh"
# shellcheck source-path=SCRIPTDIR source=dtk-login.sh
. "$context/dtk-login.sh"
# shellcheck source-path=SCRIPTDIR source=dtk-reasons.sh
. "$context/dtk-reasons.sh"
# shellcheck source-path=SCRIPTDIR source=dtk-clean.sh
. "$context/dtk-clean.sh"

need_builder() {
    command -v "$builder" >/dev/null ||
        fail "this agent has no $builder: install it (dnf install $builder, apt-get install $builder)," \
            "or choose another builder: podman, buildah or docker"
}

# What else is taken from the agent at the end.
leave() {
    :
}

finish() {
    status=$?
    trap - EXIT
    trap '' TERM INT HUP
    if [ -n "$image" ]; then
        stop_builder
        tidy >/dev/null 2>&1
        leave
        # On a full disk there is room for the last line only after this.
        remove "$private"
    fi
    if [ -z "$result" ]; then
        printf 'dtk: failed: %s\n' "${failure:-the build script stopped with exit code $status while $phase}" >&2
        exit 1
    fi
    say "pushed $result"
    exit 0
}

# end_with WORDS: from now on a signal ends the build, and the last line says so with these words.
end_with() {
    stopped=$1
    trap finish EXIT
    for signal in TERM INT HUP; do
        # shellcheck disable=SC2064  # the signal's name is meant now
        trap "fail \"stopped by SIG$signal while \$phase; \$stopped\"" "$signal"
    done
}
