#!/bin/sh
# Checks whether this machine can build images, and says what to do where it cannot. It changes nothing.
#
# A line for each check: 'ok', 'wrong' or 'unknown', what was checked, what was found, and what to do. Exit codes: 0 all is
# ok, 1 something is wrong, 3 nothing is wrong, but something could not be checked.
#
# From the environment, all of it optional: DTK_BUILDER (podman, buildah or docker), DTK_ARCH (architectures to build for,
# separated by commas; this machine's by default), DTK_IMAGE (HOST/REPO that images are pushed to), DTK_REGISTRY_USER and
# DTK_REGISTRY_PASSWORD (its login), DTK_RHSM_URL (the subscription service).
set -u
set +x

wrong=0
unknown=0
private=$(mktemp -d) || exit 3
trap 'rm -rf "$private"' EXIT
trap 'exit 130' INT TERM HUP

say() {
    case $1 in
    wrong) wrong=$((wrong + 1)) ;;
    unknown) unknown=$((unknown + 1)) ;;
    esac
    printf '%-8s %-11s %s\n' "$1" "$2" "$3"
}

has() {
    command -v "$1" >/dev/null 2>&1
}

# bounded SECONDS COMMAND...: its output in $private/out, of which a check quotes the last line.
bounded() {
    seconds=$1
    shift
    if has timeout; then
        timeout "$seconds" "$@" >"$private/out" 2>&1 </dev/null
    else
        "$@" >"$private/out" 2>&1 </dev/null
    fi
}

last() {
    tail -n 1 "$private/out" | tr -cd '[:print:]' | cut -c1-200
}

# at_least WANTED FOUND: whether a version of two numbers is as high.
at_least() {
    printf '%s %s\n' "$1" "$2" | awk '{ split($1, w, "."); split($2, f, "."); exit !(f[1] > w[1] || (f[1] == w[1] && f[2] + 0 >= w[2] + 0)) }'
}

version() {
    sed -n 's/[^0-9]*\([0-9][0-9]*\.[0-9][0-9]*\).*/\1/p' "$private/out" | head -n 1
}

check_builder() {
    builder=${DTK_BUILDER-}
    for program in podman buildah docker; do
        [ -n "$builder" ] || ! has "$program" || builder=$program
    done
    case $builder in
    podman) least=4.0 ;;
    buildah) least=1.28 ;;
    docker) least=20.10 ;;
    '')
        say wrong builder "no podman, buildah or docker: install podman (Debian, Fedora, RHEL: podman)"
        return
        ;;
    *)
        say wrong builder "DTK_BUILDER is '$builder', which is none of podman, buildah and docker"
        builder=
        return
        ;;
    esac
    if ! has "$builder"; then
        say wrong builder "$builder is not installed"
        builder=
    elif ! bounded 30 "$builder" --version; then
        say wrong builder "$builder does not start: $(last)"
        builder=
    elif ! at_least "$least" "$(version)"; then
        say wrong builder "$builder $(version) is too old: $least or later is needed"
    else
        say ok builder "$builder $(version)"
    fi
}

check_docker() {
    [ "$builder" = docker ] || return 0
    if ! bounded 30 docker buildx version; then
        say wrong buildx "docker has no buildx: install the package docker-buildx or docker-buildx-plugin"
    elif ! bounded 30 docker version --format '{{.Server.Version}}'; then
        say wrong daemon "docker's daemon does not answer: $(last)"
    else
        say ok daemon "docker $(last) with buildx"
    fi
}

check_namespaces() {
    [ "$builder" = podman ] || [ "$builder" = buildah ] || return 0
    if [ "$(id -u)" = 0 ]; then
        say ok namespaces "not needed, because this is root"
    elif ! has newuidmap; then
        say wrong namespaces "no newuidmap: install uidmap (Debian) or shadow-utils (Fedora, RHEL)"
    elif ! grep -qE "^($(id -un)|$(id -u)):" /etc/subuid 2>/dev/null; then
        say wrong namespaces "$(id -un) has no range in /etc/subuid: usermod --add-subuids 100000-165535 --add-subgids 100000-165535 $(id -un)"
    elif ! bounded 30 "$builder" unshare true; then
        say wrong namespaces "'$builder unshare' fails: $(last); allow user namespaces (sysctl user.max_user_namespaces), or in a pod run the container with a range of user IDs"
    else
        say ok namespaces "rootless, with the user's range of IDs"
    fi
}

check_storage() {
    [ "$builder" = podman ] || [ "$builder" = buildah ] || return 0
    if ! bounded 60 "$builder" info; then
        say wrong storage "'$builder info' fails: $(last)"
        return
    fi
    driver=$(sed -n 's/.*"\{0,1\}[gG]raphDriverName"\{0,1\}: *"\{0,1\}\([a-z0-9-]*\).*/\1/p' "$private/out" | head -n 1)
    root=$(sed -n 's/.*"\{0,1\}[gG]raphRoot"\{0,1\}: *"\{0,1\}\([^",]*\).*/\1/p' "$private/out" | head -n 1)
    if [ "$driver" = vfs ]; then
        say wrong storage "the driver vfs copies each layer whole: install fuse-overlayfs, or set driver = \"overlay\" in storage.conf"
    else
        say ok storage "${driver:-?} in ${root:-?}"
    fi
    check_space "${root:-/var/lib/containers}" 6 "the builder's storage"
}

# check_space FOLDER GIB WHAT
check_space() {
    folder=$1
    while [ ! -d "$folder" ]; do folder=$(dirname "$folder"); done
    free=$(df -Pk "$folder" 2>/dev/null | awk 'NR == 2 { printf "%.1f", $4 / 1048576 }')
    if [ -z "$free" ]; then
        say unknown disk "df does not say how much is free in $folder, $3"
    elif at_least "$2.0" "$free"; then
        say ok disk "$free GiB free in $folder, $3"
    else
        say wrong disk "only $free GiB free in $folder, $3: an image takes some 3 GiB while it is built, so keep $2 free"
    fi
}

check_build() {
    [ "$builder" = podman ] || [ "$builder" = buildah ] || return 0
    mkdir "$private/context"
    printf 'FROM scratch\nCOPY Containerfile /\n' >"$private/context/Containerfile"
    name=localhost/dtk-doctor:$$
    if bounded 120 "$builder" build --tag "$name" "$private/context"; then
        say ok build "an image of one file was built and removed"
    else
        say wrong build "an image of one file cannot be built: $(last)"
    fi
    bounded 60 "$builder" rmi "$name" || :
}

# The architecture as 'uname -m' prints it, and what QEMU calls it.
check_architectures() {
    own=$(uname -m)
    for arch in $(printf %s "${DTK_ARCH:-$own}" | tr ',' ' '); do
        case $arch in
        x86_64 | aarch64 | ppc64le | s390x) ;;
        *)
            say wrong platform "'$arch' is none of x86_64, aarch64, ppc64le and s390x"
            continue
            ;;
        esac
        handler=/proc/sys/fs/binfmt_misc/qemu-$arch
        if [ "$arch" = "$own" ]; then
            say ok platform "$arch is this machine's own"
        elif [ ! -e "$handler" ]; then
            say wrong platform "$arch does not run here: install qemu-user-static (Debian, Fedora), or use an agent of that architecture"
        elif ! grep -q '^flags:.*F' "$handler"; then
            say wrong platform "QEMU for $arch is registered without the flag F, so containers do not find it: use the package's own registration"
        else
            say ok platform "$arch runs by QEMU, 5 to 10 times slower than an agent of its own"
        fi
    done
}

# fetch URL: prints the status of the answer. Fails with curl's reason in $private/out.
fetch() {
    curl --silent --show-error --output /dev/null --max-time 30 --write-out '%{http_code}' "$1" 2>"$private/out"
}

check_registry() {
    image=${DTK_IMAGE-}
    [ -n "$image" ] || return 0
    host=${image%%/*}
    case $host in
    "$image" | *[!A-Za-z0-9.:_-]*)
        say wrong registry "DTK_IMAGE is not HOST/REPO"
        return
        ;;
    esac
    if [ -n "${DTK_REGISTRY_USER-}" ] && [ -n "$builder" ]; then
        check_login
    elif ! has curl; then
        say unknown registry "no curl to reach $host with"
    elif ! status=$(fetch "https://$host/v2/"); then
        say wrong registry "$host: $(last)"
    elif [ "$status" = 200 ] || [ "$status" = 401 ]; then
        say ok registry "$host answers; without DTK_REGISTRY_USER the login is not checked"
    else
        say wrong registry "$host answers $status, which no registry does: is a proxy in between?"
    fi
}

# The builder logs in as it will for the push, in a folder of its own.
check_login() {
    mkdir "$private/login"
    case $builder in
    docker) set -- docker --config "$private/login" login ;;
    *) set -- "$builder" login --authfile "$private/login/auth.json" ;;
    esac
    set -- "$@" --username "$DTK_REGISTRY_USER" --password-stdin "$host"
    has timeout && set -- timeout 60 "$@"
    if printf %s "${DTK_REGISTRY_PASSWORD-}" | "$@" >"$private/out" 2>&1; then
        say ok registry "$host takes the login of $DTK_REGISTRY_USER"
    else
        case $(cat "$private/out") in
        *x509* | *certificate*) hint="add the authority to /etc/containers/certs.d/$host/ca.crt" ;;
        *"server gave HTTP response"*) hint="$host speaks plain http: set insecure = true for it in registries.conf" ;;
        *nauthorized* | *denied*) hint="check the user and the password" ;;
        *) hint="check the name, the network and the proxy" ;;
        esac
        say wrong registry "$host: $(last): $hint"
    fi
}

check_rhsm() {
    url=${DTK_RHSM_URL:-https://subscription.rhsm.redhat.com/subscription}
    if ! has curl; then
        say unknown rhsm "no curl to reach $url with"
    elif ! status=$(fetch "$url/status"); then
        say wrong rhsm "$url: $(last); images on CentOS Stream and on subscribed hosts need no subscription service"
    elif [ "$status" = 200 ]; then
        say ok rhsm "$url answers"
    else
        say wrong rhsm "$url answers $status"
    fi
}

check_builder
check_docker
check_namespaces
check_storage
check_build
check_space "${WORKSPACE_TMP:-${TMPDIR:-/tmp}}" 1 "where builds keep their files"
check_architectures
check_registry
check_rhsm

if [ "$wrong" != 0 ]; then
    printf 'dtk: %s wrong\n' "$wrong"
    exit 1
elif [ "$unknown" != 0 ]; then
    printf 'dtk: nothing wrong, %s not checked\n' "$unknown"
    exit 3
fi
echo "dtk: this machine can build images"
