package io.jenkins.plugins.dtk.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** One answer of a {@link ScriptedServer}, well-formed or broken on purpose. */
public final class ScriptedReply {

    private final int status;
    private final List<String> headers = new ArrayList<>();
    private byte[] body = new byte[0];
    private long declaredLength = -1;
    private int cutAfter = -1;
    private int stopAfter = -1;
    private boolean endless;
    private boolean silent;
    private boolean reset;
    private long pauseMillis;
    private CountDownLatch held;

    private ScriptedReply(int status) {
        this.status = status;
    }

    public static ScriptedReply status(int status) {
        return new ScriptedReply(status);
    }

    public static ScriptedReply json(int status, String json) {
        return status(status).header("Content-Type", "application/json").body(json);
    }

    /** The distribution API's form of an error. */
    public static ScriptedReply error(int status, String code, String message) {
        return json(status, "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}]}");
    }

    /** Takes the request and never answers. */
    public static ScriptedReply silence() {
        ScriptedReply reply = status(200);
        reply.silent = true;
        return reply;
    }

    public ScriptedReply header(String name, String value) {
        headers.add(name + ": " + value);
        return this;
    }

    /** The body as it is so far. */
    public byte[] body() {
        return body.clone();
    }

    public ScriptedReply body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    public ScriptedReply body(byte[] content) {
        body = content.clone();
        return this;
    }

    /** Closes the connection after so many bytes of the body, whatever was declared. */
    public ScriptedReply cutAfter(int bytes) {
        cutAfter = bytes;
        return this;
    }

    /** Sends so many bytes of the body and then no more, with the connection left open. */
    public ScriptedReply stopAfter(int bytes) {
        stopAfter = bytes;
        return this;
    }

    /** States another length than that of the body. */
    public ScriptedReply declaring(long length) {
        declaredLength = length;
        return this;
    }

    /** Repeats the body for ever, without a length. */
    public ScriptedReply endless() {
        endless = true;
        return this;
    }

    /** Ends the connection by a reset, not in the orderly way, after so many bytes of the body. */
    public ScriptedReply resetAfter(int bytes) {
        reset = true;
        return cutAfter(bytes);
    }

    boolean isReset() {
        return reset;
    }

    /** Sends the body byte by byte, with a pause before each. */
    public ScriptedReply trickling(Duration pause) {
        pauseMillis = pause.toMillis();
        return this;
    }

    /** Waits with the answer until the latch is open. */
    public ScriptedReply heldBy(CountDownLatch latch) {
        held = latch;
        return this;
    }

    int status() {
        return status;
    }

    boolean isSilent() {
        return silent;
    }

    boolean isEndless() {
        return endless;
    }

    boolean stops() {
        return stopAfter >= 0;
    }

    /** The headers as a client sees them. */
    HttpHeaders headers() {
        Map<String, List<String>> map = new HashMap<>();
        for (String header : headers) {
            String[] parts = header.split(": ", 2);
            map.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(parts[1]);
        }
        if (!endless) {
            map.put("Content-Length", List.of(Long.toString(declared())));
        }
        return HttpHeaders.of(map, (name, value) -> true);
    }

    /** The bytes of the body that a client gets: never more than was declared. */
    byte[] sent() {
        int length = body.length;
        if (cutAfter >= 0) {
            length = Math.min(length, cutAfter);
        }
        if (stopAfter >= 0) {
            length = Math.min(length, stopAfter);
        }
        return endless ? body : Arrays.copyOf(body, (int) Math.min(length, declared()));
    }

    /** Whether the connection ends before all that was declared is sent. */
    boolean isCut() {
        return !endless && sent().length < declared();
    }

    private long declared() {
        return declaredLength >= 0 ? declaredLength : body.length;
    }

    /** Writes the answer; false when the connection is to be closed. */
    boolean writeTo(OutputStream out, boolean head) throws IOException, InterruptedException {
        if (held != null) {
            held.await();
        }
        if (silent) {
            new CountDownLatch(1).await();
        }
        StringBuilder start = new StringBuilder("HTTP/1.1 " + status + " scripted\r\n");
        headers.forEach(header -> start.append(header).append("\r\n"));
        if (!endless) {
            start.append("Content-Length: ").append(declared()).append("\r\n");
        }
        start.append("\r\n");
        out.write(start.toString().getBytes(StandardCharsets.ISO_8859_1));
        if (head) {
            out.flush();
            return true;
        }
        for (int i = 0; pauseMillis > 0 && i < body.length; i++) {
            Thread.sleep(pauseMillis);
            out.write(body[i]);
            out.flush();
        }
        if (pauseMillis > 0) {
            return true;
        }
        if (endless) {
            while (true) {
                out.write(body);
            }
        }
        if (stopAfter >= 0) {
            out.write(body, 0, Math.min(stopAfter, body.length));
            out.flush();
            new CountDownLatch(1).await();
        }
        out.write(body, 0, cutAfter >= 0 ? Math.min(cutAfter, body.length) : body.length);
        out.flush();
        return cutAfter < 0 && declaredLength < 0;
    }
}
