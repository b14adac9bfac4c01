package io.jenkins.plugins.dtk.jenkins;

import hudson.tasks.Mailer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Takes the mails of a Jenkins, one after the other, and keeps what it was sent. */
final class MailServer implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final StringBuffer received = new StringBuffer();

    MailServer() throws IOException {
        Thread thread = new Thread(this::serve, "mail server");
        thread.setDaemon(true);
        thread.start();
    }

    void use(Mailer.DescriptorImpl mailer) {
        mailer.setSmtpHost("localhost");
        mailer.setSmtpPort(Integer.toString(socket.getLocalPort()));
    }

    String received() {
        return received.toString();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                take(client);
            } catch (IOException e) {
                // The next one may do better; after the end there is none.
            }
        }
    }

    private void take(Socket client) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        OutputStream out = client.getOutputStream();
        answer(out, "220 here");
        boolean text = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            received.append(line).append('\n');
            if (text) {
                text = !line.equals(".");
                if (!text) {
                    answer(out, "250 taken");
                }
            } else if (line.startsWith("DATA")) {
                text = true;
                answer(out, "354 go on");
            } else {
                answer(out, line.startsWith("QUIT") ? "221 bye" : "250 well");
            }
        }
    }

    private static void answer(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
