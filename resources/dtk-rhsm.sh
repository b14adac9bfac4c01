#!/bin/sh
# Registers this system with RHSM and takes it out again. Runs as root inside the build (see dtk-install.sh):
#
#   dtk-rhsm.sh register NAME   with the organisation and the activation key that the files RHSM_ORG and
#                               RHSM_ACTIVATIONKEY in /run/secrets hold; or takes the certificate in the file
#                               RHSM_CERTIFICATE there, of a system that others registered; does nothing without them
#   dtk-rhsm.sh unregister      leaves nothing of the registration behind; does nothing when there was none
#   dtk-rhsm.sh leave           tells RHSM alone that this system is gone
#
# No signal cuts it short: a system that was registered but does not know it yet could never be unregistered.
set +x
set -eu
trap '' TERM INT HUP
export LC_ALL=C
# Lets subscription-manager register from within a container, once the link to the host's subscription is away.
export SMDEV_CONTAINER_OFF=1

org_file=/run/secrets/RHSM_ORG
key_file=/run/secrets/RHSM_ACTIVATIONKEY
certificate_file=/run/secrets/RHSM_CERTIFICATE
host_link=/etc/rhsm-host
log=$(mktemp)
trap 'rm -f "$log"' EXIT

fail() {
    printf 'dtk: failed: %s\n' "$*" >&2
    exit 1
}

# subscription-manager takes the key as an argument only, and arguments show in every process list. So its own
# interpreter runs its script inside a process whose arguments do not hold the key.
subscription_manager_register() {
    program=$(command -v subscription-manager)
    interpreter=$(sed -n '1s/^#! *//p' "$program")
    case $interpreter in
    *python*)
        # shellcheck disable=SC2086  # the interpreter may come with options
        $interpreter -c '
import runpy, sys
program, name, org, key = sys.argv[1:]
sys.argv = [program, "register", "--name=" + name,
            "--org=" + open(org).read().strip(), "--activationkey=" + open(key).read().strip()]
runpy.run_path(program, run_name="__main__")' "$program" "$1" "$org_file" "$key_file"
        ;;
    *sh)
        set +eu -- register "--name=$1" "--org=$org" "--activationkey=$key"
        # shellcheck source=/dev/null
        . "$program"
        ;;
    *)
        echo "$program is neither Python nor a shell script: its key would show in the process list"
        return 1
        ;;
    esac
}

# Prints a text with the secrets covered.
masked() {
    text=$1
    for secret in "$org" "$key"; do
        while :; do
            case $text in
            *"$secret"*) text="${text%%"$secret"*}****${text#*"$secret"}" ;;
            *) break ;;
            esac
        done
    done
    printf '%s\n' "$text"
}

hide_host() {
    if [ -e "$host_link" ] || [ -L "$host_link" ]; then
        mv "$host_link" "$host_link.dtk"
    fi
}

# Certificates with their keys, the first with the first and so on, under names from which subscription-manager derives
# the name of the key. What follows a certificate belongs to it: the repositories that it gives access to.
use_certificate() {
    hide_host
    mkdir -p /etc/pki/entitlement
    awk '
        /^-----BEGIN .*PRIVATE KEY-----/ { file = "/etc/pki/entitlement/dtk" ++keys "-key.pem" }
        /^-----BEGIN CERTIFICATE-----/ { file = "/etc/pki/entitlement/dtk" ++certificates ".pem" }
        /^-----BEGIN / { inside = 1 }
        inside && file { print > file }
        /^-----END / { inside = 0 }
        END { if (!keys) print "KEY"; else if (keys != certificates) print "CERTIFICATE for each of its keys" }
    ' "$certificate_file" >"$log"
    [ ! -s "$log" ] || fail "RHSM_CERTIFICATE holds no $(cat "$log") in PEM"
    echo "dtk: using the certificate of a registered system"
}

register() {
    if [ -s "$certificate_file" ]; then
        use_certificate
        return 0
    fi
    if ! [ -s "$org_file" ] && ! [ -s "$key_file" ]; then
        echo "dtk: not registering with RHSM: RHSM_ORG and RHSM_ACTIVATIONKEY are not given"
        return 0
    fi
    if ! [ -s "$org_file" ] || ! [ -s "$key_file" ]; then
        fail "cannot register with RHSM: only one of RHSM_ORG and RHSM_ACTIVATIONKEY is given; give both or none"
    fi
    command -v subscription-manager >/dev/null ||
        fail "cannot register with RHSM: the base image has no subscription-manager; use ubi, not ubi-minimal"
    org=$(cat "$org_file")
    key=$(cat "$key_file")
    hide_host
    for pause in 5 20 0; do
        if (subscription_manager_register "$1") >"$log" 2>&1; then
            echo "dtk: registered with RHSM as $1"
            return 0
        fi
        grep -qiE 'timed out|network error|unable to (reach|verify)|\(?(429|50[0-9])\)? ' "$log" || break
        sleep "$pause"
    done
    masked "$(cat "$log")" >&2
    fail "cannot register with RHSM: $(masked "$(tail -n 1 "$log")"); check RHSM_ORG and RHSM_ACTIVATIONKEY"
}

leave() {
    hide_host
    for pause in 2 10 0; do
        if subscription-manager unregister >"$log" 2>&1; then
            echo "dtk: unregistered from RHSM"
            break
        fi
        [ "$pause" != 0 ] || echo "dtk: warning: this system is still registered with RHSM, delete it there:" \
            "$(tail -n 1 "$log")" >&2
        sleep "$pause"
    done
}

unregister() {
    [ -s "$org_file" ] || [ -s "$certificate_file" ] || return 0
    [ ! -e /etc/pki/consumer/cert.pem ] || leave
    rm -rf /etc/pki/consumer/* /etc/pki/entitlement/* /etc/yum.repos.d/redhat.repo /etc/rhsm/syspurpose/syspurpose.json
    rm -rf /var/log/rhsm/* /var/lib/rhsm/*/*
    if [ -e "$host_link.dtk" ] || [ -L "$host_link.dtk" ]; then
        mv "$host_link.dtk" "$host_link"
    fi
}

case $1 in
register) register "$2" ;;
unregister) unregister ;;
leave) leave ;;
esac
