# shellcheck shell=sh disable=SC2154  # it shares its variables with dtk-build.sh
# Why podman, buildah, docker or cosign failed, from their own words; dtk-build.sh reads this file. The builders repeat the
# commands and names that we gave them in what they say of a failure: none of that is looked at.

# The end of the log of the command NAME without our commands. docker puts "#12 3.456 " before lines.
unnamed() {
    tail -n 60 "$private/$1.log" 2>/dev/null | tr -d '\r' | sed -E \
        -e 's/^#[0-9]+ ([0-9]+\.[0-9]+ )?//' \
        -e '/^(\[[0-9]+\/[0-9]+\] )?STEP [0-9]+/d' -e '/^ *> \[/d' -e '/^-+$/d' -e '/^ *[0-9]+ \|/d' \
        -e '/^\[[^]]*\] (RUN|COPY|FROM) /d' -e '/^ *[0-9]* *>>> /d' -e '/^ERROR: \[.*\] (RUN|COPY|FROM) /d' \
        -e 's/^.* at STEP "(RUN|COPY|FROM|ARG|LABEL) .*": /Error: the build'\''s command failed, /' \
        -e 's/^.*(process ".*" did not complete successfully|executor failed running \[.*\]):/Error: the build'\''s command failed,/' |
        grep .
}

# The same without names that we gave.
words() {
    unnamed "$1" | sed -E -e 's/sha256:[0-9a-f]+/~/g' -e 's/repository [^ :]+/repository ~/g' |
        names="$DTK_IMAGE $DTK_BASE_IMAGE ${base-} ${DTK_IMAGE%%/*} ${DTK_BASE_IMAGE%%/*} ${DTK_IMAGE#*/} $DTK_TAG $DTK_KERNEL" \
            within=${folder-} awk '
            BEGIN { count = split(ENVIRON["names"], name, " "); name[++count] = ENVIRON["within"] }
            {
                for (i = 1; i <= count; i++)
                    while (name[i] ~ /[^a-z]/ && (at = index($0, name[i])) > 0)
                        $0 = substr($0, 1, at - 1) "\001" substr($0, at + length(name[i]))
                print
            }' | tr '\001' '~'
}

# Of what words() prints, the lines in which a program says that it failed; all, where it says so in none.
complaints() {
    all=$(words "$1")
    printf '%s\n' "$all" | grep -Ei '^(error|fatal|err)|level=(error|fatal)|^E[0-9]{4} |^(write|tee|sh|mkdir):|denied:|unauthorized:|exec format error|no space left on device' ||
        printf '%s\n' "$all"
}

# Answers that come and go: of registries, of their proxies, and of the network.
transient='status ?(code)?:? (408|425|429|5[0-9][0-9])|\((408|429|5[0-9][0-9]|too many requests)\)|too ?many ?requests'
transient="$transient|: (429|5[0-9][0-9]) [A-Z(]|[^0-9](429|5[0-9][0-9]) \\([A-Z]|connection refused|connection reset"
transient="$transient|closed (idle |network )?connection|broken pipe|: (unexpected )?EOF|time(d )?out|unreachable"
transient="$transient|no such host|temporary failure|TLS handshake timeout|server misbehaving"

# Whether the command NAME failed by something that comes and goes.
is_transient() {
    complaints "$1" | grep -Eqi "$transient"
}

# Why the command NAME failed and what to do.
explain() {
    inner=$(tail -n 60 "$private/$1.log" 2>/dev/null | grep -Ev "^(\[[0-9/]+\] )?STEP |STEP \"|^ *[0-9]* *(\\||>>>)" |
        sed -n 's/.*dtk: failed: //p' | tail -n 1)
    if [ -n "$inner" ]; then
        printf '%s\n' "$inner"
        return
    fi
    said=$(complaints "$1")
    last=$(unnamed "$1" | grep -E '^(Error|ERROR|error)' | tail -n 1)
    last=$(printf '%.400s' "${last:-$(unnamed "$1" | tail -n 1)}")
    advice=$(rules | while IFS='#' read -r pattern advice; do
        ! printf '%s\n' "$said" | grep -Eqi -e "$pattern" || printf '%s\n' "$advice"
    done | head -n 1)
    if [ -n "$advice" ]; then
        printf '%s (%s)\n' "$advice" "$last"
    elif ! (printf '%4096s' '' >"$private/room") 2>/dev/null; then
        printf 'the disk is full: free space in %s\n' "$folder"
    else
        printf '%s\n' "${last:-$builder printed nothing}"
    fi
}

# What a program says, and what that means. The first that fits counts.
rules() {
    printf '%s\n' 'no space left|disk quota exceeded|not enough (disk |free )?space#the disk is full: free space on this agent' \
        "exec format error|exec user process caused#this agent cannot run $DTK_PLATFORM: install qemu-user-static, or use an \
agent of that architecture" \
        'server gave HTTP response to HTTPS|does not look like a TLS handshake#the registry speaks plain HTTP: allow that for'\
' it, or give it TLS' \
        'x509: .*(expired|not yet valid)#the registry'\''s certificate has expired, or the clock of this agent is wrong' \
        'x509: .*(valid for|cannot validate|not valid for|contain any|common name)#the registry'\''s certificate is for another'\
' name: reach it by the name that it is for' \
        'x509:|unknown certificate authority#the registry'\''s certificate is not trusted on this agent: install its CA there' \
        'immutab|cannot be overwritten|not allow updating|redeploy is not allowed|to delete/overwrite|disallowed on this '\
'registry, repository or image#the registry does not let this tag be written again: its tags are immutable; exempt its '\
'repository from that rule' \
        '(\(|: |status:? ?)413|entity too large#the registry, or a proxy before it, takes no layers of this size: raise its limit' \
        "no image found in .*(architecture|platform)|no match(ing manifest)? for (platform|linux)|does not match the \
specified platform|no matching manifest#it is not there for $DTK_PLATFORM" \
        'too ?many ?requests|rate limit|statuscode: 429#the registry'\''s limit of requests is reached: log in, or try again later' \
        'unauthorized|authentication required|(invalid|incorrect) username|40[13] \(?(forbidden|unauthorized)|statuscode: 40[13]|denied|no basic'\
' auth credentials#the registry refused the login: check user and password' \
        'manifest unknown|name unknown|not found|not known|404 \(?not found#it is not there: check its name' \
        "$transient#the registry did not answer properly: try again later"
}
