package io.jenkins.plugins.dtk.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Runs a command of {@code dtk} in a process of its own, as a user does, and shows what it says. */
final class DemoCommandLine {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@+,-]+");
    private static final int LAST_SECONDS = 60;

    private final Map<String, String> environment;
    private final PrintStream out;

    DemoCommandLine(Map<String, String> environment, PrintStream out) {
        this.environment = environment;
        this.out = out;
    }

    /** The command as it is typed in a shell, an option in a line. */
    static String text(List<String> arguments) {
        StringBuilder text = new StringBuilder("  dtk");
        for (String argument : arguments) {
            text.append(argument.startsWith("--") ? " \\\n      " : " ");
            text.append(PLAIN.matcher(argument).matches() ? argument : "'" + argument.replace("'", "'\\''") + "'");
        }
        return text.toString();
    }

    /**
     * Runs it to its end; all that it says is shown, and written to a file. When this thread is interrupted, it is asked
     * to end, and gets time to clean up. Returns its exit code.
     */
    int run(List<String> arguments, Path log) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"), "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        Thread reader = new Thread(() -> show(process, log), "output of dtk " + arguments.get(0));
        reader.start();
        try {
            int exit = process.waitFor();
            reader.join();
            return exit;
        } finally {
            end(process);
        }
    }

    private void show(Process process, Path log) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                PrintWriter file = new PrintWriter(Files.newBufferedWriter(log))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.println("  " + line);
                file.println(line);
            }
        } catch (IOException e) {
            out.println("  what the command says cannot be read: " + e.getMessage());
        }
    }

    private static void end(Process process) {
        process.toHandle().destroy(); // what it says last is still read
        try {
            if (!process.waitFor(LAST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
