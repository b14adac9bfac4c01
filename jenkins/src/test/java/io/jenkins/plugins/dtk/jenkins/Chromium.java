package io.jenkins.plugins.dtk.jenkins;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A real browser without a screen, with one page, driven by its DevTools protocol. */
final class Chromium implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final WebSocket page;
    private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> loads = new LinkedBlockingQueue<>();
    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());
    private int lastId;

    /**
     * @param profile an empty folder
     */
    Chromium(Path profile) throws Exception {
        process = new ProcessBuilder(
                        "chromium",
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        HttpClient client = HttpClient.newHttpClient();
        String browser = address();
        HttpRequest newPage = HttpRequest.newBuilder(URI.create("http://" + browser + "/json/new?about:blank"))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        String target = MAPPER.readTree(
                        client.send(newPage, BodyHandlers.ofString()).body())
                .get("webSocketDebuggerUrl")
                .asText();
        page = client.newWebSocketBuilder()
                .buildAsync(URI.create(target), new Listener())
                .join();
        for (String domain : List.of("Page", "Runtime", "Log")) {
            send(domain + ".enable", Map.of());
        }
        send("Page.bringToFront", Map.of());
    }

    private String address() throws IOException {
        BufferedReader errors =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        String words = "DevTools listening on ws://";
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
            if (line.startsWith(words)) {
                Thread drain = new Thread(() -> errors.lines().forEach(rest -> {}));
                drain.setDaemon(true);
                drain.start();
                return line.substring(words.length(), line.indexOf('/', words.length()));
            }
        }
        throw new IOException("chromium ended before it listened");
    }

    /** Shows a page, and waits until it is loaded. */
    void open(String address) throws Exception {
        loads.clear();
        send("Page.navigate", Map.of("url", "about:blank"));
        await(loads, "about:blank");
        send("Page.navigate", Map.of("url", address));
        await(loads, address);
    }

    /** Sets the size of the window, in CSS pixels. */
    void size(int width, int height) throws Exception {
        send(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    /** What an expression on the page gives, also later. */
    JsonNode evaluate(String expression) throws Exception {
        JsonNode result = send(
                "Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (result.has("exceptionDetails")) {
            throw new IOException(expression + ": " + result.get("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    /** Clicks with a mouse into the middle of an element that is in sight. */
    void click(String selector) throws Exception {
        JsonNode at = evaluate("(() => { const box = document.querySelector('" + selector
                + "').getBoundingClientRect(); return { x: box.left + box.width / 2, y: box.top + box.height / 2 }; })()");
        for (String type : List.of("mousePressed", "mouseReleased")) {
            send(
                    "Input.dispatchMouseEvent",
                    Map.of("type", type, "x", at.get("x"), "y", at.get("y"), "button", "left", "clickCount", 1));
        }
    }

    /**
     * Presses a key.
     *
     * @param command of the editor, such as paste; empty for none
     */
    void press(String key, int code, String command) throws Exception {
        List<String> commands = command.isEmpty() ? List.of() : List.of(command);
        for (String type : List.of("rawKeyDown", "keyUp")) {
            send(
                    "Input.dispatchKeyEvent",
                    Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", code, "commands", commands));
        }
    }

    /** What the window shows of an element, as a PNG. */
    byte[] picture(String selector) throws Exception {
        JsonNode box = evaluate("(() => { const box = document.querySelector('" + selector
                + "').getBoundingClientRect(); const top = Math.max(0, box.top);"
                + " return { x: box.left + window.scrollX, y: top + window.scrollY, width: box.width,"
                + " height: Math.min(window.innerHeight, box.bottom) - top, scale: 1 }; })()");
        JsonNode result = send("Page.captureScreenshot", Map.of("format", "png", "clip", box));
        return Base64.getDecoder().decode(result.get("data").asText());
    }

    /** Errors that pages wrote to the console, threw, or met when they loaded something. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    private JsonNode send(String method, Map<String, ?> parameters) throws Exception {
        ObjectNode message = MAPPER.createObjectNode().put("id", ++lastId).put("method", method);
        message.set("params", MAPPER.valueToTree(parameters));
        page.sendText(message.toString(), true).join();
        JsonNode answer = await(answers, method);
        if (answer.has("error")) {
            throw new IOException(method + ": " + answer.get("error"));
        }
        return answer.get("result");
    }

    private static <T> T await(BlockingQueue<T> queue, String what) throws Exception {
        T item = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (item == null) {
            throw new IOException("chromium does not answer: " + what);
        }
        return item;
    }

    private void hear(JsonNode message) {
        JsonNode parameters = message.path("params");
        switch (message.path("method").asText()) {
            case "" -> answers.add(message);
            case "Page.loadEventFired" -> loads.add("");
            case "Runtime.exceptionThrown" -> complaints.add(parameters.toString());
            case "Runtime.consoleAPICalled" -> complain("error", parameters.path("type"), parameters);
            case "Log.entryAdded" -> complain("error", parameters.path("entry").path("level"), parameters);
            default -> {}
        }
    }

    private void complain(String wanted, JsonNode level, JsonNode what) {
        if (wanted.equals(level.asText())) {
            complaints.add(what.toString());
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                try {
                    hear(MAPPER.readTree(text.toString()));
                } catch (IOException e) {
                    complaints.add(e.toString());
                }
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }

    @Override
    public void close() throws Exception {
        page.abort();
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
