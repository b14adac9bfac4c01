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

    private static final List<String> FILES = List.of("Containerfile", "dtk-install.sh", "dtk-build.sh");

    private static final String TEXT = assemble();

    private AgentScript() {}

    /** The script, for a POSIX shell. */
    public static String text() {
        return TEXT;
    }

    private static String assemble() {
        StringBuilder script = new StringBuilder("#!/bin/sh\nset -eu\nset +x\n"
                + "DTK_CONTEXT=$(mktemp -d \"${WORKSPACE_TMP:-${TMPDIR:-/tmp}}/dtk.XXXXXXXX\")\n"
                + "export DTK_CONTEXT\n"
                + "dtk_child=\n"
                // The child has traps of its own: it is told, and waited for, before its files go.
                + "trap 'rm -rf \"$DTK_CONTEXT\"' EXIT\n"
                + "trap 'test -z \"$dtk_child\" || { kill -TERM \"$dtk_child\" || :; wait \"$dtk_child\" || :; }; exit 143'"
                + " HUP INT TERM\n");
        for (String file : FILES) {
            script.append("cat > \"$DTK_CONTEXT/")
                    .append(file)
                    .append("\" <<'")
                    .append(END)
                    .append("'\n");
            script.append(read(file)).append(END).append('\n');
        }
        script.append("sh \"$DTK_CONTEXT/dtk-build.sh\" &\ndtk_child=$!\nwait \"$dtk_child\"\n");
        return script.toString();
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
