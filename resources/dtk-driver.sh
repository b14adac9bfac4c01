#!/bin/sh
# Builds the image of a driver for one kernel on this agent, or takes one that is built already, lets Jenkins check whether
# its modules fit, and pushes it to DTK_IMAGE under each of DTK_TAGS.
#
# Values come from the environment alone:
#   DTK_FOLDER         the folder of this build, in which dtk-run.sh starts this; all these scripts are in its "context"
#   DTK_KERNEL         5.14.0-427.61.1.el9_4           DTK_KERNEL_FULL  what uname -r prints there, with its +rt
#   DTK_ARCH           x86_64                          DTK_PLATFORM     linux/amd64
#   DTK_IMAGE          HOST[:PORT]/REPO                DTK_TAGS         all tags, separated by spaces
#   DTK_TOOLKIT        HOST[:PORT]/REPO@sha256:...     DTK_TOOLKIT_NAME the same as people call it
#   DTK_OTHER_TOOLKITS what is taken where that has not the kernel, in this order, or empty: items "TOOLKIT NAME MIRROR...",
#                      each with its own mirrors, separated by ", "
#   DTK_RELEASES       4.17.22,4.18.6, or empty        DTK_VERSION      of the driver, or empty
#   DTK_HERE           the folder that relative paths are relative to
#   DTK_CHECK          an image on this agent; empty: one is built
#   DTK_CONTAINERFILE  its steps                       DTK_CONTEXT      the folder that the build sees, or empty
#   DTK_TARGET         the stage to build, or empty    DTK_FIT          kernel or symbols
#   DTK_BUILD_ARGS, DTK_LABELS, DTK_SECRETS            lines NAME=VALUE; the values of secrets are files or folders
#   DTK_CONTEXTS       lines NAME=FOLDER: more folders that the build sees
#   DTK_SIGN_COMMAND   signs the module whose path is appended to it, in place; empty: nothing is signed by a command
#   DTK_SYMVERS        lines: tables of symbols of other vendors' modules
#   DTK_BASE_MIRRORS, DTK_PLAIN_HTTP, DTK_UNVERIFIED_TLS, DTK_CERTIFICATES, DTK_BUILDER   as in dtk-build.sh
# Secrets leave the environment at once:
#   DTK_REGISTRY_USER, DTK_REGISTRY_PASSWORD  login at the host of DTK_IMAGE, both or none
#   DTK_LOGINS         all logins for pulling, as docker and podman keep them; empty: the agent's own
#
# Its last line is "dtk: pushed HOST/REPO:TAG@sha256:...", or "dtk: failed: ": with "no toolkit: " where no toolkit is
# for this kernel, with "does not fit: " where a module is not. Until it knows whether they fit it asks, with the line
# "dtk: do the modules fit? FOLDER"; the answer is the file "verdict" in that folder. Where that says "sign", the file
# signed.tar beside it has the signed modules: they are added, and it asks again. Where it says "sign by command", the
# command signs each file in the folder to-sign before, and it asks again. Nothing is pushed before that.
set +aefmuvxC
set -u
export LC_ALL=C

registry_user=${DTK_REGISTRY_USER-}
registry_password=${DTK_REGISTRY_PASSWORD-}
logins=${DTK_LOGINS-}
certificates=${DTK_CERTIFICATES-}
part=2
while eval "more=\${DTK_CERTIFICATES_$part-}" && [ -n "$more" ]; do
    certificates=$certificates$more
    unset "DTK_CERTIFICATES_$part"
    part=$((part + 1))
done
unset DTK_REGISTRY_USER DTK_REGISTRY_PASSWORD DTK_LOGINS DTK_CERTIFICATES

# shellcheck source-path=SCRIPTDIR source=dtk-common.sh
. context/dtk-common.sh
cosign_key=
pushing=

# In place of that of dtk-login.sh: whoever pulls has other logins than whoever pushes, also at the same host.
with_login() {
    if [ -n "$pushing" ]; then
        login=$private/auth.json docker=$private/docker
    else
        login=$private/logins/config.json docker=$private/logins
    fi
    if [ -f "$login" ]; then
        export REGISTRY_AUTH_FILE="$folder/$login"
        [ "$builder" != docker ] || export DOCKER_CONFIG="$folder/$docker"
    fi
    [ ! -s "$private/registries.conf" ] || export CONTAINERS_REGISTRIES_CONF="$folder/$private/registries.conf"
    shift
    exec "$@"
}

# ---- What is given

check_driver() {
    kernel='[0-9]+\.[0-9]+\.[0-9]+-[0-9][A-Za-z0-9._]{0,80}'
    host='[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?'
    path='(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)+'
    tag='[A-Za-z0-9_][A-Za-z0-9._-]{0,127}'
    check DTK_KERNEL "$kernel" "5.14.0-427.61.1.el9_4"
    check DTK_KERNEL_FULL "$kernel(\+[a-z0-9]+)?" "5.14.0-427.61.1.el9_4.x86_64+rt"
    check DTK_ARCH "x86_64|aarch64|ppc64le|s390x" "x86_64, aarch64, ppc64le or s390x"
    check DTK_PLATFORM "linux/(amd64|arm64|ppc64le|s390x)" "linux/amd64"
    check DTK_IMAGE "$host$path" "quay.io/acme/acme-nic"
    check DTK_TAGS "$tag( $tag)*" "3.0.0-5.14.0-427.61.1.el9_4.x86_64"
    check DTK_TOOLKIT "$host$path@sha256:[0-9a-f]{64}" "quay.io/acme/driver-toolkit@sha256: and 64 digits"
    check DTK_TOOLKIT_NAME "($host$path@sha256:[0-9a-f]{64})?" "quay.io/acme/driver-toolkit@sha256: and 64 digits, or be empty"
    check DTK_BASE_MIRRORS " *($host$path( |\$))*" "mirror.lab:5000/acme/driver-toolkit, or be empty"
    check DTK_OTHER_TOOLKITS "($host$path@sha256:[0-9a-f]{64} $host$path@sha256:[0-9a-f]{64}( $host$path)*(, |\$))*" \
        "quay.io/acme/driver-toolkit@sha256: and 64 digits, its name alike, and its mirrors, or be empty"
    check DTK_UNVERIFIED_TLS " *($host *)*" "127.0.0.1:5000 registry.lab:5000, or be empty"
    check DTK_PLAIN_HTTP " *($host *)*" "127.0.0.1:5000 registry.lab:5000, or be empty"
    check DTK_BUILDER "(podman|buildah|docker)?" "podman, buildah or docker"
    check DTK_FIT "(kernel|symbols)?" "kernel or symbols"
    check_registry DTK_IMAGE "$DTK_IMAGE"
    check_pair DTK_REGISTRY_USER "$registry_user" DTK_REGISTRY_PASSWORD "$registry_password"
    [ "${DTK_KERNEL_FULL%+*}" = "$DTK_KERNEL.$DTK_ARCH" ] ||
        fail "DTK_KERNEL_FULL is '$DTK_KERNEL_FULL', but DTK_KERNEL and DTK_ARCH are of another kernel"
    # shellcheck disable=SC2153  # it is another variable
    DTK_TAG=${DTK_TAGS%% *}
    DTK_TOOLKIT_NAME=${DTK_TOOLKIT_NAME:-$DTK_TOOLKIT}
    others=${DTK_OTHER_TOOLKITS-}
}

# Takes the first of the other toolkits in place of the one that was tried.
next_toolkit() {
    [ -n "$others" ] || return 1
    # shellcheck disable=SC2086  # its parts
    set -- ${others%%, *}
    case $others in
    *", "*) others=${others#*, } ;;
    *) others= ;;
    esac
    DTK_TOOLKIT=$1 DTK_TOOLKIT_NAME=$2
    shift 2
    DTK_BASE_MIRRORS=$*
}

# The place of a path that is relative to where the step stands.
place() {
    case $1 in
    /*) printf '%s\n' "$1" ;;
    *) printf '%s\n' "$DTK_HERE/$1" ;;
    esac
}

# What a build is made of stays in the workspace: a link must not bring the agent's own files into an image.
check_inside() {
    root=$(cd "${WORKSPACE:-$DTK_HERE}" && pwd -P)
    real=$(cd "$2" && pwd -P)
    case $real/ in
    "${root%/}"/*) ;;
    *) fail "the $1 '$3' is outside of the workspace $root" ;;
    esac
}

find_source() {
    given=${DTK_CONTAINERFILE:-Containerfile}
    containerfile=$(place "$given")
    [ -f "$containerfile" ] || fail "there is no file '$given' in $DTK_HERE: name the Containerfile, containerfile: '...'"
    check_inside Containerfile "$(dirname "$containerfile")" "$given"
    if [ -n "${DTK_CONTEXT-}" ]; then
        source=$(place "$DTK_CONTEXT")
        [ -d "$source" ] || fail "there is no folder '$DTK_CONTEXT' in $DTK_HERE: name the context, or leave it out"
        check_inside context "$source" "$DTK_CONTEXT"
    else
        source=$private/empty
        mkdir "$source" 2>/dev/null || full
    fi
}

prepare() {
    need_builder
    (mkdir "$private" && note_owner) 2>/dev/null || full
    [ -z "$registry_user" ] || write_login
    if [ -n "$logins" ]; then
        (umask 077 && mkdir "$private/logins" && printf '%s\n' "$logins" >"$private/logins/config.json") 2>/dev/null || full
    fi
    write_certificates
    [ -n "${DTK_CHECK-}" ] || find_source
    copy_tables
}

copy_tables() {
    count=0
    while IFS= read -r line; do
        [ -n "$line" ] || continue
        count=$((count + 1))
        cp "$(place "$line")" "$private/others.$count" 2>/dev/null ||
            fail "the file '$line' of symvers cannot be read: it should be a Module.symvers"
    done <<END_OF_TABLES
${DTK_SYMVERS-}
END_OF_TABLES
}

# ---- The steps

pull_toolkit() {
    DTK_BASE_IMAGE=${DTK_TOOLKIT%@*}
    DTK_BASE_DIGEST=${DTK_TOOLKIT#*@}
    pull_base
    [ "$builder" = docker ] || return 0
    # shellcheck disable=SC2154  # $base is set by pull_base
    attempt pull with_login "${base%%/*}" docker pull --quiet --platform "$DTK_PLATFORM" "$base" ||
        fail "cannot pull the toolkit $base: $(explain pull)"
    docker tag "$base" "localhost/dtk-base-$id" || fail "cannot use the toolkit $base: docker did not keep it"
}

# copy_out IMAGE PATH FILE: a file of an image.
copy_out() {
    # shellcheck disable=SC2016  # another shell's variables
    case $builder in
    buildah) mounted "$1" 'cp "$(buildah mount "$1")/$2" "$3"' "$2" "$3" ;;
    *)
        container=$("$builder" create "$1" /none) || return 1
        "$builder" cp "$container:/$2" "$3"
        copied=$?
        "$builder" rm --force "$container" >/dev/null
        return "$copied"
        ;;
    esac
}

# write_files IMAGE FILE: all files of an image as an archive. Nothing of it is run: it may be for another architecture.
write_files() {
    # shellcheck disable=SC2016  # another shell's variables
    case $builder in
    buildah) mounted "$1" 'tar -C "$(buildah mount "$1")" -cf "$2" .' "$2" ;;
    *)
        container=$("$builder" create "$1" /none) || return 1
        "$builder" export --output "$2" "$container"
        copied=$?
        "$builder" rm --force "$container" >/dev/null
        return "$copied"
        ;;
    esac
}

# mounted IMAGE SCRIPT ARGUMENT...: runs a script with a container of buildah's and the arguments.
mounted() {
    container=$(buildah from --pull-never "$1") || return 1
    script=$2
    shift 2
    if [ "$(id -u)" = 0 ]; then
        sh -c "$script" sh "$container" "$@"
    else
        buildah unshare sh -c "$script" sh "$container" "$@"
    fi
    copied=$?
    buildah rm "$container" >/dev/null
    return "$copied"
}

# Brings the first toolkit that has the kernel: what a toolkit says of itself does not show that of all flavours.
find_toolkit() {
    lacks=
    pull_toolkit
    until find_table; do
        lacks=${lacks:+$lacks, nor has $DTK_TOOLKIT_NAME}
        lacks=${lacks:-$DTK_TOOLKIT_NAME has no Module.symvers of kernel $DTK_KERNEL_FULL}
        previous=$DTK_TOOLKIT_NAME
        "$builder" rmi "localhost/dtk-base-$id" >/dev/null 2>&1
        leave
        next_toolkit || fail "no toolkit: $lacks"
        say "taking the toolkit $DTK_TOOLKIT_NAME: $previous has no Module.symvers of kernel $DTK_KERNEL_FULL"
        pull_toolkit
    done
}

# The table of the kernel's symbols: where the toolkit has none, it is not for this kernel. That is so where the file is
# absent, in the words of podman, of docker before and since 23, and of cp; any other failure is no answer.
find_table() {
    modules=lib/modules/$DTK_KERNEL_FULL/symvers
    for path in "usr/src/kernels/$DTK_KERNEL_FULL/Module.symvers" "$modules.gz" "$modules.xz" "$modules.zst"; do
        ! copy_out "localhost/dtk-base-$id" "$path" "$private/symvers" >"$private/table.log" 2>&1 || return 0
        grep -Eqi "could not be found|No such container:path|Could not find the file|(cannot|can't) stat" \
            "$private/table.log" || fail "cannot read the toolkit $DTK_TOOLKIT_NAME: $(explain table)"
    done
    return 1
}

# Lets podman and buildah find base images at the registries that are reached without TLS, or without verifying it: an
# option of the build would hold for all registries. What the agent's own file says stays in force; to one of version 1
# nothing can be added.
write_registries() {
    unverified="${DTK_PLAIN_HTTP-} ${DTK_UNVERIFIED_TLS-}"
    agents=/dev/null
    for file in "${CONTAINERS_REGISTRIES_CONF-}" "${HOME-}/.config/containers/registries.conf" /etc/containers/registries.conf; do
        if [ -f "$file" ]; then
            agents=$file
            break
        fi
    done
    ! grep -q '^[[:space:]]*\[registries' "$agents" || return 0
    for one in $unverified; do
        grep -qF "\"$one\"" "$agents" || printf '\n[[registry]]\nlocation = "%s"\ninsecure = true\n' "$one"
    done >"$private/unverified" || full
    [ ! -s "$private/unverified" ] || cat "$agents" "$private/unverified" >"$private/registries.conf" 2>/dev/null || full
}

# The lines with {toolkit} filled: which one it is was found out here.
with_toolkit() {
    printf '%s\n' "$1" | sed "s|{toolkit}|$DTK_TOOLKIT|g"
}

declares() {
    grep -Eiq "^[[:space:]]*ARG[[:space:]]+$1([[:space:]=]|\$)" "$containerfile"
}

build() {
    phase="building $image"
    host=${DTK_BASE_IMAGE%%/*}
    toolkit=localhost/dtk-base-$id
    [ "$builder" != docker ] || toolkit=$DTK_TOOLKIT
    set -- --file "$containerfile" --platform "$DTK_PLATFORM" --tag "localhost/dtk-$id" \
        --build-arg "KERNEL_VERSION=$DTK_KERNEL_FULL" --build-arg "KERNEL_FULL_VERSION=$DTK_KERNEL_FULL"
    ! grep -q DTK_AUTO "$containerfile" || set -- "$@" --build-arg "DTK_AUTO=$toolkit"
    ! declares MOD_NAME || set -- "$@" --build-arg "MOD_NAME=${DTK_IMAGE##*/}"
    ! declares MOD_NAMESPACE || set -- "$@" --build-arg "MOD_NAMESPACE=openshift-kmm"
    while IFS= read -r line; do
        [ -n "$line" ] || continue
        more=$(place "${line#*=}")
        [ -d "$more" ] || fail "the build context '${line%%=*}' is no folder in $DTK_HERE: ${line#*=}"
        check_inside "build context" "$more" "${line#*=}"
        set -- "$@" --build-context "${line%%=*}=$more"
    done <<END_OF_LINES
${DTK_CONTEXTS-}
END_OF_LINES
    while IFS= read -r line; do
        [ -z "$line" ] || set -- "$@" --build-arg "$line"
    done <<END_OF_LINES
$(with_toolkit "${DTK_BUILD_ARGS-}")
END_OF_LINES
    set -- "$@" --label "kernel-version=$DTK_KERNEL_FULL" \
        --label "io.jenkins.plugins.dtk.toolkit=$DTK_TOOLKIT_NAME" \
        --label "io.jenkins.plugins.dtk.openshift-releases=${DTK_RELEASES-}"
    [ -z "${DTK_VERSION-}" ] || set -- "$@" --label "io.jenkins.plugins.dtk.driver-version=$DTK_VERSION"
    [ -z "${BUILD_URL-}" ] || set -- "$@" --label "io.jenkins.plugins.dtk.build-url=$BUILD_URL"
    while IFS= read -r line; do
        [ -z "$line" ] || set -- "$@" --label "$line"
    done <<END_OF_LINES
$(with_toolkit "${DTK_LABELS-}")
END_OF_LINES
    [ -z "${DTK_TARGET-}" ] || set -- "$@" --target "$DTK_TARGET"
    while IFS= read -r line; do
        [ -n "$line" ] || continue
        name=${line%%=*}
        file=$(place "${line#*=}")
        if [ -f "$file" ]; then
            set -- "$@" --secret "id=$name,src=$file"
        elif [ ! -d "$file" ]; then
            fail "the secret '$name' is neither a file nor a folder: ${line#*=}"
        elif [ "$builder" = docker ]; then
            fail "the secret '$name' is a folder, which docker cannot give to every step: give its files one by one," \
                "for RUN --mount=type=secret, or choose the builder podman or buildah"
        else
            # A copy, as a label for SELinux is put onto it.
            (umask 077 && mkdir -p "$private/secrets" && cp -RL "$file" "$private/secrets/$name") || full
            set -- "$@" --volume "$folder/$private/secrets/$name:/run/secrets/$name:ro,z"
        fi
    done <<END_OF_LINES
${DTK_SECRETS-}
END_OF_LINES
    case $builder in
    docker) set -- buildx build --load --provenance=false --progress=plain "$@" ;;
    *)
        write_registries
        # shellcheck disable=SC2046  # options
        set -- build --layers=false --force-rm $(listed "$host" "$unverified" || reach "$host") "$@"
        ;;
    esac
    run build with_login "$host" "$builder" "$@" "$source"
    status=$?
    [ "$status" -le 128 ] ||
        fail "cannot build $image: $builder was killed (exit code $status); give the agent enough memory"
    [ "$status" = 0 ] || fail "cannot build $image: $(explain build)"
}

# Takes the image that the vendor's own command has built.
take() {
    phase="taking $DTK_CHECK"
    "$builder" tag "$DTK_CHECK" "localhost/dtk-$id" 2>"$private/tag.log" ||
        fail "there is no image '$DTK_CHECK' on this agent: let the build name it \$DTK_BUILT, or name it dtkCheck(image: ...)"
}

# Asks whether the modules fit until there is an answer: Jenkins may be restarted meanwhile.
ask() {
    phase="checking $image"
    printf '%s\n' "${DTK_FIT:-kernel}" >"$private/mode" || full
    write_files "localhost/dtk-$id" "$private/image.tar" || fail "cannot check $image: $builder does not write its files"
    : >"$private/config"
    [ "$builder" = buildah ] ||
        "$builder" image inspect --format '{{.Config.User}}|{{len .RootFS.Layers}}|{{json .Config.Labels}}' \
            "localhost/dtk-$id" >"$private/config" 2>/dev/null
    asked=0
    until [ -e "$private/verdict" ]; do
        [ $((asked % 120)) != 0 ] || say "do the modules fit? $folder/$private"
        asked=$((asked + 1))
        sleep 0.5 &
        wait $!
    done
    rm -f "$private/image.tar"
    read -r verdict <"$private/verdict"
    sed -e 1d -e 's/^/dtk: /' "$private/verdict"
    rm -f "$private/verdict"
}

# Lets the user's command sign what the answer has left, as it would be called in a shell of the pipeline's.
sign_by_command() {
    phase="signing the modules of $image"
    for file in "$private"/to-sign/*.ko; do
        run command in_pipeline sh -c "$DTK_SIGN_COMMAND \"\$1\"" sh "$folder/$file" ||
            fail "cannot sign the modules of $image: the command that signs ended with exit code $status: $(tail -n 1 "$private/command.log")"
    done
}

in_pipeline() {
    cd "$DTK_HERE" && exec "$@"
}

check_fit() {
    ask
    if [ "$verdict" = "sign by command" ]; then
        sign_by_command
        ask
    fi
    if [ "$verdict" = sign ]; then
        add_signed
        ask
    fi
    case $verdict in
    fits) ;;
    "does not fit: "*) fail "$verdict" ;;
    *) fail "cannot check $image: ${verdict#unknown: }" ;;
    esac
}

# Puts the layer with the signed modules onto the image. What it is said to be based on stays.
add_signed() {
    phase="adding the signed modules to $image"
    (mkdir "$private/signing" && mv "$private/signed.tar" "$private/signing/") 2>/dev/null || full
    printf 'FROM localhost/dtk-%s\nADD signed.tar /\n' "$id" >"$private/signing/Containerfile" || full
    set -- --file "$private/signing/Containerfile" --platform "$DTK_PLATFORM" --tag "localhost/dtk-$id"
    case $builder in
    docker) set -- buildx build --load --provenance=false --progress=plain "$@" ;;
    *)
        for what in name digest; do
            about=org.opencontainers.image.base.$what
            case $builder in
            podman) value=$(podman image inspect --format "{{index .Annotations \"$about\"}}" "localhost/dtk-$id") ;;
            *) value=$(buildah inspect --type image --format "{{index .ImageAnnotations \"$about\"}}" "localhost/dtk-$id") ;;
            esac
            set -- "$@" --annotation "$about=$value"
        done
        set -- build --layers=false --force-rm --pull=never "$@"
        ;;
    esac
    run sign "$builder" "$@" "$private/signing" || fail "cannot sign the modules of $image: $(explain sign)"
}

push() {
    pushing=yes
    host=${DTK_IMAGE%%/*}
    for tag in $DTK_TAGS; do
        image=$DTK_IMAGE:$tag
        phase="pushing $image"
        case $builder in
        docker)
            docker tag "localhost/dtk-$id" "$image" ||
                fail "cannot name the image $image: docker did not keep what was built"
            set -- push "$image"
            ;;
        *)
            # shellcheck disable=SC2046  # options
            set -- push --digestfile "$private/digest" $(reach "$host") "localhost/dtk-$id" "docker://$image"
            ;;
        esac
        attempt push with_login "$host" "$builder" "$@" || fail "cannot push $image: $(explain push)"
        if [ "$builder" = docker ]; then
            sed -n 's/.*digest: \(sha256:[0-9a-f]*\) .*/\1/p' "$private/push.log" >"$private/digest"
            docker rmi "$image" >/dev/null 2>&1
        fi
        [ -n "$result" ] || pushed=$image@$(cat "$private/digest")
    done
    [ -z "${DTK_CHECK-}" ] || "$builder" rmi "$DTK_CHECK" >/dev/null 2>&1
    result=$pushed
}

# Where another build needs the toolkit, it has a name of its own for it. In place of that of dtk-common.sh.
leave() {
    for name in ${DTK_BASE_MIRRORS-} "${DTK_TOOLKIT%@*}"; do
        "$builder" rmi "$name@${DTK_TOOLKIT#*@}" >/dev/null 2>&1
    done
}

# ---- The whole

end_with "it is not pushed under all of its tags"
check_driver
system=dtk-$DTK_KERNEL_FULL-$id
image=$DTK_IMAGE:$DTK_TAG
prepare
find_toolkit
if [ -n "${DTK_CHECK-}" ]; then
    take
else
    began=$(date +%s)
    say "building $image for $DTK_PLATFORM with $builder, in the toolkit $DTK_TOOLKIT_NAME"
    build
    say "built in $(($(date +%s) - began)) s"
fi
check_fit
push
