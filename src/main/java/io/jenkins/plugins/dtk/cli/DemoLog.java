package io.jenkins.plugins.dtk.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The log of the demo's runs: all of it goes to a file, and to the terminal what the steps themselves say, with a count
 * of the images that are pushed.
 */
final class DemoLog extends OutputStream {

    private static final Pattern LINE = Pattern.compile("(?:\\[([^]]+)] )?(dtk: .*|ERROR.*|Finished: .*)");
    private static final Pattern TOTAL = Pattern.compile("dtk: (\\d+) images to build.*");

    private final OutputStream file;
    private final PrintStream terminal;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private String total = "?";
    private int pushed;

    DemoLog(Path file, PrintStream terminal) throws IOException {
        this.file = Files.newOutputStream(file);
        this.terminal = terminal;
    }

    /** The stream to write to; each line is passed on as it ends. */
    PrintStream stream() {
        return new PrintStream(this, false, StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void write(int b) throws IOException {
        file.write(b);
        if (b != '\n') {
            line.write(b);
            return;
        }
        show(line.toString(StandardCharsets.UTF_8));
        line.reset();
    }

    private void show(String text) {
        Matcher shown = LINE.matcher(text);
        if (!shown.matches()) {
            return;
        }
        String branch = shown.group(1);
        String words = shown.group(2);
        Matcher count = TOTAL.matcher(words);
        if (count.matches()) {
            total = count.group(1);
        }
        if (branch == null) {
            terminal.println("  " + words);
        } else if (words.startsWith("dtk: pushed ")) {
            pushed++;
            terminal.println("  [" + pushed + "/" + total + "] " + branch + " pushed");
        } else if (words.startsWith("dtk: failed") || words.startsWith("ERROR")) {
            terminal.println("  " + branch + ": " + words);
        }
    }

    @Override
    public synchronized void flush() throws IOException {
        file.flush();
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
