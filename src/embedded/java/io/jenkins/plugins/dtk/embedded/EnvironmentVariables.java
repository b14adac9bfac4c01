package io.jenkins.plugins.dtk.embedded;

import groovy.lang.GroovyObjectSupport;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.Map;
import org.codehaus.groovy.runtime.InvokerHelper;

/** {@code env} in a pipeline: reads variables as a step at the same place would get them; sets them for the run. */
final class EnvironmentVariables extends GroovyObjectSupport {

    EnvironmentVariables() {}

    /** The value; null when it is not set. */
    @Override
    public Object getProperty(String name) {
        return getEnvironment().get(name);
    }

    /** Sets a variable for the rest of the run; null removes it. */
    @Override
    public void setProperty(String name, Object value) {
        try {
            Map<String, String> variables = PipelineThread.current().run().variables();
            variables.put(name, value == null ? "" : InvokerHelper.toString(value));
        } catch (IOException e) {
            throw Sneaky.thrown(e);
        }
    }

    /** All variables. */
    public Map<String, String> getEnvironment() {
        try {
            PipelineThread branch = PipelineThread.current();
            return branch.contexts().environment(branch.run(), TaskListener.NULL);
        } catch (IOException | InterruptedException e) {
            throw Sneaky.thrown(e);
        }
    }
}
