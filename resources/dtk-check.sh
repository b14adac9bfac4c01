# shellcheck shell=sh disable=SC2034,SC2154  # it shares its variables with dtk-build.sh
# What the variables of dtk-build.sh may hold; it reads this file and calls check_input. No value is used before that.

# check NAME PATTERN EXAMPLE: the whole of the variable NAME must match the pattern.
check() {
    eval "value=\${$1-}"
    # A line break is no character of any value; grep looks at single lines.
    case $value in
    *[!A-Za-z0-9._:/@+,~$\ -]*) ;;
    *) ! printf '%s\n' "$value" | grep -Eq "^($2)\$" || return 0 ;;
    esac
    fail "$1 is malformed: '$(printf '%.200s' "$value" | tr -c '[:print:]' '?')'; it should look like $3"
}

# Secrets are never quoted.
check_pair() {
    case ${2:+set},${4:+set} in
    set,) fail "$1 is set but $3 is not: set both or none" ;;
    ,set) fail "$3 is set but $1 is not: set both or none" ;;
    esac
}

check_certificates() {
    case $2 in
    "" | *"-----BEGIN CERTIFICATE-----"*"-----END CERTIFICATE-----"*) ;;
    *) fail "$1 holds no certificate: it should be PEM, from -----BEGIN CERTIFICATE----- on" ;;
    esac
}

# A short name would mean another image on each agent.
check_registry() {
    case ${2%%/*} in
    *[.:]* | localhost) ;;
    *) fail "$1 names no registry: '$2'; write its host too, as in docker.io/$2" ;;
    esac
}

# Fails unless everything is well-formed; sets $kernel_rt_full to what uname -r prints on the real-time kernel.
check_input() {
    kernel='[0-9]+\.[0-9]+\.[0-9]+-[0-9][A-Za-z0-9._+]{0,80}'
    host='[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?'
    path='(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)+'
    tag='[A-Za-z0-9_][A-Za-z0-9._-]{0,127}'
    # shellcheck disable=SC2016  # variables of dnf's
    variable='\$(releasever|basearch|arch)'
    repository="[A-Za-z0-9][A-Za-z0-9._-]*|https?://$host(/([A-Za-z0-9._~:@+-]|$variable)*)*"
    package='[A-Za-z0-9][A-Za-z0-9._+-]*'
    release='[0-9][A-Za-z0-9.+-]*'
    check DTK_KERNEL "$kernel" "4.18.0-305.40.1.el8_4"
    check DTK_KERNEL_RT "($kernel)?" "4.18.0-305.40.1.rt7.112.el8_4, or be empty"
    check DTK_KERNEL_64K "($kernel)?" "5.14.0-427.61.1.el9_4, or be empty"
    check DTK_ARCH "x86_64|aarch64|ppc64le|s390x" "x86_64, aarch64, ppc64le or s390x"
    check DTK_RHEL "[0-9]{1,2}(\.[0-9]{1,2})?" "8.4"
    check DTK_IMAGE "$host$path" "quay.io/acme/driver-toolkit"
    check DTK_TAG "$tag" "4.18.0-305.40.1.el8_4.x86_64"
    check DTK_BASE_IMAGE "$host$path(:$tag)?" "registry.access.redhat.com/ubi8/ubi:8.4"
    check DTK_BASE_NAME "($host$path(:$tag)?)?" "registry.access.redhat.com/ubi8/ubi:8.4, or be empty"
    check DTK_BASE_DIGEST "(sha256:[0-9a-f]{64})?" "sha256: and 64 hexadecimal digits, or be empty"
    check DTK_RELEASES "($release(,$release)*)?" "4.8.36,4.9.27, or be empty"
    check DTK_BASE_MIRRORS " *($host$path(:$tag)?( |\$))*" "mirror.lab:5000/ubi8/ubi:8.4, or be empty"
    check DTK_UNVERIFIED_TLS " *($host *)*" "127.0.0.1:5000 registry.lab:5000, or be empty"
    check DTK_PLAIN_HTTP " *($host *)*" "127.0.0.1:5000 registry.lab:5000, or be empty"
    check DTK_EXTRA_REPOS " *(($repository) *( |\$))*" \
        "crb https://mirror.lab/rhel/\$releasever/\$basearch/, or be empty"
    check DTK_EXTRA_PACKAGES " *($package *( |\$))*" "dwarves elfutils-devel, or be empty"
    check DTK_RHSM_URL "(https://$host(/[A-Za-z0-9._~-]+)+)?" "https://satellite.lab/rhsm, or be empty"
    check DTK_CACHE "(/[A-Za-z0-9._/@+ -]*)?" "/var/cache/driver-toolkit, or be empty"
    check DTK_BUILDER "(podman|buildah|docker)?" "podman, buildah or docker"

    case $DTK_ARCH in
    x86_64) platform=linux/amd64 ;;
    aarch64) platform=linux/arm64 ;;
    *) platform=linux/$DTK_ARCH ;;
    esac
    [ "${DTK_PLATFORM-}" = "$platform" ] || fail "DTK_PLATFORM must be $platform where DTK_ARCH is $DTK_ARCH"
    [ "${DTK_KERNEL_FULL-}" = "$DTK_KERNEL.$DTK_ARCH" ] || fail "DTK_KERNEL_FULL must be $DTK_KERNEL.$DTK_ARCH here"
    check_registry DTK_IMAGE "$DTK_IMAGE"
    check_registry DTK_BASE_IMAGE "$DTK_BASE_IMAGE"
    check_pair DTK_REGISTRY_USER "$registry_user" DTK_REGISTRY_PASSWORD "$registry_password"
    check_pair RHSM_ORG "$rhsm_org" RHSM_ACTIVATIONKEY "$rhsm_activationkey"
    check_certificates DTK_CERTIFICATES "$certificates"
    check_certificates DTK_RHSM_CA "${DTK_RHSM_CA-}"
    [ -z "$rhsm_org" ] || [ -z "$rhsm_certificate" ] ||
        fail "RHSM_ORG and RHSM_CERTIFICATE exclude each other: unset one"

    # What the image says it stands on is the name that people know, wherever it was pulled from.
    base_name=${DTK_BASE_NAME:-$DTK_BASE_IMAGE}
    # Like its real-time one, a kernel of 64 KiB pages is for one architecture.
    kernel_64k=
    [ "$DTK_ARCH" != aarch64 ] || kernel_64k=${DTK_KERNEL_64K-}

    # Only x86_64 nodes run a real-time kernel. From RHEL 9.3 on both kernels have one version: +rt distinguishes them.
    kernel_rt_full=
    case $DTK_ARCH,${DTK_KERNEL_RT-} in
    x86_64,) ;;
    x86_64,*.rt[0-9]*) kernel_rt_full=$DTK_KERNEL_RT.x86_64 ;;
    x86_64,*) kernel_rt_full=$DTK_KERNEL_RT.x86_64+rt ;;
    esac
}
