package io.jenkins.plugins.dtk.embedded;

import hudson.EnvVars;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** One run of a pipeline. */
final class LocalRun extends Run<LocalJob, LocalRun> {

    /** The variable by which every process of the run is found, should one outlive its step. */
    static final String COOKIE = "HUDSON_COOKIE";

    private final RunSettings settings;
    private final BuildLog log;
    private final String cookie = UUID.randomUUID().toString();
    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private final Map<String, String> variables = new ConcurrentHashMap<>();
    private volatile boolean interrupted;

    LocalRun(LocalJob job, RunSettings settings, BuildLog log) throws IOException {
        super(job);
        this.settings = settings;
        this.log = log;
        parameters.putAll(settings.parameters());
    }

    RunSettings settings() {
        return settings;
    }

    BuildLog log() {
        return log;
    }

    String cookie() {
        return cookie;
    }

    /** What {@code params} shows. */
    Map<String, Object> parameters() {
        synchronized (parameters) {
            return Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }
    }

    void setParameters(Map<String, Object> values) {
        synchronized (parameters) {
            parameters.clear();
            parameters.putAll(values);
        }
    }

    /** What the pipeline has set with {@code env.NAME = value}; live. */
    Map<String, String> variables() {
        return variables;
    }

    /** Whether the user has ended the run, so that no step may go on as if only its own block had failed. */
    boolean isInterrupted() {
        return interrupted;
    }

    void interrupted() {
        interrupted = true;
        setResult(Result.ABORTED);
    }

    /** @param end how it ended; a worse result that a step has set stays */
    synchronized void end(Result end) {
        setResult(end);
        duration = Math.max(1, System.currentTimeMillis() - getStartTimeInMillis());
    }

    @Override
    public EnvVars getEnvironment(TaskListener listener) throws IOException, InterruptedException {
        EnvVars environment = super.getEnvironment(listener);
        environment.put(COOKIE, cookie);
        parameters().forEach((name, value) -> environment.put(name, String.valueOf(value)));
        environment.overrideAll(variables);
        return environment;
    }
}
