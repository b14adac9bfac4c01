package io.jenkins.plugins.dtk.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A tinyproxy on a loopback port that wants a login. */
public final class RealProxy implements AutoCloseable {

    public static final String USER = "traveller";
    public static final String PASSWORD = "OpenSesame1";

    private final Path folder;
    private final LoopbackProgram program;

    private RealProxy(Path folder, LoopbackProgram program) {
        this.folder = folder;
        this.program = program;
    }

    /** Starts it with its files in a folder. */
    public static RealProxy start(Path folder) throws IOException, InterruptedException {
        int port = LoopbackProgram.freePort();
        Path file = Files.writeString(
                folder.resolve("tinyproxy.conf"),
                """
                Port %d
                Listen 127.0.0.1
                Timeout 60
                LogFile "%s/proxy.log"
                LogLevel Connect
                MaxClients 50
                Allow 127.0.0.1
                BasicAuth %s %s
                """
                        .formatted(port, folder, USER, PASSWORD));
        return new RealProxy(folder, LoopbackProgram.start(folder, port, "tinyproxy", "-d", "-c", file.toString()));
    }

    /** Where it listens: {@code 127.0.0.1:PORT}. */
    public String address() {
        return program.address();
    }

    public int port() {
        return program.port();
    }

    /** What it did. */
    public String log() throws IOException {
        return Files.readString(folder.resolve("proxy.log"));
    }

    @Override
    public void close() throws InterruptedException {
        program.close();
    }
}
