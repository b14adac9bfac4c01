#!/bin/sh
# Builds the Driver Toolkit image of one kernel for one architecture on this agent and pushes it to DTK_IMAGE:DTK_TAG.
#
# Values come from the environment alone (dtk-check.sh says what each may hold):
#   DTK_FOLDER         the folder of this build, in which dtk-run.sh starts this; all these scripts are in its "context"
#   DTK_KERNEL         4.18.0-305.40.1.el8_4           DTK_KERNEL_FULL  the same with .x86_64 at its end
#   DTK_KERNEL_RT      real-time kernel, or empty      DTK_RHEL         8.4
#   DTK_ARCH           x86_64                          DTK_PLATFORM     linux/amd64
#   DTK_IMAGE          HOST[:PORT]/REPO                DTK_TAG          4.18.0-305.40.1.el8_4.x86_64
#   DTK_BASE_IMAGE     HOST[:PORT]/REPO[:TAG]          DTK_BASE_DIGEST  sha256:..., or empty: then the tag decides
#   DTK_BASE_NAME      what people call the base image, where DTK_BASE_IMAGE is a mirror; empty: that
#   DTK_RELEASES       4.8.36,4.9.27, or empty         DTK_BUILDER      podman (default), buildah or docker (buildx)
#   DTK_KERNEL_64K     kernel of 64 KiB pages, where a release ships one for aarch64; or empty
#   DTK_EXTRA_PACKAGES additional packages to install, separated by spaces, or empty
#   DTK_EXTRA_REPOS    additional repositories to look into, by id or address, separated by spaces, or empty
#   DTK_BASE_MIRRORS   where the base image is looked for first, names like DTK_BASE_IMAGE, separated by spaces, or empty
#   DTK_CACHE          folder on this agent for what many images have in common; empty: /var/tmp/driver-toolkit-UID
#   DTK_PLAIN_HTTP     HOST:PORT of registries without TLS, separated by spaces, or empty
#   DTK_UNVERIFIED_TLS HOST:PORT of registries whose certificate is not verified, separated by spaces, or empty
#   DTK_CERTIFICATES   certificates of additional authorities to trust, in PEM, those below a line [HOST] for that registry
#                      alone; or empty; too long for a variable, it goes on in DTK_CERTIFICATES_2, _3...
#   DTK_RHSM_URL       address of a Satellite or another subscription service, or empty: then the base image decides
#   DTK_RHSM_CA        the certificates to trust for it, in PEM, or empty
# Secrets leave the environment at once and are given only to the one program that needs them:
#   RHSM_ORG, RHSM_ACTIVATIONKEY              both or none: see dtk-rhsm.sh
#   RHSM_CERTIFICATE                          instead of them: the certificate and key of a registered system, in PEM;
#                                             where that is too long for a variable, it goes on in RHSM_CERTIFICATE_2, _3...
#   COSIGN_PRIVATE_KEY, COSIGN_PASSWORD       with a key, cosign signs what was pushed; none: it stays unsigned
#   DTK_REGISTRY_USER, DTK_REGISTRY_PASSWORD  login at the host of DTK_IMAGE, both or none; none: the agent's own login
#
# Its last line is "dtk: pushed HOST/REPO:TAG@sha256:..." (exit code 0), or "dtk: failed: " with what was tried, what
# was wrong and what to do (exit code 1, on standard error). Only a completed push writes the tag. On SIGTERM, SIGINT or
# SIGHUP it unregisters from RHSM and cleans up: send the signal to this script alone, not to the builder that it runs.
set +aefmuvxC
set -u
export LC_ALL=C

registry_user=${DTK_REGISTRY_USER-}
registry_password=${DTK_REGISTRY_PASSWORD-}
rhsm_org=${RHSM_ORG-}
rhsm_activationkey=${RHSM_ACTIVATIONKEY-}
rhsm_certificate=${RHSM_CERTIFICATE-}
certificates=${DTK_CERTIFICATES-}
part=2
while eval "next=\${RHSM_CERTIFICATE_$part-} more=\${DTK_CERTIFICATES_$part-}" && [ -n "$next$more" ]; do
    rhsm_certificate=$rhsm_certificate$next
    certificates=$certificates$more
    unset "RHSM_CERTIFICATE_$part" "DTK_CERTIFICATES_$part"
    part=$((part + 1))
done
cosign_key=${COSIGN_PRIVATE_KEY-}
cosign_password=${COSIGN_PASSWORD-}
unset DTK_REGISTRY_USER DTK_REGISTRY_PASSWORD RHSM_ORG RHSM_ACTIVATIONKEY RHSM_CERTIFICATE
unset COSIGN_PRIVATE_KEY COSIGN_PASSWORD DTK_CERTIFICATES

# shellcheck source-path=SCRIPTDIR source=dtk-common.sh
. context/dtk-common.sh
base=

# ---- The steps

prepare() {
    need_builder
    if [ "$builder" = docker ] && ! docker buildx version >/dev/null 2>&1; then
        fail "docker on this agent has no buildx: install docker-buildx-plugin, or choose the builder podman or buildah"
    fi
    [ -z "$cosign_key" ] || command -v cosign >/dev/null ||
        fail "this agent has no cosign, and there is a key to sign with: install it, or give no COSIGN_PRIVATE_KEY"
    (mkdir "$private" && note_owner) 2>/dev/null || full
    find_cache
    # A file, as it may be too long for a variable. printf is part of the shell: nothing of it is in an argument.
    [ -z "$rhsm_certificate" ] || (umask 077 && printf '%s\n' "$rhsm_certificate" >"$private/certificate") ||
        full
    [ -z "${DTK_RHSM_URL-}" ] || printf '%s\n' "$DTK_RHSM_URL" "${DTK_RHSM_CA-}" >"$private/server" || full
    [ -z "$registry_user" ] || write_login
    write_certificates
}

build() {
    phase="building $image"
    host=${base%%/*}
    set -- --platform "$DTK_PLATFORM" --no-cache --tag "localhost/dtk-$id" \
        --build-arg "BASE=$base" --build-arg "DTK_BUILD=$system" --build-arg "DTK_RHEL=$DTK_RHEL" \
        --build-arg "DTK_KERNEL_FULL=$DTK_KERNEL_FULL" --build-arg "DTK_KERNEL_RT_FULL=$kernel_rt_full" \
        --build-arg "DTK_KERNEL_64K=$kernel_64k" --build-arg "DTK_RELEASES=${DTK_RELEASES-}" \
        --build-arg "DTK_EXTRA_REPOS=${DTK_EXTRA_REPOS-}" --build-arg "DTK_EXTRA_PACKAGES=${DTK_EXTRA_PACKAGES-}" \
        --label "org.opencontainers.image.title=Driver Toolkit" \
        --label "org.opencontainers.image.version=$DTK_KERNEL" \
        --label "org.opencontainers.image.base.name=$base_name" \
        --label "org.opencontainers.image.revision=$(cat "$context"/Containerfile "$context"/dtk-*.sh "$context"/dtk_*.py | sha256sum |
            cut -d ' ' -f 1)" \
        --label "version=$DTK_KERNEL" \
        --label "kernel-version=$DTK_KERNEL_FULL" \
        --label "io.jenkins.plugins.dtk.rhel-version=$DTK_RHEL"
    [ -z "$kernel_rt_full" ] || set -- "$@" --label "kernel-rt-version=$kernel_rt_full"
    [ -z "$kernel_64k" ] || set -- "$@" --label "kernel-64k-version=$kernel_64k.aarch64+64k"
    [ -z "${DTK_BASE_DIGEST-}" ] || set -- "$@" --label "org.opencontainers.image.base.digest=$DTK_BASE_DIGEST"
    [ -z "${DTK_RELEASES-}" ] || set -- "$@" --label "io.jenkins.plugins.dtk.openshift-releases=$DTK_RELEASES"
    [ -z "${BUILD_URL-}" ] || set -- "$@" --label "io.jenkins.plugins.dtk.build-url=$BUILD_URL"
    [ -z "$rhsm_org" ] || set -- "$@" --secret id=RHSM_ORG,type=env,env=RHSM_ORG \
        --secret id=RHSM_ACTIVATIONKEY,type=env,env=RHSM_ACTIVATIONKEY
    # No secret, but no value to be seen in the image's history either.
    [ -z "${DTK_RHSM_URL-}" ] || set -- "$@" --secret id=RHSM_SERVER,src=build/server
    [ -z "$rhsm_certificate" ] || set -- "$@" --secret id=RHSM_CERTIFICATE,src=build/certificate
    case $builder in
    docker) set -- buildx build --load --provenance=false --progress=plain --file context/Containerfile "$@" ;;
    *)
        # Both would annotate the image with the local name of the base.
        [ -z "${DTK_BASE_DIGEST-}" ] || set -- --annotation "org.opencontainers.image.base.digest=$DTK_BASE_DIGEST" "$@"
        # Their own caches would go with the folder for temporary files.
        sed '/^ *--mount=type=cache/d' context/Containerfile >"$private/Containerfile" 2>/dev/null || full
        [ -z "$cache" ] || set -- --volume "$cache:/var/cache/dtk:z" "$@"
        set -- build --file "$private/Containerfile" --layers=false --force-rm --pull=never \
            --annotation "org.opencontainers.image.base.name=$base_name" "$@"
        ;;
    esac
    run build with_rhsm with_login "$host" "$builder" "$@" context
    status=$?
    if [ "$status" -gt 128 ]; then
        unregister_remains
        fail "cannot build $image: $builder was killed (exit code $status); give the agent enough memory"
    fi
    [ "$status" = 0 ] || fail "cannot build $image: $(explain build)"
}

push() {
    phase="pushing $image"
    host=${DTK_IMAGE%%/*}
    case $builder in
    docker)
        docker tag "localhost/dtk-$id" "$image" ||
            fail "cannot name the image $image: docker did not keep what it built"
        set -- push "$image"
        ;;
    *)
        # shellcheck disable=SC2046  # options
        set -- push --digestfile "$private/digest" $(reach "$host") \
            "localhost/dtk-$id" "docker://$image"
        ;;
    esac
    attempt push with_login "$host" "$builder" "$@" || fail "cannot push $image: $(explain push)"
    [ "$builder" != docker ] || sed -n 's/.*digest: \(sha256:[0-9a-f]*\) .*/\1/p' "$private/push.log" >"$private/digest"
    pushed=$image@$(cat "$private/digest")
}

# Runs a command with what cosign needs: never as its arguments.
with_key() {
    export COSIGN_PRIVATE_KEY="$cosign_key" COSIGN_PASSWORD="$cosign_password"
    "$@"
}

# By digest: the tag may name another image by now.
sign() {
    [ -n "$cosign_key" ] || return 0
    phase="signing $pushed"
    set -- sign --yes --key env://COSIGN_PRIVATE_KEY "$DTK_IMAGE@${pushed##*@}"
    host=${DTK_IMAGE%%/*}
    ! listed "$host" "${DTK_PLAIN_HTTP-}" || set -- "$@" --allow-http-registry
    ! listed "$host" "${DTK_UNVERIFIED_TLS-}" || set -- "$@" --allow-insecure-registry
    attempt sign with_key with_trust with_login "$host" cosign "$@" ||
        fail "cannot sign $pushed, which is pushed: $(explain sign)"
}

# ---- The whole

end_with "nothing was pushed"
check_input
system=dtk-$DTK_KERNEL_FULL-$id
image=$DTK_IMAGE:$DTK_TAG
prepare
began=$(date +%s)
say "building $image for $DTK_PLATFORM on $DTK_BASE_IMAGE with $builder"
pull_base
build
size=$("$builder" images --format '{{.Size}}' "localhost/dtk-$id")
say "built in $(($(date +%s) - began)) s, $size unpacked"
push
sign
result=$pushed
