package io.jenkins.plugins.dtk.plan;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The shell script that builds one image on an agent. Its text is constant: it carries the files of {@code resources/}
 * within itself and takes every value from the environment, so that no value can become a command.
 */
public final class AgentScript {

    /** The programs that it can build with. */
    public static final List<String> BUILDERS = List.of("podman", "buildah", "docker");

    /** With these words {@code dtk-reasons.sh} says that a registry refused to write a tag that is there. */
    static final String TAG_IS_IMMUTABLE = "does not let this tag be written again";

    /** Ends each embedded file; no file holds such a line. */
    private static final String END = "END_OF_DTK_FILE";

    private static final List<String> FILES = List.of(
            "Containerfile",
            "dtk-check.sh",
            "dtk-common.sh",
            "dtk-builder.sh",
            "dtk-base.sh",
            "dtk-login.sh",
            "dtk-reasons.sh",
            "dtk-clean.sh",
            "dtk-guard.sh",
            "dtk-repos.sh",
            "dtk-search.sh",
            "dtk_find.py",
            "dtk_lock.py",
            "dtk-install.sh",
            "dtk-rhsm.sh",
            "dtk-client.sh",
            "dtk-build.sh",
            "dtk-driver.sh",
            "dtk-run.sh");

    /**
     * Makes the build's own folder. The first line undoes what the shell's options are by the environment; on a full disk
     * the folder goes first, as there is no room for the last line otherwise. bash writes what follows {@code <<} to
     * TMPDIR.
     */
    private static final String HEAD =
            """
            #!/bin/sh
            set +aefmuvxC
            dtk_fail() {
                test -z "$DTK_FOLDER" || rm -rf "$DTK_FOLDER"
                printf 'dtk: failed: %s\\n' "$1" >&2
                exit 1
            }
            DTK_FOLDER=
            dtk_tmp=${WORKSPACE_TMP:-${TMPDIR:-/tmp}}
            mkdir -p "$dtk_tmp" 2>/dev/null
            dtk_full="cannot make a folder in $dtk_tmp: check that it is writable and that the disk is not full"
            DTK_FOLDER=$(cd "$dtk_tmp" 2>/dev/null && mktemp -d "$(pwd -P)/dtk.XXXXXXXX" 2>/dev/null) || dtk_fail "$dtk_full"
            trap 'dtk_fail "stopped by a signal before it began"' HUP INT TERM
            export DTK_FOLDER
            export TMPDIR="$DTK_FOLDER"
            mkdir "$DTK_FOLDER/context" 2>/dev/null || dtk_fail "$dtk_full"
            """;

    /** Runs the build in a shell without what the environment makes of its options and start-up files. */
    private static final String TAIL =
            """
            command -v env >/dev/null || dtk_fail "this agent has no env: install coreutils"
            unset BASH_ENV ENV
            exec env -u SHELLOPTS -u BASHOPTS sh "$DTK_FOLDER/context/dtk-run.sh"
            """;

    /** What comes first, so that no value is shown. */
    private static final String OPTIONS = "set +aefmuvxC\n";

    private static final String TEXT = assemble();

    private AgentScript() {}

    /** The script, for a POSIX shell. */
    public static String text() {
        return TEXT;
    }

    /**
     * The same, for a driver: with what its build is given, and where relative paths begin.
     *
     * @param variables of the script, whose values are no secrets
     */
    public static String with(Map<String, String> variables) {
        StringBuilder settings = new StringBuilder("DTK_HERE=$(pwd -P)\nexport DTK_HERE\n");
        variables.forEach((name, value) -> settings.append("export ")
                .append(name)
                .append("='")
                .append(value.replace("'", "'\\''"))
                .append("'\n"));
        return TEXT.replaceFirst(Pattern.quote(OPTIONS), Matcher.quoteReplacement(OPTIONS + settings));
    }

    /** The script that checks whether a machine can build images: {@code resources/dtk-doctor.sh}. */
    public static String doctor() {
        return script("dtk-doctor.sh");
    }

    private static String assemble() {
        StringBuilder script = new StringBuilder(HEAD);
        for (String file : FILES) {
            script.append("cat >\"$DTK_FOLDER/context/")
                    .append(file)
                    .append("\" 2>/dev/null <<'")
                    .append(END)
                    .append("' || dtk_fail \"$dtk_full\"\n");
            script.append(script(file)).append(END).append('\n');
        }
        return script.append(TAIL).toString();
    }

    private static String script(String file) {
        try (InputStream in = AgentScript.class.getResourceAsStream("agent/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the plugin was packaged without agent/" + file);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (text.lines().anyMatch(END::equals) || !text.endsWith("\n")) {
                throw new IllegalStateException("agent/" + file + " cannot be embedded in the script");
            }
            return text;
        } catch (IOException e) {
            throw new IllegalStateException("agent/" + file + " cannot be read", e);
        }
    }
}
