package io.jenkins.plugins.dtk.demo;

import java.io.IOException;

/** Another process took the port between our choice and the start: worth another try with another port. */
final class PortTakenException extends IOException {

    private static final long serialVersionUID = 1L;

    PortTakenException(int port) {
        super("docker-registry cannot listen on 127.0.0.1:" + port + ": the port is in use");
    }
}
