package io.jenkins.plugins.dtk.embedded;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Node;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** This machine as the one agent. */
final class LocalAgent extends Node {

    static final String NAME = "local";

    private final Path root;
    private final int executors;
    private final TreeSet<String> labels;
    private final Map<String, String> environment;

    LocalAgent(Path root, int executors, Set<String> labels, Map<String, String> environment) {
        this.root = root;
        this.executors = executors;
        this.labels = new TreeSet<>(labels);
        this.labels.add(NAME);
        this.environment = environment;
    }

    Set<String> labels() {
        return labels;
    }

    @Override
    public String getNodeName() {
        return NAME;
    }

    @Override
    public String getNodeDescription() {
        return "this machine";
    }

    @Override
    public int getNumExecutors() {
        return executors;
    }

    @Override
    public String getLabelString() {
        return String.join(" ", labels);
    }

    @Override
    public FilePath getRootPath() {
        return new FilePath(root.toFile());
    }

    @Override
    protected Computer createComputer() {
        return new LocalComputer(this, environment);
    }

    private static final class LocalComputer extends Computer {
        private final Map<String, String> extra;

        LocalComputer(Node node, Map<String, String> extra) {
            super(node);
            this.extra = extra;
        }

        @Override
        public Boolean isUnix() {
            return true;
        }

        @Override
        public EnvVars getEnvironment() {
            EnvVars environment = new EnvVars(System.getenv());
            environment.putAll(extra);
            return environment;
        }
    }
}
