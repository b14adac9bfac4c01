package org.jenkinsci.plugins.durabletask;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** A task that is a process; it carries a cookie in its environment, by which it and its children are found. */
public abstract class FileMonitoringTask extends DurableTask {

    /** The variable with the cookie. */
    protected static final String COOKIE = "JENKINS_SERVER_COOKIE";

    private Charset charset = StandardCharsets.UTF_8;

    @Override
    public final void charset(Charset charset) {
        this.charset = charset;
    }

    /** The encoding of the output; UTF-8 unless another was given. */
    Charset charset() {
        return charset;
    }
}
