package org.jenkinsci.plugins.durabletask;

/** A shell script. */
public final class BourneShellScript extends FileMonitoringTask {

    private final String script;

    public BourneShellScript(String script) {
        this.script = script;
    }

    public String getScript() {
        return script;
    }
}
