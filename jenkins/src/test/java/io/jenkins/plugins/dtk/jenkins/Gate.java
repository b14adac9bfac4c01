package io.jenkins.plugins.dtk.jenkins;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** A way to a registry that can be shut: what is sent while it is shut waits before it. */
final class Gate implements AutoCloseable {

    private final String host;
    private final int port;
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile CountDownLatch open = new CountDownLatch(0);
    private volatile CountDownLatch somebodyWaits = new CountDownLatch(1);

    /** Opens one to this place, HOST:PORT. */
    Gate(String place) throws IOException {
        host = place.split(":")[0];
        port = Integer.parseInt(place.split(":")[1]);
        thread(this::accept);
    }

    String place() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    void shut() {
        somebodyWaits = new CountDownLatch(1);
        open = new CountDownLatch(1);
    }

    /** Returns as soon as a request waits before the gate. */
    void awaitSomebody() throws InterruptedException {
        somebodyWaits.await();
    }

    void open() {
        open.countDown();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            Socket registry = new Socket(host, port);
            sockets.add(client);
            sockets.add(registry);
            thread(() -> copy(client, registry, true));
            thread(() -> copy(registry, client, false));
        }
    }

    private void copy(Socket from, Socket to, boolean gated) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (gated && open.getCount() > 0) {
                    somebodyWaits.countDown();
                    open.await();
                }
                out.write(buffer, 0, count);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void thread(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // One of the two sides has closed the connection.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
