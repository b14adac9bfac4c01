package io.jenkins.plugins.dtk.plan;

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

    private static final List<String> FILES = List.of(
            "Containerfile",
            "dtk-check.sh",
            "dtk-builder.sh",
            "dtk-clean.sh",
            "dtk-guard.sh",
            "dtk-repos.sh",
            "dtk-install.sh",
            "dtk-rhsm.sh",
            "dtk-build.sh");

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

    /**
     * Runs the build, once for each architecture where the variables that differ by architecture are comma lists. One
     * that fails does not keep the others from being built. Each run checks its own values.
     */
    private static final String TAIL =
            """
            dtk_build() {
                sh "$DTK_CONTEXT/dtk-build.sh" &
                dtk_child=$!
                dtk_status=0
                wait "$dtk_child" || dtk_status=$?
                dtk_child=
                return "$dtk_status"
            }
            dtk_nth() {
                printf '%s\\n' "$1" | cut -s -d , -f "$dtk_n"
            }
            case ${DTK_ARCH-} in
            *,*) ;;
            *) dtk_build; exit $? ;;
            esac
            dtk_archs=$DTK_ARCH dtk_platforms=${DTK_PLATFORM-} dtk_kernels=${DTK_KERNEL_FULL-} dtk_tags=${DTK_TAG-}
            dtk_n=0 dtk_failed=0
            while dtk_n=$((dtk_n + 1)) && DTK_ARCH=$(dtk_nth "$dtk_archs,") && test -n "$DTK_ARCH"; do
                DTK_PLATFORM=$(dtk_nth "$dtk_platforms,")
                DTK_KERNEL_FULL=$(dtk_nth "$dtk_kernels,")
                DTK_TAG=$(dtk_nth "$dtk_tags,")
                export DTK_ARCH DTK_PLATFORM DTK_KERNEL_FULL DTK_TAG
                dtk_build || dtk_failed=1
            done
            exit "$dtk_failed"
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
