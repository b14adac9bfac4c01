#!/bin/sh
# Cleans up after a build on this agent that was killed: dtk-guard.sh FOLDER [now]. FOLDER is the build's own, and says
# in its file "owner" what there is to clean. Waits until the build has ended, or with "now" leaves one alone that has
# not. A build that ended by itself has removed its folder, and nothing is left to do.
#
# A folder that others can write, or that another user made, is left alone: what stands in it could be anything. From
# the first line on this stays inside the folder, so that no name can be made to mean another one.
set +aefmuvxC
set -u
export LC_ALL=C

[ ! -L "$1" ] && cd "$1" 2>/dev/null || exit 0
# shellcheck source-path=SCRIPTDIR source=dtk-clean.sh
. "$(dirname "$0")/dtk-clean.sh"
here=$(pwd -P)
case ${here##*/} in
dtk.????????) is_private || exit 0 ;;
*) exit 0 ;;
esac
[ -f lock ] && [ ! -L lock ] || exit 0
exec 9>>lock

# Whether the build has ended. Its lock shows it, where the same kernel keeps both of us; another one may not know of it.
# Then the build is dead when its guard has given no sign for long: the agent was switched off, or is another one.
has_ended() {
    [ "$(value boot)" = "$(boot)" ] || [ -n "$(find alive -mmin +10 2>/dev/null)" ] || return 1
    flock -n 9
}

if [ "${2-}" = now ]; then
    has_ended || exit 0
else
    seconds=0
    until flock -n 9; do
        # A build that ended by itself has removed this.
        [ -f lock ] || exit 0
        [ $((seconds % 30)) != 0 ] || touch -c alive
        seconds=$((seconds + 1))
        (cd / && exec sleep 1) 9>&-
    done
fi
[ -f lock ] || exit 0
clean_up
cd /
remove "$here"
