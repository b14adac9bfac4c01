# shellcheck shell=sh disable=SC2154  # it shares its variables with dtk-build.sh
# How the programs of this agent reach registries: dtk-build.sh reads this file. What its admin configured stays in force;
# the login, and what the controller's configuration says of a registry, are handed over beside that in private files.

# write_login: the login for the registry of DTK_IMAGE as podman and buildah read it, and for docker and cosign.
write_login() {
    key=${DTK_IMAGE%%/*} repository=$DTK_IMAGE
    case $key in
    docker.io) key=https://index.docker.io/v1/ repository=index.$DTK_IMAGE ;;
    esac
    (
        umask 077
        printf '%s:%s' "$registry_user" "$registry_password" | base64 | tr -d '\n' >"$private/login" &&
            printf '{"auths":{"%s":{"auth":"%s"}}}\n' "$key" "$(cat "$private/login")" >"$private/auth.json"
    ) 2>/dev/null || full
    if [ "$builder" = docker ] || [ -n "$cosign_key" ]; then
        write_docker_folder
    fi
    rm -f "$private/login"
}

# The user's own folder of docker's configuration with one login more: contexts, builders, plugins, proxies and
# credential helpers stay.
write_docker_folder() {
    own=${DOCKER_CONFIG:-${HOME-}/.docker}
    mkdir -m 700 "$private/docker" 2>/dev/null || full
    for entry in "$own"/* "$own"/.[!.]*; do
        [ ! -e "$entry" ] || [ "${entry##*/}" = config.json ] || ln -s "$entry" "$private/docker/" 2>/dev/null || full
    done
    [ -s "$own/config.json" ] || own=
    (
        umask 077
        if [ -n "$own" ]; then cat "$own/config.json"; else echo '{}'; fi | add_login >"$private/docker/config.json"
    ) || fail "cannot read $own/config.json, docker's configuration of this user: it is no JSON object"
}

# Reads docker's config.json and prints it with the login for $key. An empty helper for it means that file itself: else
# one for all registries would be asked instead (docker/cli cli/config/configfile/file.go, getConfiguredCredentialStore).
# cosign looks for $repository before $key, and fails when a helper does (google/go-containerregistry
# pkg/authn/keychain.go, ResolveMany).
add_login() {
    key=$key repository=$repository login=$private/login awk '
        function bad() { failed = 1; exit 1 }
        function blank(at) { while (substr(text, at, 1) ~ /[ \t\r\n]/) at++; return at }
        function behind_string(at,  c) {
            while ((c = substr(text, ++at, 1)) != "\"") {
                if (c == "") bad()
                if (c == "\\") at++
            }
            return at + 1
        }
        function behind(at,  c, depth, from) {
            c = substr(text, at, 1)
            if (c == "\"") return behind_string(at)
            from = at
            if (c != "{" && c != "[") {
                while (substr(text, at, 1) ~ /[^],} \t\r\n]/) at++
                if (at == from) bad()
                return at
            }
            do {
                c = substr(text, at, 1)
                if (c == "") bad()
                if (c == "\"") { at = behind_string(at); continue }
                if (c == "{" || c == "[") depth++
                if (c == "}" || c == "]") depth--
                at++
            } while (depth > 0)
            return at
        }
        # Prints the members of the object at this place, each with a comma behind it. Those of the two objects that get
        # one more are printed later, and what they say of our registry is not.
        function members(at, inside,  from, name, value) {
            if (substr(text, at, 1) != "{") bad()
            at = blank(at + 1)
            while (substr(text, at, 1) == "\"") {
                from = at
                at = behind_string(at)
                name = substr(text, from + 1, at - from - 2)
                at = blank(at)
                if (substr(text, at, 1) != ":") bad()
                value = at = blank(at + 1)
                at = behind(at)
                if (!inside && (name == "auths" || name == "credHelpers")) place[name] = value
                else if (!inside || name != ENVIRON["key"] && name != ENVIRON["repository"]) printf "%s,", substr(text, from, at - from)
                at = blank(at)
                if (substr(text, at, 1) == ",") at = blank(at + 1)
            }
            if (substr(text, at, 1) != "}") bad()
            return at + 1
        }
        function more(name, value) {
            printf "\"%s\":{", name
            if (name in place && substr(text, place[name], 1) == "{") members(place[name], 1)
            printf "\"%s\":%s", ENVIRON["key"], value
        }
        { text = text $0 "\n" }
        END {
            if (failed) exit 1
            getline login <ENVIRON["login"]
            printf "{"
            if (substr(text, blank(members(blank(1), 0))) != "") bad()
            more("auths", "{\"auth\":\"" login "\"}")
            printf "},"
            more("credHelpers", "\"\"")
            printf ",\"%s\":\"\"}}\n", ENVIRON["repository"]
        }'
}

# Runs a command with the login for the registry HOST, if there is one, and what else is trusted.
with_login() {
    if [ -f "$private/auth.json" ] && [ "$1" = "${DTK_IMAGE%%/*}" ]; then
        export REGISTRY_AUTH_FILE="$folder/$private/auth.json"
        [ ! -d "$private/docker" ] || export DOCKER_CONFIG="$folder/$private/docker"
    fi
    shift
    exec "$@"
}

# Whether HOST is in a list of hosts.
listed() {
    case " $2 " in
    *" $1 "*) ;;
    *) false ;;
    esac
}

# The options of podman and buildah for the registry HOST, one a line. Without a word of the controller there are none: an
# option overrides what registries.conf of this agent says.
reach() {
    if listed "$1" "${DTK_PLAIN_HTTP-} ${DTK_UNVERIFIED_TLS-}"; then
        echo --tls-verify=false
    elif [ -s "$private/trusted.pem" ]; then
        certificates "$1"
        echo "--cert-dir=$private/certs"
    fi
}

# The certificates that are trusted for all registries and for HOST: those before any line [HOST], and below its own.
trusted() {
    host=$1 awk '
        /^[ \t]*\[.*\][ \t\r]*$/ { gsub(/[][ \t\r]/, ""); other = tolower($0) != tolower(ENVIRON["host"]); next }
        !other { print }
    ' "$private/trusted.pem"
}

# Fills the folder certs for HOST. It stands in place of those that the agent has for this registry, so they are in it too.
certificates() {
    rm -rf "$private/certs"
    (
        umask 077
        mkdir "$private/certs"
        for own in "${HOME-}/.config/containers/certs.d/$1" "/etc/containers/certs.d/$1" "/etc/docker/certs.d/$1"; do
            [ -d "$own" ] || continue
            cp "$own"/*.crt "$own"/*.cert "$own"/*.key "$private/certs/" 2>/dev/null
            break
        done
        trusted "$1" >"$private/certs/dtk.crt"
    )
}

# Writes what the controller trusts, which may be too long for one variable.
write_certificates() {
    [ -n "$certificates" ] || return 0
    (umask 077 && printf '%s\n' "$certificates" >"$private/trusted.pem") 2>/dev/null || full
    [ "$builder" != docker ] || say "warning: the daemon of docker trusts what is in its own /etc/docker/certs.d alone:" \
        "the certificates that Jenkins trusts do not reach it"
}

# Runs cosign with what the controller trusts beside what this agent does.
with_trust() {
    if [ -s "$private/trusted.pem" ]; then
        for own in "${SSL_CERT_FILE-}" /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/certs/ca-certificates.crt \
            /etc/ssl/cert.pem /etc/ssl/ca-bundle.pem; do
            [ ! -s "$own" ] || break
        done
        { cat "$own" && trusted "${DTK_IMAGE%%/*}"; } >"$private/bundle.pem" 2>/dev/null
        export SSL_CERT_FILE="$folder/$private/bundle.pem"
    fi
    "$@"
}
