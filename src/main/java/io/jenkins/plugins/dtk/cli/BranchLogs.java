package io.jenkins.plugins.dtk.cli;

import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The log of a run, cut into files: one for each branch, and {@code run.log} for the run itself. What the plugin says goes
 * to the terminal, too.
 */
final class BranchLogs extends OutputStream {

    /** What the plugin says, as in {@code dtk: pushed quay.io/acme/nic:1}. */
    private static final String OURS = "dtk: ";

    /** What the script asks the plugin is for its file alone. */
    private static final String QUESTION = "dtk: do the modules fit? ";

    private static final String WARNING = "dtk: warning: ";
    private static final String SIGNED = "dtk: signed by ";
    private static final String RUN = "run";

    /** What a branch says last: hundreds of files are not held open. */
    private static final Pattern LAST = Pattern.compile("dtk: (?:pushed|failed:) .*");

    private static final Pattern BRANCH = Pattern.compile("\\[([^\\]/\\s]+)] (.*)");

    private final Path folder;
    private final Consumer<String> terminal;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Map<String, BufferedWriter> files = new HashMap<>();
    private final Set<String> begun = new HashSet<>();
    private final Map<String, List<String>> notes = new HashMap<>();

    /**
     * @param folder made where it is not there
     * @param terminal receives lines without an end
     */
    BranchLogs(Path folder, Consumer<String> terminal) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.terminal = terminal;
    }

    PrintStream stream() {
        return new PrintStream(this, false, StandardCharsets.UTF_8);
    }

    /** The file of a branch, as text; empty where the branch has said nothing. */
    synchronized String log(String branch) {
        return begun.contains(branch) ? file(branch).toString() : "";
    }

    private Path file(String branch) {
        return folder.resolve(branch + ".log");
    }

    /** The file for what is not said in a branch. */
    Path ofRun() {
        return file(RUN);
    }

    /** What was warned of in a branch. */
    List<String> warnings(String branch) {
        return notes(branch, WARNING);
    }

    /** Who signed, in words; empty where nothing was signed. */
    String signer(String branch) {
        return notes(branch, SIGNED).stream()
                .findFirst()
                .map(name -> "signed by " + name)
                .orElse("");
    }

    private List<String> notes(String branch, String kind) {
        return notes.getOrDefault(branch, List.of()).stream()
                .filter(note -> note.startsWith(kind))
                .map(note -> note.substring(kind.length()))
                .distinct()
                .toList();
    }

    @Override
    public synchronized void write(int b) throws IOException {
        if (b != '\n') {
            line.write(b);
            return;
        }
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        Matcher branch = BRANCH.matcher(text);
        if (branch.matches()) {
            take(branch.group(1), branch.group(2));
        } else {
            take(RUN, text);
        }
    }

    private void take(String branch, String text) throws IOException {
        BufferedWriter file = files.get(branch);
        if (file == null) {
            file = begun.add(branch)
                    ? Files.newBufferedWriter(file(branch))
                    : Files.newBufferedWriter(file(branch), StandardOpenOption.APPEND);
            files.put(branch, file);
        }
        file.write(text);
        file.newLine();
        file.flush();
        if (LAST.matcher(text).matches()) {
            files.remove(branch).close();
        }
        if (text.startsWith(WARNING) || text.startsWith(SIGNED)) {
            notes.computeIfAbsent(branch, none -> new ArrayList<>()).add(text);
        } else if (text.startsWith(OURS) && !text.startsWith(QUESTION)) {
            String words = text.substring(OURS.length());
            terminal.accept(branch.equals(RUN) ? words : branch + ": " + words);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        for (BufferedWriter file : files.values()) {
            file.close();
        }
    }
}
