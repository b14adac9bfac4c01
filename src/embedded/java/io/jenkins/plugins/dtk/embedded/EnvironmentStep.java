package io.jenkins.plugins.dtk.embedded;

import hudson.AbortException;
import hudson.EnvVars;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code withEnv}: runs its block with variables {@code NAME=value}; {@code PATH+X=folder} goes in front of PATH. */
final class EnvironmentStep extends BuiltIn {

    private final List<String> overrides;

    @DataBoundConstructor
    EnvironmentStep(List<String> overrides) {
        this.overrides = overrides;
    }

    @Override
    Object run(EngineContext context) throws Exception {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String override : overrides == null ? List.<String>of() : overrides) {
            int equals = override.indexOf('=');
            if (equals <= 0) {
                throw new AbortException("withEnv: '" + override + "' is not of the form NAME=value");
            }
            variables.put(override.substring(0, equals), override.substring(equals + 1));
        }
        return context.runBody(
                EnvironmentExpander.merge(context.get(EnvironmentExpander.class), new Overrides(variables)));
    }

    private static final class Overrides extends EnvironmentExpander {
        private static final long serialVersionUID = 1L;
        private final LinkedHashMap<String, String> variables;

        Overrides(Map<String, String> variables) {
            this.variables = new LinkedHashMap<>(variables);
        }

        @Override
        public void expand(EnvVars env) {
            env.overrideExpandingAll(variables);
        }
    }
}
