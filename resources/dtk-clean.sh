# shellcheck shell=sh disable=SC2034,SC2154  # it shares its variables with those who read it
# Ends a build and removes what it left on the agent; dtk-run.sh, dtk-build.sh and dtk-guard.sh read this file, in the
# build's folder. Values: $builder, $id, $system and $image of the build, and $private, the folder of its own files.

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

# A builder that is asked to stop kills what it runs, and the system would stay registered. So the installation is
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
    [ "$builder" != docker ] || docker rmi "$image"
    for made in "localhost/dtk-$id" $(images_made) "localhost/dtk-base-$id"; do
        "$builder" rmi "$made"
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
    cp context/dtk-rhsm.sh context/dtk-client.sh "$rescue/"
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
COPY dtk-rhsm.sh dtk-client.sh /tmp/
RUN sh /tmp/dtk-rhsm.sh leave
END
    "$builder" build --layers=false --force-rm --pull=never --no-cache --tag "localhost/dtk-rescue-$id" \
        --file "$rescue/Containerfile" "$rescue"
    "$builder" rmi "localhost/dtk-rescue-$id"
}

# Removes a folder with all that is in it, but nothing that is mounted there: a killed builder may leave mounts.
remove() {
    if rm -f --one-file-system 2>/dev/null; then
        rm -rf --one-file-system "$1"
    else
        rm -rf "$1"
    fi
}

# ---- Builds that were killed

# Whether this folder is this user's, and no other user can write it.
is_private() {
    [ -n "$(find . -prune -user "$(id -u)" ! -perm -020 ! -perm -002)" ]
}

# One boot of one system: all that has the same name for it shares a kernel.
boot() {
    cat /proc/sys/kernel/random/boot_id
}

# value NAME: what the build in this folder notes of itself, when it is of the form that it writes.
value() {
    case $1 in
    builder) form='podman|buildah|docker' ;;
    id) form='[0-9a-f]{12}' ;;
    system) form='dtk-[0-9][A-Za-z0-9._+-]{0,120}-[0-9a-f]{12}' ;;
    image) form='[A-Za-z0-9][A-Za-z0-9._:/-]{0,500}' ;;
    boot) form='[0-9a-f-]{36}' ;;
    esac
    sed -n "s/^$1=//p" owner 2>/dev/null | head -n 1 | grep -Ex "$form"
}

# Notes what a guard needs to know of this build.
note_owner() {
    printf '%s\n' "builder=$builder" "id=$id" "system=$system" "image=$image" "boot=$(boot)" >owner
}

# Cleans up after the build with this folder, which has ended.
clean_up() {
    private=build
    builder=$(value builder) && id=$(value id) && system=$(value system) && image=$(value image) || return 0
    unregister_remains
    tidy
}

# Takes the lock that shows that this build lives on, and starts the guard: a process of its own, out of reach of what
# kills this one. Jenkins ends the children of a step and all that has its cookie in the environment.
start_guard() {
    is_private || fail "others may write into $folder: use a file system that keeps owners and modes of files"
    (: >lock && printf 'boot=%s\n' "$(boot)" >owner && : >alive && mkdir tmp) 2>/dev/null ||
        fail "cannot write into $folder: check that the disk is not full"
    exec 9>>lock
    if ! flock -n 9; then
        echo "dtk: warning: files cannot be locked in $folder: when this build is killed, nothing cleans up after it"
        return
    fi
    # A grandchild: whoever ends the children of this build, and theirs, does not find it among them.
    guard=$(
        unset JENKINS_NODE_COOKIE JENKINS_SERVER_COOKIE HUDSON_COOKIE BUILD_ID
        # shellcheck disable=SC2046  # a list of names
        unset $(env | sed -nE 's/^((RHSM|COSIGN|DTK_REGISTRY)_[A-Z0-9_]*)=.*/\1/p')
        cd /
        setsid sh "$folder/context/dtk-guard.sh" "$folder" 9>&- </dev/null >/dev/null 2>&1 &
        echo $!
    )
}

# Cleans up after builds of this job that were killed together with their guards, as when the agent was switched off.
clean_up_after_others() {
    for other in "$1"/dtk.????????; do
        [ "$other" != "$folder" ] || continue
        sh "$folder/context/dtk-guard.sh" "$other" now 9>&- </dev/null >/dev/null 2>&1
    done
}
