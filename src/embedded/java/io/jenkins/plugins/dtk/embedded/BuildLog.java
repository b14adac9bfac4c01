package io.jenkins.plugins.dtk.embedded;

import io.jenkins.plugins.dtk.text.SecretMask;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The one way out for all that a run prints: whole lines, secrets hidden, the branch's name in front. */
final class BuildLog {

    private final PrintStream out;
    private final Set<String> secrets = new LinkedHashSet<>();
    private volatile SecretMask mask = new SecretMask(List.of());

    BuildLog(PrintStream out) {
        this.out = out;
    }

    /** Hides these from now on, in every form that the mask knows. */
    synchronized void hide(Collection<String> more) {
        if (secrets.addAll(more)) {
            mask = new SecretMask(secrets);
        }
    }

    /** Where a branch writes to; an empty name is the pipeline itself. Closing it ends its last line. */
    OutputStream branch(String name) {
        String prefix = name.isEmpty() ? "" : '[' + name + "] ";
        return new LineStream(line -> write(prefix + line));
    }

    /** One line, or several, of the pipeline itself. */
    void line(String text) {
        text.lines().forEach(this::write);
    }

    private void write(String line) {
        String shown = mask.hide(line);
        synchronized (out) {
            out.println(shown);
            out.flush();
        }
    }
}
