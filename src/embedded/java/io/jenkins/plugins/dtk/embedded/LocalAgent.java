package io.jenkins.plugins.dtk.embedded;

import hudson.EnvVars;
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
    private final EnvVars environment = new EnvVars(System.getenv());
    private final Computer computer;

    LocalAgent(Path root, int executors, Set<String> labels, Map<String, String> environment) {
        this.root = root;
        this.executors = executors;
        this.labels = new TreeSet<>(labels);
        this.labels.add(NAME);
        this.environment.putAll(environment);
        this.computer = new LocalComputer(this);
    }

    Path root() {
        return root;
    }

    /** How many blocks of {@code node} it takes at once. */
    int executors() {
        return executors;
    }

    Set<String> labels() {
        return labels;
    }

    /** The variables that programs on the agent start from. */
    EnvVars environment() {
        return environment;
    }

    /** The agent as it runs. */
    Computer computer() {
        return computer;
    }

    @Override
    public String getNodeName() {
        return NAME;
    }

    private static final class LocalComputer extends Computer {
        LocalComputer(Node node) {
            super(node);
        }
    }
}
