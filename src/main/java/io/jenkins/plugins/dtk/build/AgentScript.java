package io.jenkins.plugins.dtk.build;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The shell script that builds one image on an agent. Its text is constant: it carries the files of {@code resources/}
 * within itself and takes every value from the environment, so that no value can become a command.
 */
public final class AgentScript {

    /** Ends each embedded file; no file holds such a line. */
    private static final String END = "END_OF_DTK_FILE";

    private static final List<String> FILES =
            List.of("Containerfile", "dtk-check.sh", "dtk-install.sh", "dtk-rhsm.sh", "dtk-build.sh");

    private static final String HEAD =
            """
            #!/bin/sh
            set -eu
            set +x
            dtk_tmp=${WORKSPACE_TMP:-${TMPDIR:-/tmp}}
            mkdir -p "$dtk_tmp" || :
            DTK_CONTEXT=$(mktemp -d "$dtk_tmp/dtk.XXXXXXXX") || {
                echo "dtk: failed: cannot make a folder in $dtk_tmp: check that it is writable and that the disk is not full" >&2
                exit 1
            }
            export DTK_CONTEXT
            dtk_child=
            trap 'rm -rf "$DTK_CONTEXT"' EXIT
            # The build cleans up after itself when it is told to stop: it is waited for before its files go.
            trap 'test -z "$dtk_child" || { kill -TERM "$dtk_child" || :; wait "$dtk_child" || :; }; exit 143' HUP INT TERM
            """;

    private static final String TAIL =
            """
            sh "$DTK_CONTEXT/dtk-build.sh" &
            dtk_child=$!
            wait "$dtk_child"
            """;

    private static final String TEXT = assemble();

    private AgentScript() {}

    /** The script, for a POSIX shell. */
    public static String text() {
        return TEXT;
    }

    private static String assemble() {
        StringBuilder script = new StringBuilder(HEAD);
        for (String file : FILES) {
            script.append("cat > \"$DTK_CONTEXT/")
                    .append(file)
                    .append("\" <<'")
                    .append(END)
                    .append("'\n");
            script.append(read(file)).append(END).append('\n');
        }
        return script.append(TAIL).toString();
    }

    private static String read(String file) {
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
