# shellcheck shell=sh disable=SC2034,SC2154  # it shares its variables with dtk-rhsm.sh
# Runs subscription-manager, again where that may help, and reports why it failed; dtk-rhsm.sh reads this file. Values:
# $org_file, $key_file and $conf, $log for what the client prints, and $doing for what is being done.
client=
ticker=

# subscription-manager takes the key as an argument only, and arguments show in every process list. So its own
# interpreter runs its script inside a process whose arguments do not hold the key.
subscription_manager_register() {
    program=$(command -v subscription-manager)
    interpreter=$(sed -n '1s/^#! *//p' "$program")
    case $interpreter in
    *python*)
        # shellcheck disable=SC2086  # the interpreter may come with options
        exec $interpreter -c '
import runpy, sys
program, name, org, key = sys.argv[1:]
sys.argv = [program, "register", "--name=" + name,
            "--org=" + open(org).read().strip(), "--activationkey=" + open(key).read().strip()]
runpy.run_path(program, run_name="__main__")' "$program" "$1" "$org_file" "$key_file"
        ;;
    *sh)
        set +eu -- register "--name=$1" "--org=$(cat "$org_file")" "--activationkey=$(cat "$key_file")"
        # shellcheck source=/dev/null
        . "$program"
        ;;
    *)
        echo "$program is neither Python nor a shell script: its key would show in the process list"
        return 1
        ;;
    esac
}

# Prints standard input with the organisation and the key covered, also as addresses spell them. One of less than eight
# characters is covered only where it is a word: else an organisation "ent" would be covered in "Content".
masked() {
    awk -v files="$org_file $key_file" '
        function spelled(text, safe,    out, i, c) {
            for (i = 1; i <= length(text); i++) {
                c = substr(text, i, 1)
                if (c ~ /[A-Za-z0-9_.~-]/ || index(safe, c)) out = out c
                else out = out (c == " " && safe == "+" ? "+" : sprintf("%%%02X", code[c]))
            }
            return out
        }
        function stands_alone(text, at, size) {
            return size >= 8 || !(substr(" " text, at, 2) ~ /^[A-Za-z0-9][A-Za-z0-9]/ ||
                substr(text, at + size - 1, 2) ~ /^[A-Za-z0-9][A-Za-z0-9]/)
        }
        BEGIN {
            for (i = 1; i < 256; i++) code[sprintf("%c", i)] = i
            count = split(files, file, " ")
            for (i = 1; i <= count; i++)
                while ((getline line <file[i]) > 0) {
                    gsub(/^[ \t\r]+|[ \t\r]+$/, "", line)
                    if (line == "") continue
                    forms[line] = forms[spelled(line, "")] = forms[spelled(line, "/")] = forms[spelled(line, "+")] = 1
                }
        }
        {
            split("", hidden)
            for (form in forms)
                for (at = 1; (next_at = index(substr($0, at), form)) > 0; at += next_at)
                    if (stands_alone($0, at + next_at - 1, length(form)))
                        for (i = 0; i < length(form); i++) hidden[at + next_at - 1 + i] = 1
            out = ""
            for (i = 1; i <= length($0); i++)
                out = out (!(i in hidden) ? substr($0, i, 1) : (i - 1) in hidden ? "" : "****")
            print out
        }'
}

# What subscription-manager said last, in one line.
said() {
    line=$(grep . "$log" | tail -n 1)
    case $line in
    "}"*) line=$(tr -s '\n ' ' ' <"$log") ;; # the server quotes what it was asked
    esac
    printf '%s\n' "${line:-nothing}" | masked | cut -c 1-400
}

# Whether a later try may succeed where $log says why this one did not. The texts are those of
# candlepin/subscription-manager 1.30.15 (src/subscription_manager/exceptions.py, src/rhsm/connection.py).
# "Problem creating unit" is said while an earlier request for the same system is still being worked on.
passing() {
    grep -Eq 'rate limit has been exceeded|Remote server error|HTTP error (code )?\(?(408|429|5[0-9][0-9])' "$log" ||
        grep -Eq '^(Network|Connection|Proxy) error|Unable to reach the server|timed out|Problem creating unit' "$log"
}

# Whether RHSM cannot have registered anything, as it was not reached or said no.
untouched() {
    ! passing ||
        grep -Eq 'rate limit|Connection refused|Name or service not known|Proxy error: unable to connect to [^:]' "$log"
}

# bash would report a process that a signal ends before it listens. Where its file cannot be written, it never says so.
stop_ticker() {
    process=$ticker
    ticker=
    tries=100
    until [ -e "$log.ticks" ] || [ "$tries" = 0 ]; do
        sleep 0.1
        tries=$((tries - 1))
    done
    kill -USR1 "$process" 2>/dev/null || :
    rm -f "$log.ticks"
}

# run COMMAND...: runs it with its output in $log. Every half minute a line says what is waited for: $doing.
run() {
    (
        trap 'kill -KILL "${!-}" 2>/dev/null; exit' USR1 # those who started this may ignore SIGTERM
        : >"$log.ticks"
        seconds=0
        while sleep 30 & wait "$!"; do
            seconds=$((seconds + 30))
            echo "dtk: still waiting for RHSM after $seconds s: $doing"
        done
    ) &
    ticker=$!
    "$@" >"$log" 2>&1 </dev/null &
    client=$!
    status=0
    wait "$client" || status=$?
    client=
    stop_ticker
    return "$status"
}

has_identity() {
    [ -s "$consumer/cert.pem" ]
}

# again UNLESS COMMAND...: runs the command until it succeeds, or UNLESS does, or no further try may help.
again() {
    unless=$1
    shift
    for pause in 5 20 60 0; do
        ! run "$@" || return 0
        ! "$unless" || return 0
        [ "$unless" = false ] || untouched || doubt=yes
        [ "$pause" != 0 ] && passing || return 1
        asked_to_wait=$(sed -n 's/.*Expires in \([0-9]\{1,2\}\) second.*/\1/p' "$log" | tail -n 1)
        pause=$((pause > ${asked_to_wait:-0} ? pause : asked_to_wait))
        echo "dtk: trying again in $pause s: $doing: $(said)"
        sleep "$pause" &
        client=$!
        wait "$client" || :
        client=
    done
}

# What to do about what $log says.
advice() {
    if grep -Eq 'HTTP error (code )?\(?40[13]|ctivation key|rganization' "$log"; then
        echo "check RHSM_ORG and RHSM_ACTIVATIONKEY"
    elif grep -Eq 'Proxy error|error code 407' "$log"; then
        echo "check the proxy that the build uses"
    elif grep -Eq 'Error loading certificate|erify server|verify failed|Bad CA certificate' "$log"; then
        # The client looks at its own certificate first when it does not trust the server's, and stumbles there.
        echo "check that the CA of the subscription service is given and is trusted: $(server)"
    elif passing; then
        echo "the subscription service does not answer properly, try again later: $(server)"
    else
        echo "see the lines above"
    fi
}

# The address of the service that is asked.
server() {
    awk -F '[ \t]*=[ \t]*' '
        $1 ~ /^(hostname|port|prefix)$/ && !($1 in value) { value[$1] = $2 }
        END {
            port = value["port"] == "" || value["port"] == 443 ? "" : ":" value["port"]
            print "https://" value["hostname"] port value["prefix"]
        }' "$conf"
}

# Prints all that is known of a failure, as nothing of it stays.
report() {
    masked <"$log" >&2
    [ ! -f /var/log/rhsm/rhsm.log ] ||
        grep -F '[ERROR]' /var/log/rhsm/rhsm.log | tail -n 10 | sed 's/^/rhsm.log: /' | masked >&2
}
