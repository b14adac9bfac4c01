# shellcheck shell=sh disable=SC2034,SC2154  # it shares its variables with dtk-build.sh and dtk-guard.sh
# Ends a build and removes what it left on the agent; dtk-build.sh and dtk-guard.sh read this file. Values: $builder,
# $id and $system of the build, and its folder $private.

# Whether the process $1 ended within $2 seconds.
ended() {
    left=$(($2 * 10))
    while kill -0 "$1" 2>/dev/null; do
        [ "$left" -gt 0 ] || return 1
        left=$((left - 1))
        sleep 0.1
    done
}

# The processes of dtk-install.sh inside this build.
install_processes() {
    for process in /proc/[0-9]*; do
        case $(tr '\0' ' ' <"$process/cmdline") in
        *"dtk-install.sh install $system "*) echo "${process#/proc/}" ;;
        esac
    done 2>/dev/null
}

# A builder that is told to stop kills what it runs, and the system would stay registered. So the installation is
# asked first: it unregisters and fails, and then the builder fails and cleans up by itself.
stop_builder() {
    [ -n "$child" ] || return 0
    # shellcheck disable=SC2046  # a list of process ids
    kill $(install_processes) 2>/dev/null && ended "$child" 90 && return
    kill "$child" 2>/dev/null
    ended "$child" 20 || kill -KILL "$child" 2>/dev/null
    kill "$tee" 2>/dev/null
}

# The images without a name that the build made on its way.
images_made() {
    sed -n 's/^--> \([0-9a-f]\{8,64\}\).*/\1/p' "$private/build.log" 2>/dev/null
}

# The containers of this build, which the builder names after the image that they were made from.
containers() {
    case $builder in
    podman) podman ps --all --external --format '{{.ID}} {{.Names}}' ;;
    buildah) buildah containers --format '{{.ContainerID}} {{.ContainerName}}' ;;
    esac | while read -r container name; do
        for prefix in "dtk-base-$id" $(images_made); do
            case $name in
            "$prefix"*) echo "$container" ;;
            esac
        done
    done
}

# Removes what this build left in the builder's storage; the base image stays for the next build.
tidy() {
    for container in $(containers); do
        case $builder in
        podman) podman rm --force "$container" ;;
        buildah) buildah rm "$container" ;;
        esac
    done
    [ "$builder" != docker ] || docker rmi "$DTK_IMAGE:$DTK_TAG"
    for image in "localhost/dtk-$id" $(images_made) "localhost/dtk-base-$id"; do
        "$builder" rmi "$image"
    done
}

# Unregisters the system of a build whose builder was killed. Where the installation lives on, it does so itself; else
# there is a container that holds the certificate by which RHSM knows the system, which moves into a build of its own.
unregister_remains() {
    for installation in $(install_processes); do
        kill "$installation" 2>/dev/null
        ended "$installation" 90 || kill -KILL "$installation"
    done
    [ -n "$(containers)" ] || return 0
    rescue=$private/rescue
    mkdir -p "$rescue/consumer"
    for container in $(containers); do
        # shellcheck disable=SC2016  # another shell's variables
        take='cp "$("$1" mount "$2")"/etc/pki/consumer/*.pem "$3"; "$1" umount "$2"'
        if [ "$(id -u)" = 0 ]; then
            sh -c "$take" sh "$builder" "$container" "$rescue/consumer"
        else
            "$builder" unshare sh -c "$take" sh "$builder" "$container" "$rescue/consumer"
        fi
    done
    [ -f "$rescue/consumer/cert.pem" ] || return 0
    cat >"$rescue/Containerfile" <<END
FROM localhost/dtk-base-$id
COPY consumer/ /etc/pki/consumer/
COPY dtk-rhsm.sh /tmp/
RUN sh /tmp/dtk-rhsm.sh leave
END
    "$builder" build --layers=false --force-rm --pull=never --no-cache --tag "localhost/dtk-rescue-$id" \
        --file "$rescue/Containerfile" "$rescue"
    "$builder" rmi "localhost/dtk-rescue-$id"
}

# ---- Builds that were killed

# When a process was started, in ticks since this system was: with its id, that names it for good. Nothing for one that
# has ended, also where nobody has taken notice of that, as in a container without an init.
started_at() {
    sed -n 's/.*) \([^ZX] .*\)/\1/p' "/proc/$1/stat" 2>/dev/null | cut -d ' ' -f 20
}

# Notes in the build's folder whose it is and what a guard needs, and starts the guard: a process of its own, out of
# reach of what kills this one. Jenkins ends the children of a step and all that has its cookie in the environment.
start_guard() {
    mkdir -p "$private/rescue"
    cp "$context/dtk-clean.sh" "$context/dtk-guard.sh" "$context/dtk-rhsm.sh" "$private/rescue/"
    printf '%s\n' "builder=$builder" "id=$id" "system=$system" "host=$(hostname)" "process=$$" \
        "started=$(started_at $$)" "context=$context" >"$private/owner"
    (
        unset JENKINS_NODE_COOKIE JENKINS_SERVER_COOKIE HUDSON_COOKIE BUILD_ID DTK_REGISTRY_USER
        cd /
        setsid sh "$private/rescue/dtk-guard.sh" "$private" </dev/null >/dev/null 2>&1 &
    )
}

# Cleans up after builds of this job that were killed together with their guards, as when the agent was switched off.
clean_up_after_others() {
    for owner in "$1"/dtk.*/owner; do
        [ -f "$owner" ] || continue
        sh "$context/dtk-guard.sh" "$(dirname "$owner")" now </dev/null >/dev/null 2>&1
    done
}
