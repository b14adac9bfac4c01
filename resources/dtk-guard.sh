#!/bin/sh
# Cleans up after a build on this agent that was killed: dtk-guard.sh FOLDER [now]. FOLDER is the build's own, and says
# in its file "owner" what there is to clean. Waits until the build's process is gone, or with "now" leaves one that is
# still there alone. A build that ended by itself has removed its folder, and nothing is left to do.
set +x
set -u
export LC_ALL=C

private=$1
here=$(dirname "$0")

value() {
    sed -n "s/^$1=//p" "$private/owner"
}

# shellcheck source-path=SCRIPTDIR source=dtk-clean.sh
. "$here/dtk-clean.sh"
builder=$(value builder)
id=$(value id)
system=$(value system)
process=$(value process)
started=$(value started)
context=$(value context)
# On a folder that agents share, processes of another one cannot be seen from here.
[ "$(value host)" = "$(hostname)" ] || exit 0
while [ "$(started_at "$process")" = "$started" ]; do
    [ "${2-}" != now ] || exit 0
    sleep 1
done
[ -f "$private/owner" ] || exit 0

# Only one cleans up, the guard or a later build.
mv "$private/owner" "$private/owner.taken" 2>/dev/null || exit 0
unregister_remains
tidy
case $context in
*/dtk.????????) rm -rf "$context" ;;
esac
rm -rf "$private"
