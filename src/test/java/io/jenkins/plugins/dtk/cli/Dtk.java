package io.jenkins.plugins.dtk.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a run of the command line came to.
 *
 * @param exit its exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record Dtk(int exit, String out, String err) {

    /** Runs a command in this process, as if standard error were a file. */
    static Dtk run(String... args) {
        return run(Map.of(), args);
    }

    /** The same with variables of the environment. */
    static Dtk run(Map<String, String> environment, String... args) {
        return run(false, environment, args);
    }

    /** Runs a command in this process, as if a person watched. */
    static Dtk watched(String... args) {
        return run(true, Map.of(), args);
    }

    private static Dtk run(boolean interactive, Map<String, String> environment, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = Main.run(
                new Terminal(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        interactive),
                environment,
                args);
        return new Dtk(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
