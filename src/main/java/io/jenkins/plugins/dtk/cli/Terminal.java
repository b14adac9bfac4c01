package io.jenkins.plugins.dtk.cli;

import java.io.PrintStream;

/**
 * Where a command writes.
 *
 * @param out the result
 * @param err progress, warnings and errors
 * @param interactive whether a person watches {@code err}, so that a line may be written over
 */
record Terminal(PrintStream out, PrintStream err, boolean interactive) {

    /** The launcher tells whether standard error is a terminal; Java alone knows only of all three streams. */
    static Terminal system() {
        String told = System.getProperty("dtk.terminal");
        boolean interactive = told == null ? System.console() != null : Boolean.parseBoolean(told);
        return new Terminal(System.out, System.err, interactive);
    }
}
