package io.jenkins.plugins.dtk.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** An agent with a podman storage of its own, on which the agent script runs as Jenkins runs it. */
public final class BuildAgent {

    private final Path home;
    private final String job;
    private final Path workspaceTmp;
    private final Map<String, String> environment = new TreeMap<>();

    BuildAgent(Path home) throws IOException {
        this(home, "a job");
    }

    /** One more job on the agent in this folder. */
    BuildAgent(Path home, String job) throws IOException {
        this(home, job, "vfs");
    }

    /**
     * An agent for large images: its storage does not copy them for each layer, where this machine can do that.
     */
    public static BuildAgent forLargeImages(Path home) throws Exception {
        Files.createDirectories(home.resolve("try/upper"));
        Files.createDirectories(home.resolve("try/work"));
        Process mount = new ProcessBuilder(
                        "unshare",
                        "--mount",
                        "mount",
                        "-t",
                        "overlay",
                        "overlay",
                        "-o",
                        "lowerdir=/usr,upperdir=upper,workdir=work",
                        "/mnt")
                .directory(home.resolve("try").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new BuildAgent(home, "a job", mount.waitFor() == 0 ? "overlay" : "vfs");
    }

    private BuildAgent(Path home, String job, String storageDriver) throws IOException {
        this.home = home;
        this.job = job;
        this.workspaceTmp = home.resolve("workspace of " + job + "@tmp");
        Path storage = home.resolve("storage.conf");
        Files.writeString(
                storage,
                """
                [storage]
                driver = "%s"
                graphroot = "%s"
                runroot = "%s"
                [storage.options.overlay]
                skip_mount_home = "true"
                """
                        .formatted(storageDriver, home.resolve("storage"), home.resolve("run")));
        Files.writeString(home.resolve("agent.sh"), AgentScript.text());
        environment.put("PATH", System.getenv("PATH"));
        environment.put("HOME", home.toString());
        environment.put("WORKSPACE_TMP", workspaceTmp.toString());
        environment.put("CONTAINERS_STORAGE_CONF", storage.toString());
        environment.put("BUILDAH_ISOLATION", "chroot");
        environment.put("DTK_CACHE", home.resolve("cache").toString());
    }

    /** The variables with which others build in its storage. */
    public Map<String, String> storage() {
        Map<String, String> variables = new TreeMap<>(environment);
        variables.keySet().retainAll(Set.of("CONTAINERS_STORAGE_CONF", "BUILDAH_ISOLATION"));
        return variables;
    }

    /** Runs the agent script to its end. */
    Outcome build(Map<String, String> variables) throws Exception {
        return build(variables, "sh");
    }

    /** Runs the agent script to its end with this shell and its options. */
    Outcome build(Map<String, String> variables, String... shell) throws Exception {
        return outcome(start(variables, shell));
    }

    /** Starts the agent script; what it says is in {@link #log()}. */
    Process start(Map<String, String> variables) throws IOException {
        return start(variables, "sh");
    }

    /** Starts it with this shell and its options. */
    Process start(Map<String, String> variables, String... shell) throws IOException {
        List<String> command = new ArrayList<>(List.of(shell));
        command.add(home.resolve("agent.sh").toString());
        return start(variables, command);
    }

    private Process start(Map<String, String> variables, List<String> command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log().toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().putAll(variables);
        return builder.start();
    }

    /** Waits for the end of the script. */
    Outcome outcome(Process process) throws Exception {
        int exitCode = process.waitFor();
        return new Outcome(exitCode, Files.readString(log()));
    }

    /** What the script has said so far. */
    Path log() {
        return home.resolve("log of " + job);
    }

    /** Runs a program that ends well, with the agent's environment, and returns what it says. */
    public String run(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + output);
        }
        return output.strip();
    }

    /** The folder with all that the agent keeps. */
    Path home() {
        return home;
    }

    /** Puts a program of its own onto the agent, before all others of its name. */
    void program(String name, String script) throws IOException {
        Path folder = Files.createDirectories(home.resolve("bin"));
        write(folder.resolve(name), script);
        environment.put("PATH", folder + ":" + System.getenv("PATH"));
    }

    /** Lets a name mean another program of this machine, before all others of that name. */
    void link(String name, String program) throws Exception {
        Path target = Path.of(run("sh", "-c", "command -v " + program));
        Path folder = Files.createDirectories(home.resolve("bin"));
        Files.createSymbolicLink(folder.resolve(name), target);
        environment.put("PATH", folder + ":" + System.getenv("PATH"));
    }

    /** A folder with only these programs, for a PATH without others. */
    Path programs(String... names) throws Exception {
        Path folder = Files.createDirectories(home.resolve("programs"));
        for (String name : names) {
            write(folder.resolve(name), "#!/bin/sh\nexec " + run("sh", "-c", "command -v " + name) + " \"$@\"\n");
        }
        return folder;
    }

    private static void write(Path program, String script) throws IOException {
        Files.writeString(program, script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** The files beside the workspace. */
    List<String> besideWorkspace() throws IOException {
        if (!Files.exists(workspaceTmp)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(workspaceTmp)) {
            return files.map(Path::toString).toList();
        }
    }

    /** The folder beside the workspace, where the agent script works. */
    Path workspaceTmp() {
        return workspaceTmp;
    }

    /** What is left behind of a build: files beside the workspace, mounts, containers, and images other than the base. */
    List<String> leftovers() throws Exception {
        List<String> found = new ArrayList<>(besideWorkspace());
        run("podman", "ps", "--all", "--external", "--format", "container {{.Names}}")
                .lines()
                .forEach(found::add);
        run("podman", "images", "--all", "--format", "image {{.ID}} {{.Repository}}")
                .lines()
                .filter(line -> !line.matches(".*/(ubi[0-9]+/ubi|centos/centos)"))
                .forEach(found::add);
        Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                .map(line -> line.split(" ")[4])
                .filter(place -> place.startsWith(home + "/"))
                .forEach(place -> found.add("mount " + place));
        return found;
    }

    /** How the script ended. */
    record Outcome(int exitCode, String output) {

        String lastLine() {
            return output.strip().lines().reduce("", (first, second) -> second);
        }
    }
}
