package io.jenkins.plugins.dtk.jenkins;

import hudson.EnvVars;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;

/** Gives a branch its variables, and its secrets at the moment they are asked for. */
final class BranchEnvironment extends EnvironmentExpander {

    private static final long serialVersionUID = 1L;

    private final VariableTable table;
    private final int[] variables;
    private final BranchSecrets secrets;

    /**
     * @param table holds the variables of all branches; these are added to it
     */
    BranchEnvironment(VariableTable table, Map<String, String> variables, BranchSecrets secrets) {
        this.table = table;
        this.variables = table.add(variables);
        this.secrets = secrets;
    }

    @Override
    public void expand(EnvVars env) throws IOException, InterruptedException {
        env.overrideAll(table.of(variables));
        // PATH+X is how Jenkins appends; a secret is taken as it is.
        env.putAll(secrets.values());
    }

    @Override
    public Set<String> getSensitiveVariables() {
        return secrets.names();
    }
}
