# shellcheck shell=sh disable=SC2034,SC2154  # it shares its variables with dtk-build.sh
# Runs podman, buildah or docker, again where the network was to blame; dtk-build.sh reads this file.

# run NAME COMMAND...: runs it with its output in the log and in the file NAME.log. In the background, so that a signal
# reaches this script at once.
run() {
    name=$1
    shift
    # Without the lock of this build, which shows that it lives on: these may outlive it.
    mkfifo "$private/pipe" 2>/dev/null || full
    tee "$private/$name.log" <"$private/pipe" 9>&- &
    tee=$!
    "$@" >"$private/pipe" 2>&1 </dev/null 9>&- &
    child=$!
    wait "$child"
    status=$?
    child=
    # What a killed builder ran may live on and hold the pipe open.
    ended "$tee" 10 || kill "$tee"
    rm -f "$private/pipe"
    return "$status"
}

# attempt NAME COMMAND...: runs it again when the registry or the network was to blame.
attempt() {
    for pause in 3 10 0; do
        ! run "$@" || return 0
        [ "$pause" != 0 ] && is_transient "$1" || return 1
        say "trying again in $pause s: $phase"
        sleep "$pause" &
        wait $!
    done
}

# Runs one of the functions here with RHSM's secrets.
with_rhsm() {
    if [ -n "$rhsm_org" ]; then
        export RHSM_ORG="$rhsm_org" RHSM_ACTIVATIONKEY="$rhsm_activationkey"
    fi
    "$@"
}

# Sets $cache to the folder in which podman and buildah keep what is the same for many images: DTK_CACHE, or one of this
# user's where none is said; empty where that cannot be had. docker's builder keeps it by itself.
find_cache() {
    cache=
    [ "$builder" != docker ] || return 0
    wanted=${DTK_CACHE:-/var/tmp/driver-toolkit-$(id -u)}
    (umask 077 && mkdir -p "$wanted") 2>/dev/null
    if ! [ -d "$wanted" ] || ! [ -w "$wanted" ]; then
        wrong="cannot be written"
    elif ! (cd "$wanted" && is_private); then
        wrong="belongs to another user, or can be written by others"
    else
        cache=$(cd "$wanted" && pwd -P)
        return
    fi
    [ -z "${DTK_CACHE-}" ] || fail "the cache folder $wanted $wrong: set DTK_CACHE to a folder of this user's own, or unset it"
    say "warning: the cache folder $wanted $wrong: nothing is kept for the next image"
}
