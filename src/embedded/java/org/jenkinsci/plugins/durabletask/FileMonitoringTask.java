package org.jenkinsci.plugins.durabletask;

import hudson.EnvVars;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A task that is a process; it carries a cookie in its environment, by which it and its children are found. */
public abstract class FileMonitoringTask extends DurableTask {

    /** The variable with the cookie. */
    protected static final String COOKIE = "JENKINS_SERVER_COOKIE";

    private Charset charset = StandardCharsets.UTF_8;

    @Override
    public final void charset(Charset charset) {
        this.charset = charset;
    }

    @Override
    public final void defaultCharset() {
        this.charset = Charset.defaultCharset();
    }

    /** The encoding of the output; UTF-8 unless another was given. */
    Charset charset() {
        return charset;
    }

    /** The variables with each {@code $} doubled, for a launcher that expands them. */
    protected static Map<String, String> escape(EnvVars env) {
        Map<String, String> escaped = new TreeMap<>();
        env.forEach((name, value) -> escaped.put(name, value.replace("$", "$$")));
        return escaped;
    }
}
