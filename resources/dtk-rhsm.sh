#!/bin/sh
# Registers this system with RHSM and takes it out again. Runs as root inside the build (see dtk-install.sh):
#
#   dtk-rhsm.sh register NAME   with the organisation and the activation key that the files RHSM_ORG and
#                               RHSM_ACTIVATIONKEY in /run/secrets hold; or takes the certificate in the file
#                               RHSM_CERTIFICATE there, of a system that others registered; does nothing without them
#   dtk-rhsm.sh unregister      leaves nothing of the registration behind; does nothing when there was none
#   dtk-rhsm.sh leave           unregisters a system whose identity is in /etc/pki/consumer, and does nothing else
#
# The file RHSM_SERVER in /run/secrets holds the address of a Satellite, https://HOST[:PORT]/PREFIX, in its first line,
# and below it the certificates to trust for it; without it, rhsm.conf of the base image decides.
#
# One registration is one system. NAME decides by which hardware (dmi.system.uuid) RHSM knows the system, and whoever
# registers known hardware gets the identity of the system that is there (candlepin/candlepin ConsumerResource.java,
# createConsumer; Katello/katello registration_manager.rb does the same by host name). So after an answer that was lost,
# registering again asks for the identity. The controller can do that too: it follows in the log what is registered
# ("dtk: registering with RHSM at ADDRESS: NAME") and what is not ("dtk: unregistered from RHSM: NAME" and
# "dtk: not registered with RHSM: NAME"), and goes on where this could not.
set +x
set -eu
trap '' TERM INT HUP
export LC_ALL=C
# Standard output of subscription-manager must not come after the error that explains it.
export PYTHONUNBUFFERED=1

org_file=/run/secrets/RHSM_ORG
key_file=/run/secrets/RHSM_ACTIVATIONKEY
certificate_file=/run/secrets/RHSM_CERTIFICATE
server_file=/run/secrets/RHSM_SERVER
consumer=/etc/pki/consumer
host_link=/etc/rhsm-host
conf=/etc/rhsm/rhsm.conf
facts=/etc/rhsm/facts/dtk.facts
server_ca=/etc/rhsm/ca/dtk-server.pem
# The name of a system that was asked for, and may be registered also where its identity has not come.
asked=/tmp/dtk-rhsm-asked
# The name of the system that was registered, and below it what RHSM_SERVER held: for those who unregister it elsewhere.
note=$consumer/dtk.pem
# Not removed by a trap: a process that bash makes from this one can run it too, when it is ended as it starts.
log=$(mktemp)

fail() {
    rm -f "$log"
    printf 'dtk: failed: %s\n' "$*" >&2
    exit 1
}

warn() {
    printf 'dtk: warning: %s\n' "$*" >&2
}

# shellcheck source-path=SCRIPTDIR source=dtk-client.sh
. "$(dirname "$0")/dtk-client.sh"

hide_host() {
    if [ -e "$host_link" ] || [ -L "$host_link" ]; then
        mv "$host_link" "$host_link.dtk"
    fi
}

# Lets subscription-manager and its plugin in dnf use the server that is set. It trusts only what is in its own folder.
use_server() {
    [ -s "$1" ] && [ ! -e "$conf.dtk" ] || return 0
    address=$(head -n 1 "$1")
    address=${address#https://}
    authority=${address%%/*}
    prefix=${address#"$authority"}
    prefix=${prefix:-/}
    name_of_host=${authority%%:*}
    port=443
    [ "$authority" = "$name_of_host" ] || port=${authority##*:}
    { sed 1d "$1" && cat /etc/pki/tls/certs/ca-bundle.crt; } >"$server_ca" 2>/dev/null || :
    cp -p "$conf" "$conf.dtk"
    set -- "--server.hostname=$name_of_host" "--server.port=$port" "--server.prefix=$prefix" \
        "--rhsm.repo_ca_cert=$server_ca"
    # A Satellite has the packages beside its service. A Capsule has the service at 8443, and the packages at 443.
    case $prefix,$port in
    /rhsm,443 | /rhsm,8443) set -- "$@" "--rhsm.baseurl=https://$name_of_host/pulp/content" ;;
    /rhsm,*) set -- "$@" "--rhsm.baseurl=https://$name_of_host:$port/pulp/content" ;;
    esac
    doing="setting its address"
    run subscription-manager config "$@" || fail "cannot set the address of the subscription service: $(said)"
}

# What the system says of itself, in place of what is true of the agent: RHSM must not take it for the agent, which may
# be registered too and would be unregistered with it, nor for another build there.
describe() {
    host=$(printf '%s\n' "$1" | tr 'A-Z_+' 'a-z--')
    hardware=$(printf '%s' "$1" | sha256sum |
        sed 's/^\(.\{8\}\)\(.\{4\}\)\(.\{4\}\)\(.\{4\}\)\(.\{12\}\).*/\1-\2-\3-\4-\5/')
    mkdir -p "$(dirname "$facts")"
    printf '{"dmi.system.uuid": "%s", "virt.is_guest": false, "network.hostname": "%s", "network.fqdn": "%s"}\n' \
        "$hardware" "$host" "$host" >"$facts"
}

# Certificates with their keys, the first with the first and so on, under names from which subscription-manager derives
# the name of the key. What follows a certificate belongs to it: the repositories that it gives access to.
use_certificate() {
    hide_host
    use_server "$server_file"
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

# Registers the system, which may be registered already: without any harm to it.
enrol() {
    doubt=
    doing="registering with RHSM as $1"
    if again has_identity subscription_manager_register "$1"; then
        { echo "$1" && cat "$server_file" 2>/dev/null; } >"$note" || :
        return 0
    fi
    return 1
}

# Fetches what the registration did not fetch any more, and takes back what the activation key says of the system: a
# release version would replace $releasever in the repositories, and an override may be anything.
set_up() {
    doing="fetching the certificates of $1"
    entitled || again entitled subscription-manager refresh || return 1
    doing="removing the release version of the activation key from $1"
    again false subscription-manager release --unset || return 1
    doing="removing the content overrides of the activation key from $1"
    again false subscription-manager repo-override --remove-all
}

entitled() {
    for certificate in /etc/pki/entitlement/*.pem; do
        [ ! -s "$certificate" ] || return 0
    done
    return 1
}

# Ends the client at once. The system is looked for by unregister.
stopped() {
    [ -z "$ticker" ] || stop_ticker
    [ -z "$client" ] || kill -KILL "$client" 2>/dev/null || :
    fail "stopped by a signal while $doing"
}

register() {
    name=$(printf '%s\n' "$1" | tr + -) # which Candlepin takes in no name
    if [ -s "$certificate_file" ]; then
        use_certificate
        return 0
    fi
    org=$(tr -d '[:space:]' 2>/dev/null <"$org_file" || :)
    key=$(tr -d '[:space:]' 2>/dev/null <"$key_file" || :)
    case ${org:+set},${key:+set} in
    ,)
        echo "dtk: not registering with RHSM: RHSM_ORG and RHSM_ACTIVATIONKEY are not given"
        return 0
        ;;
    set,set) ;;
    *) fail "cannot register with RHSM: only one of RHSM_ORG and RHSM_ACTIVATIONKEY is given; give both or none" ;;
    esac
    command -v subscription-manager >/dev/null ||
        fail "cannot register with RHSM: the base image has no subscription-manager; use ubi, not ubi-minimal"
    doing="starting"
    trap stopped TERM INT HUP
    hide_host
    use_server "$server_file"
    describe "$name"
    echo "$name" >"$asked"
    echo "dtk: registering with RHSM at $(server): $name"
    if ! enrol "$name"; then
        report
        if [ -z "$doubt" ]; then
            rm -f "$asked"
            echo "dtk: not registered with RHSM: $name"
        fi
        fail "cannot register with RHSM: $(said); $(advice)${doubt:+; whether $name is registered is unknown}"
    fi
    if ! set_up "$name"; then
        report
        fail "registered with RHSM, but failed at $doing: $(said); $(advice)"
    fi
    entitled ||
        fail "RHSM gives the system no certificate: let the organisation have simple content access, or use another key"
    echo "dtk: registered with RHSM as $name"
}

# Unregistering is short work for the service, and others wait for it.
be_quick() {
    [ -e "$conf.dtk" ] || cp -p "$conf" "$conf.dtk" 2>/dev/null || return 0
    sed -i '/^server_timeout/d; s/^\[server\].*/&\nserver_timeout = 30/' "$conf"
}

leave() {
    hide_host
    be_quick
    name=$(head -n 1 "$note" 2>/dev/null || cat "$asked")
    doing="unregistering $name from RHSM"
    if again false subscription-manager unregister; then
        echo "dtk: unregistered from RHSM: $name"
        rm -f "$asked"
    else
        warn "still registered with RHSM at $(server): $name: $(said)"
    fi
}

# Asks for the identity of a system that may be registered, and unregisters it.
look_for_it() {
    name=$(cat "$asked")
    be_quick
    doing="looking for $name at RHSM"
    if run subscription_manager_register "$name" || has_identity; then
        leave
    else
        warn "perhaps still registered with RHSM at $(server): $name: $(said)"
    fi
}

unregister() {
    [ -s "$org_file" ] || [ -s "$certificate_file" ] || return 0
    if has_identity; then
        leave
    elif [ -f "$asked" ]; then
        look_for_it
    fi
    rm -rf "${consumer:?}"/* /etc/pki/entitlement/* /etc/yum.repos.d/redhat.repo /etc/rhsm/syspurpose/syspurpose.json
    rm -rf /var/log/rhsm/* /var/lib/rhsm/*/* "$facts" "$server_ca" "$asked"
    [ ! -f "$conf.dtk" ] || mv "$conf.dtk" "$conf"
    if [ -e "$host_link.dtk" ] || [ -L "$host_link.dtk" ]; then
        mv "$host_link.dtk" "$host_link"
    fi
}

case $1 in
register) register "$2" ;;
unregister) unregister ;;
leave)
    sed 1d "$note" >"$asked"
    use_server "$asked"
    leave
    ;;
esac
rm -f "$log"
