# shellcheck shell=sh disable=SC2034,SC2154  # it shares its variables with dtk-build.sh
# Brings the base image onto this agent; dtk-build.sh reads this file.

# Sets $base to what the build starts from: from the first of its mirrors that has it, or from its own place.
pull_base() {
    for name in ${DTK_BASE_MIRRORS-} "$DTK_BASE_IMAGE"; do
        base=$name
        if [ -n "${DTK_BASE_DIGEST-}" ]; then
            case ${base##*/} in
            *:*) base=${base%:*} ;;
            esac
            base=$base@$DTK_BASE_DIGEST
        fi
        phase="pulling the base image $base"
        host=${base%%/*}
        # docker's builder pulls what it needs by itself; of several places one is chosen here.
        if [ "$builder" = docker ]; then
            [ "$name" != "$DTK_BASE_IMAGE" ] || return 0
            set -- docker buildx imagetools inspect "$base"
        else
            # shellcheck disable=SC2046  # options
            set -- "$builder" pull --quiet --platform "$DTK_PLATFORM" $(reach "$host") "docker://$base"
        fi
        if [ "$name" = "$DTK_BASE_IMAGE" ]; then
            attempt pull with_login "$host" "$@" || fail "cannot pull the base image $base: $(explain pull)"
            break
        fi
        ! run pull with_login "$host" "$@" || break
        say "warning: its mirror has no base image $base: $(explain pull)"
    done
    [ "$builder" = docker ] || name_base
}

# Gives the pulled base image a name of this build's own: builds for other architectures may at this moment give the
# public name another image.
name_base() {
    case $builder in
    podman) architecture='{{.Architecture}}' ;;
    buildah) architecture='{{.OCIv1.Architecture}}' ;;
    esac
    # Again where other builds that end at this moment remove the image before it has the name or is looked at.
    for try in 1 2 3; do
        made_for=
        ! "$builder" tag "$(tail -n 1 "$private/pull.log")" "localhost/dtk-base-$id" ||
            made_for=$("$builder" inspect --type image --format "$architecture" "localhost/dtk-base-$id")
        [ -z "$made_for" ] || break
        [ "$try" != 3 ] || fail "cannot use the base image $base: it vanished from this agent; try again"
        # shellcheck disable=SC2046  # options
        attempt pull with_login "$host" \
            "$builder" pull --quiet --platform "$DTK_PLATFORM" $(reach "$host") "docker://$base" ||
            fail "cannot pull the base image $base: $(explain pull)"
    done
    # An image that is no index is pulled whatever it is made for.
    [ "linux/$made_for" = "$DTK_PLATFORM" ] ||
        fail "cannot use the base image $base: it is there for linux/$made_for, not for $DTK_PLATFORM"
    base=localhost/dtk-base-$id
}
