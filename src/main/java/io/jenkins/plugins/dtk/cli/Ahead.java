package io.jenkins.plugins.dtk.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;

/**
 * Loads what nearly every command needs, the HTTP client with the trusted certificates and the JSON reader, while the
 * words of the command line are still being read: a quarter of a second of work.
 */
final class Ahead {

    private Ahead() {}

    /** Begins, and does not wait. What fails here will fail again where it is needed, and is reported there. */
    static void start() {
        Thread thread = new Thread(Ahead::load, "load ahead");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((failed, failure) -> {});
        thread.start();
    }

    private static void load() {
        HttpClient.newBuilder().build();
        new ObjectMapper();
    }
}
