package io.jenkins.plugins.dtk.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A way to a server on which the first connections are closed at once, and later ones work. */
final class HangingUp implements AutoCloseable {

    private final ServerSocket door;
    private final int target;
    private int left;

    /** Leads to this loopback port. */
    HangingUp(int target, int connections) throws IOException {
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.target = target;
        this.left = connections;
        new Thread(this::serve, "hang up").start();
    }

    String address() {
        return "127.0.0.1:" + door.getLocalPort();
    }

    private void serve() {
        try {
            while (true) {
                Socket caller = door.accept();
                if (left > 0) {
                    left--;
                    caller.close();
                } else {
                    Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                    copy(caller, server);
                    copy(server, caller);
                }
            }
        } catch (IOException e) {
            if (!door.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        Thread thread = new Thread(() -> {
            try (from;
                    to) {
                from.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException e) {
                // One side has gone: so does the other.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
