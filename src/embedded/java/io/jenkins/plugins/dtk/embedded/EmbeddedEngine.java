package io.jenkins.plugins.dtk.embedded;

import io.jenkins.plugins.dtk.embedded.RunOutcome.Result;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import jenkins.model.GlobalConfiguration;

/**
 * Runs a scripted pipeline in this process, on this machine as the one agent. Set it up with the methods that return
 * the engine itself, then call {@link #run} once.
 */
public final class EmbeddedEngine {

    private static final ReentrantLock ONE_RUN = new ReentrantLock(true);

    private final String scriptName;
    private final String script;
    private Path folder;
    private Path home;
    private String jobName = "pipeline";
    private int executors = 2;
    private Set<String> labels;
    private PrintStream output = System.out;
    private final Map<String, String> environment = new TreeMap<>();
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final Credentials credentials = new Credentials();
    private final List<GlobalConfiguration> configurations = new ArrayList<>();

    private EmbeddedEngine(String scriptName, String script, Path folder) {
        this.scriptName = scriptName;
        this.script = script;
        this.folder = folder.toAbsolutePath().normalize();
    }

    /**
     * An engine for the pipeline in a file, whose folder is what {@code checkout scm} copies.
     *
     * @throws IllegalArgumentException when the file cannot be read; one line
     */
    public static EmbeddedEngine of(Path jenkinsfile) {
        Path file = jenkinsfile.toAbsolutePath().normalize();
        try {
            String script = Files.readString(file, StandardCharsets.UTF_8);
            return new EmbeddedEngine(String.valueOf(file.getFileName()), script, file.resolveSibling(""));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("there is no pipeline " + jenkinsfile);
        } catch (IOException e) {
            throw new IllegalArgumentException("the pipeline " + jenkinsfile + " cannot be read as UTF-8 text");
        }
    }

    /** An engine for a pipeline as text; messages call it {@code Jenkinsfile}. */
    public static EmbeddedEngine ofText(String script, Path folder) {
        return new EmbeddedEngine("Jenkinsfile", script, folder);
    }

    /** What {@code checkout scm} copies; by default the folder of the pipeline's file. */
    public EmbeddedEngine folder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        return this;
    }

    /** Where workspaces are made and left; by default a folder that is removed at the end of the run. */
    public EmbeddedEngine home(Path home) {
        this.home = home.toAbsolutePath().normalize();
        return this;
    }

    /** What the job is called, such as in workspaces and JOB_NAME; by default {@code pipeline}. */
    public EmbeddedEngine jobName(String jobName) {
        this.jobName = jobName;
        return this;
    }

    /** The value of one of the parameters that the pipeline declares. */
    public EmbeddedEngine parameter(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    /**
     * A credential: the text itself, or {@code @FILE} for the text in a file. It serves as whatever the pipeline asks
     * for by its id: as secret text (without line ends at its end), as a secret file with this content, and, when it
     * is one line of the form {@code user:password}, as user name with password, split at the first colon.
     *
     * @throws IllegalArgumentException when the file cannot be read; one line
     */
    public EmbeddedEngine credential(String id, String value) {
        credentials.add(id, value);
        return this;
    }

    /** How many blocks of {@code node} run at the same time; by default 2. */
    public EmbeddedEngine executors(int executors) {
        if (executors < 1) {
            throw new IllegalArgumentException("there must be at least 1 executor, not " + executors);
        }
        this.executors = executors;
        return this;
    }

    /**
     * The labels of the agent; by default the tools that build images and are on the PATH (podman, buildah, docker),
     * and the RPM names of the architectures whose programs it runs. {@code local} is always one of them.
     */
    public EmbeddedEngine labels(Collection<String> labels) {
        this.labels = new LinkedHashSet<>(labels);
        return this;
    }

    /** Variables of the agent, on top of those of this process. */
    public EmbeddedEngine environment(Map<String, String> variables) {
        environment.putAll(variables);
        return this;
    }

    /** A global configuration, in place of the one of the same class, until the run has ended. */
    public EmbeddedEngine configuration(GlobalConfiguration configuration) {
        configurations.add(configuration);
        return this;
    }

    /** Where the log goes; by default standard output. */
    public EmbeddedEngine output(PrintStream output) {
        this.output = output;
        return this;
    }

    /**
     * Runs the pipeline to its end. Interrupting the calling thread, or ending the process by a signal, ends the steps
     * that run, with their processes, and lets the pipeline clean up. Runs of one process come one after the other.
     *
     * @throws IOException when the folder for workspaces cannot be made
     */
    public RunOutcome run() throws IOException {
        return runBeside(List.of()).get(0);
    }

    /**
     * Runs the pipeline and others at the same time, as builds of one controller, whose configuration and credentials are
     * those of this engine.
     *
     * @return what came of this pipeline, then of the others
     * @throws IOException when there is no folder for them
     */
    public List<RunOutcome> runBeside(List<EmbeddedEngine> others) throws IOException {
        ONE_RUN.lock();
        try (Installation installation = new Installation(home, jobName, configurations, credentials)) {
            List<CompletableFuture<RunOutcome>> beside = others.stream()
                    .map(other -> CompletableFuture.supplyAsync(
                            () -> other.unchecked(installation), task -> new Thread(task).start()))
                    .toList();
            List<RunOutcome> outcomes = new ArrayList<>();
            outcomes.add(build(installation));
            beside.forEach(other -> outcomes.add(other.join()));
            return outcomes;
        } finally {
            ONE_RUN.unlock();
        }
    }

    private RunOutcome unchecked(Installation installation) {
        try {
            return build(installation);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RunOutcome build(Installation installation) throws IOException {
        BuildLog log = new BuildLog(output);
        log.hide(credentials.secrets());
        LocalAgent agent = new LocalAgent(installation.home(), executors, agentLabels(), environment);
        RunSettings settings = new RunSettings(
                scriptName,
                script,
                folder,
                installation.home(),
                Map.copyOf(parameters),
                agent,
                new Executors(agent, jobName));
        Pipeline pipeline = new Pipeline(installation.job().newRun(settings, log));
        LocalRun run = pipeline.run();
        return new RunOutcome(
                Result.valueOf(run.getResult().toString()), Duration.ofMillis(run.getDuration()), pipeline.value());
    }

    private Set<String> agentLabels() {
        String path = environment.getOrDefault("PATH", System.getenv().getOrDefault("PATH", ""));
        return labels != null ? labels : AgentLabels.of(path, System.getProperty("os.arch"), AgentLabels.BINFMT);
    }
}
