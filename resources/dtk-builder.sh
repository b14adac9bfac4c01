# shellcheck shell=sh disable=SC2034,SC2154  # it shares its variables with dtk-build.sh
# Runs podman, buildah or docker, again where the network was to blame, and tells why it failed; dtk-build.sh reads it.

# run NAME COMMAND...: runs it with its output in the log and in the file NAME.log. In the background, so that a signal
# reaches this script at once.
run() {
    name=$1
    shift
    mkfifo "$private/pipe" || fail "cannot write into $private: check that the disk is not full"
    tee "$private/$name.log" <"$private/pipe" &
    tee=$!
    "$@" >"$private/pipe" 2>&1 </dev/null &
    child=$!
    wait "$child"
    status=$?
    child=
    # What a killed builder ran may live on and hold the pipe open.
    ended "$tee" 10 || kill "$tee"
    rm -f "$private/pipe"
    return "$status"
}

# attempt NAME COMMAND...: runs it again when the registry or the network was to blame.
attempt() {
    for pause in 3 10 0; do
        ! run "$@" || return 0
        [ "$pause" != 0 ] && grep -Eqi "$transient" "$private/$1.log" || return 1
        say "trying again in $pause s: $phase"
        sleep "$pause" &
        wait $!
    done
}

transient='status(code)?:? (408|429|5[0-9][0-9])|[^0-9](429|50[0234]) [A-Z]|too ?many ?requests|connection refused'
transient="$transient|connection reset|closed (idle |network )?connection|broken pipe|EOF|time(d )?out|unreachable"
transient="$transient|no such host|temporary failure"

# Why the command NAME failed and what to do, from the end of its log.
explain() {
    tail -n 20 "$private/$1.log" >"$private/end"
    inner=$(sed -n 's/.*dtk: failed: //p' "$private/end" | tail -n 1)
    last=$(grep . "$private/end" | tail -n 1 | cut -c 1-400)
    if [ -n "$inner" ]; then
        echo "$inner"
        return
    fi
    while IFS='#' read -r pattern advice; do
        if grep -Eqi "$pattern" "$private/end"; then
            echo "$advice ($last)"
            return
        fi
    done <<END
no space left#the disk is full: free space on this agent
unauthorized|authentication required|denied|invalid username#the registry refused the login: check user and password
server gave HTTP response to HTTPS#the registry speaks plain HTTP: allow that for it, or give it TLS
x509|certificate#the registry's certificate is not trusted on this agent: install its CA there
no image found in .*(architecture|platform)|no match for platform#it is not there for $DTK_PLATFORM
manifest unknown|name unknown|not found|not known#it is not there: check its name
exec format error#this agent cannot run $DTK_PLATFORM: install qemu-user-static, or use an agent of that architecture
$transient#the registry did not answer properly: try again later
END
    echo "$last"
}

# Runs a command with the login for the registry HOST, if there is one.
with_login() {
    if [ -f "$private/config.json" ] && [ "$1" = "${DTK_IMAGE%%/*}" ]; then
        export REGISTRY_AUTH_FILE="$private/config.json" DOCKER_CONFIG="$private"
    fi
    shift
    exec "$@"
}

# Runs one of the functions here with RHSM's secrets.
with_rhsm() {
    if [ -n "$rhsm_org" ]; then
        export RHSM_ORG="$rhsm_org" RHSM_ACTIVATIONKEY="$rhsm_activationkey"
    fi
    "$@"
}

# Whether to insist on TLS with the registry HOST.
tls() {
    case " ${DTK_PLAIN_HTTP-} " in
    *" $1 "*) echo false ;;
    *) echo true ;;
    esac
}
