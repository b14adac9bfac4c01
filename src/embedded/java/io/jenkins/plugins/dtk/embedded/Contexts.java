package io.jenkins.plugins.dtk.embedded;

import hudson.EnvVars;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;

/**
 * What blocks have put around a place in the pipeline, the innermost last.
 *
 * @param values such as a workspace, an agent or a log filter
 * @param branch the name of the innermost branch; empty outside of any
 */
record Contexts(List<Object> values, String branch) {

    /** What {@code node} puts around its block in addition to agent and workspace: its executor, and its variables. */
    record Slot(int executor, EnvVars agent, EnvVars variables) {}

    static final Contexts NONE = new Contexts(List.of(), "");

    Contexts with(List<?> more) {
        List<Object> all = new ArrayList<>(values);
        all.addAll(more);
        return new Contexts(List.copyOf(all), branch);
    }

    Contexts inBranch(String name) {
        return new Contexts(values, name);
    }

    /** The innermost of a type; null when there is none. */
    <T> T get(Class<T> type) {
        for (int i = values.size() - 1; i >= 0; i--) {
            if (type.isInstance(values.get(i))) {
                return type.cast(values.get(i));
            }
        }
        return null;
    }

    /** The environment of a step here: that of the agent, of the run, of the node, then what blocks have changed. */
    EnvVars environment(LocalRun run, TaskListener listener) throws IOException, InterruptedException {
        Slot slot = get(Slot.class);
        EnvVars around = slot == null ? new EnvVars() : new EnvVars(slot.agent());
        around.putAll(run.getEnvironment(listener));
        EnvVars own = slot == null ? new EnvVars() : slot.variables();
        return EnvironmentExpander.getEffectiveEnvironment(own, around, get(EnvironmentExpander.class), null, listener);
    }

    long count(Class<?> type) {
        return values.stream().filter(type::isInstance).count();
    }
}
