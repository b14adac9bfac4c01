package io.jenkins.plugins.dtk.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real server program on a loopback port of this machine. */
final class LoopbackProgram implements AutoCloseable {

    private final int port;
    private final Process process;

    private LoopbackProgram(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    /** A port that no one listens on. */
    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** Starts a program, with what it says in a file of this folder, and waits until it listens on the port. */
    static LoopbackProgram start(Path folder, int port, String... command) throws IOException, InterruptedException {
        Path output = folder.resolve("output.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        while (process.isAlive()) {
            try (Socket answer = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return new LoopbackProgram(port, process);
            } catch (IOException e) {
                Thread.sleep(20);
            }
        }
        throw new IOException(command[0] + " did not start: " + Files.readString(output));
    }

    /** Where it listens: {@code 127.0.0.1:PORT}. */
    String address() {
        return "127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
