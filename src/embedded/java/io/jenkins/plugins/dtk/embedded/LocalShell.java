package io.jenkins.plugins.dtk.embedded;

import hudson.Util;
import hudson.console.LineTransformationOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A shell script that runs on this machine: what {@code sh} and {@code dtkImage} share. Its output goes to files in a
 * folder of its own beside the workspace, so that what the script leaves running in the background holds up nothing.
 * Without a {@code #!} line it runs as {@code sh -xe}.
 */
public final class LocalShell {

    private static final String COOKIE = "JENKINS_SERVER_COOKIE";

    /**
     * Runs a copy of a program that this process wrote. What another thread starts at the same moment has a copy of the
     * file that is open for writing, and until that is closed the system refuses to run it: "Text file busy".
     */
    private static final String RUN_COPY = "cp \"$0\" \"$0.copy\" && exec \"$0.copy\"";

    private static final List<String> PROGRAMS = List.of("/usr/bin", "/bin");

    private final Path folder;
    private final Charset charset;
    private final String cookie;
    private final Process process;
    private final InputStream log;
    private final ToUtf8 lines;

    /**
     * Starts a script.
     *
     * @param environment on top of this process's own
     * @param charset the encoding of the script's output
     * @param keepsOutput whether the standard output is kept for {@link #output}, and only errors are logged
     * @param log receives the output, line by line, in UTF-8
     */
    public LocalShell(
            String script,
            Path workspace,
            Map<String, String> environment,
            Charset charset,
            boolean keepsOutput,
            OutputStream log)
            throws IOException {
        this.charset = charset;
        String id = UUID.randomUUID().toString();
        cookie = "durable-" + id;
        Path temporary = Files.createDirectories(Path.of(workspace + "@tmp"));
        folder = temporary.resolve("durable-" + id.substring(0, 8));
        Files.createDirectory(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        ProcessBuilder builder = new ProcessBuilder(command(script))
                .directory(workspace.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(file(keepsOutput ? "output" : "log"))
                .redirectErrorStream(!keepsOutput);
        if (keepsOutput) {
            builder.redirectError(file("log"));
        }
        builder.environment().putAll(environment);
        builder.environment().put(COOKIE, cookie);
        process = builder.start();
        this.log = Files.newInputStream(file("log").toPath());
        lines = new ToUtf8(log, charset);
    }

    /** The words that run the script; in a session of its own, so that Ctrl-C at a terminal leaves it to us. */
    private List<String> command(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("script.sh"), script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        List<String> words = new ArrayList<>();
        PROGRAMS.stream()
                .map(programs -> Path.of(programs, "setsid"))
                .filter(Files::isExecutable)
                .findFirst()
                .ifPresent(session -> words.add(session.toString()));
        words.addAll(script.startsWith("#!") ? List.of("sh", "-c", RUN_COPY) : List.of("sh", "-xe"));
        words.add(file.toString());
        return words;
    }

    private File file(String name) {
        return folder.resolve(name).toFile();
    }

    /** Logs what the script has written since the last call; returns its exit code, or null while it runs. */
    public Integer follow() throws IOException {
        boolean alive = process.isAlive();
        log.transferTo(lines);
        lines.flush();
        if (alive) {
            return null;
        }
        lines.forceEol();
        return process.exitValue();
    }

    /** What the script wrote to its standard output. */
    public String output() throws IOException {
        return Files.readString(file("output").toPath(), charset);
    }

    /** Ends the script and what it started. */
    public void stop() throws InterruptedException {
        LocalProcesses.end(COOKIE, cookie);
    }

    /** Removes what is left of it on the disk. */
    public void cleanUp() throws IOException {
        log.close();
        Util.deleteRecursive(folder.toFile());
    }

    private static final class ToUtf8 extends LineTransformationOutputStream.Delegating {
        private final Charset charset;

        ToUtf8(OutputStream out, Charset charset) {
            super(out);
            this.charset = charset;
        }

        @Override
        protected void eol(byte[] bytes, int length) throws IOException {
            out.write(new String(bytes, 0, length, charset).getBytes(StandardCharsets.UTF_8));
        }
    }
}
