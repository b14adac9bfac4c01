package io.jenkins.plugins.dtk.cli;

import java.io.PrintStream;

/**
 * Where a command writes.
 *
 * @param out the result
 * @param err progress, warnings and errors
 * @param interactive whether a person watches {@code err} on a terminal on which a line can be written over
 * @param progress whether progress is shown
 */
record Terminal(PrintStream out, PrintStream err, boolean interactive, boolean progress) {

    /** One that shows progress. */
    Terminal(PrintStream out, PrintStream err, boolean interactive) {
        this(out, err, interactive, true);
    }

    /** The launcher knows whether standard error is a terminal; Java alone knows it only of all three streams. */
    static Terminal system() {
        String known = System.getProperty("dtk.terminal");
        boolean interactive = known == null ? System.console() != null : Boolean.parseBoolean(known);
        return new Terminal(System.out, System.err, interactive && !"dumb".equals(System.getenv("TERM")));
    }

    /** The same without progress. */
    Terminal quiet() {
        return new Terminal(out, err, interactive, false);
    }
}
