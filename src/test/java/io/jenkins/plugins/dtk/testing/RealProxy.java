package io.jenkins.plugins.dtk.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** A tinyproxy on a loopback port that wants a login. */
public final class RealProxy implements AutoCloseable {

    public static final String USER = "traveller";
    public static final String PASSWORD = "OpenSesame1";

    private final Path folder;
    private final int port;
    private final Process process;

    private RealProxy(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** Starts it with its files in a folder. */
    public static RealProxy start(Path folder) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
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
        Process process = new ProcessBuilder("tinyproxy", "-d", "-c", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.log").toFile())
                .start();
        RealProxy proxy = new RealProxy(folder, port, process);
        proxy.awaitStart();
        return proxy;
    }

    private void awaitStart() throws IOException, InterruptedException {
        while (process.isAlive()) {
            try (Socket answer = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                Thread.sleep(20);
            }
        }
        throw new IOException("tinyproxy did not start: " + Files.readString(folder.resolve("output.log")));
    }

    /** Where it listens: {@code 127.0.0.1:PORT}. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** What it did. */
    public String log() throws IOException {
        return Files.readString(folder.resolve("proxy.log"));
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
