package io.jenkins.plugins.dtk.embedded;

import hudson.AbortException;
import hudson.EnvVars;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;

/** {@code withEnv}: runs its block with variables {@code NAME=value}; {@code PATH+X=folder} goes in front of PATH. */
record EnvironmentStep(List<String> overrides) implements BuiltIn {

    @Override
    public Object run(EngineContext context) throws Exception {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String override : overrides == null ? List.<String>of() : overrides) {
            int equals = override.indexOf('=');
            if (equals <= 0) {
                throw new AbortException("withEnv: '" + override + "' is not of the form NAME=value");
            }
            variables.put(override.substring(0, equals), override.substring(equals + 1));
        }
        return context.runBodyIn(new Overrides(variables));
    }

    /** Sets variables, with references to others in their values; {@code $$} is one dollar. */
    static final class Overrides extends EnvironmentExpander {
        private static final long serialVersionUID = 1L;
        private final transient Map<String, String> variables;

        Overrides(Map<String, String> variables) {
            this.variables = variables;
        }

        @Override
        public void expand(EnvVars env) {
            env.overrideExpandingAll(variables);
        }
    }
}
