package org.jenkinsci.plugins.workflow.steps;

import hudson.EnvVars;
import hudson.model.TaskListener;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;

/** Changes the environment of the steps in a block. */
public abstract class EnvironmentExpander implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Changes the environment; asked anew for each step. */
    public abstract void expand(EnvVars env) throws IOException, InterruptedException;

    /** The names of the variables whose values are secret. */
    public Set<String> getSensitiveVariables() {
        return Set.of();
    }

    /** One that does both, the original first; the original may be null. */
    public static EnvironmentExpander merge(EnvironmentExpander original, EnvironmentExpander subsequent) {
        return original == null ? subsequent : new Merged(original, subsequent);
    }

    /**
     * The environment of a step: what is around it, which the custom variables override, then expanded.
     *
     * @param contextual what is around the step; may be null
     * @param expander may be null
     * @param context the step; may be null
     */
    public static EnvVars getEffectiveEnvironment(
            EnvVars custom,
            EnvVars contextual,
            EnvironmentExpander expander,
            StepContext context,
            TaskListener listener)
            throws IOException, InterruptedException {
        EnvVars env = contextual == null ? new EnvVars() : new EnvVars(contextual);
        env.putAll(custom);
        if (expander != null) {
            expander.expand(env);
        }
        return env;
    }

    private static final class Merged extends EnvironmentExpander {
        private static final long serialVersionUID = 1L;
        private final EnvironmentExpander original;
        private final EnvironmentExpander subsequent;

        Merged(EnvironmentExpander original, EnvironmentExpander subsequent) {
            this.original = original;
            this.subsequent = subsequent;
        }

        @Override
        public void expand(EnvVars env) throws IOException, InterruptedException {
            original.expand(env);
            subsequent.expand(env);
        }

        @Override
        public Set<String> getSensitiveVariables() {
            Set<String> names = new HashSet<>(original.getSensitiveVariables());
            names.addAll(subsequent.getSensitiveVariables());
            return names;
        }
    }
}
