package io.jenkins.plugins.dtk.release;

import static io.jenkins.plugins.dtk.testing.ReplyText.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.http.HttpSettings;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.release.ReleaseVersion.Minor;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import io.jenkins.plugins.dtk.testing.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The update graph")
class UpdateGraphTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String DIGEST = "sha256:" + "a".repeat(64);
    private static final String PAYLOAD = "quay.io/openshift-release-dev/ocp-release@" + DIGEST;

    @AutoClose
    private final ScriptedServer server = ScriptedServer.start();

    private UpdateGraph graph(Duration timeout) {
        return graph("http://" + server.address() + "/graph", timeout);
    }

    private static UpdateGraph graph(String url, Duration timeout) {
        return new UpdateGraph(URI.create(url), HttpSettings.standard().patience(timeout, Duration.ofMillis(1)));
    }

    private List<String> ask() throws Exception {
        return ask(graph(LONG));
    }

    private static List<String> ask(UpdateGraph graph) throws Exception {
        return graph.releases("candidate", new Minor(4, 20), Architecture.AARCH64).stream()
                .map(release -> release + " " + release.payload())
                .toList();
    }

    private static String node(String version, String payload) {
        return "{\"version\": \"%s\", \"payload\": \"%s\", \"metadata\": {\"url\": \"\"}}".formatted(version, payload);
    }

    private static ScriptedReply nodes(String... nodes) {
        return ScriptedReply.json(
                200, "{\"version\": 1, \"nodes\": [" + String.join(", ", nodes) + "], \"edges\": [[0, 1]]}");
    }

    private static final ScriptedReply ONE = nodes(node("4.20.3", PAYLOAD));
    private static final String FOUND = "4.20.3 (aarch64) " + PAYLOAD;

    @Test
    @DisplayName("is asked for one channel and one architecture, by the names that it uses")
    void question() throws Exception {
        server.on("GET", "/graph\\?channel=candidate-4.20&arch=arm64", ONE);

        assertThat(ask()).containsExactly(FOUND);
        assertThat(server.requests()).hasSize(1).first().satisfies(request -> assertThat(request.header("accept"))
                .isEqualTo("application/json"));
    }

    @Test
    @DisplayName("may have an address with a query of its own")
    void addressWithQuery() throws Exception {
        server.on("GET", "/api/graph\\?id=1&channel=candidate-4.20&arch=arm64", ONE);

        assertThat(ask(graph("http://" + server.address() + "/api/graph?id=1", LONG)))
                .containsExactly(FOUND);
    }

    @Test
    @DisplayName("carries other lines in a channel, and tags that are no version: they are left out")
    void otherLines() throws Exception {
        server.on(
                "GET",
                "/graph.*",
                nodes(
                        node("4.19.40", PAYLOAD),
                        node("4.20.0-rc.1", PAYLOAD),
                        node("4.20.3", PAYLOAD),
                        node("4.200.1", PAYLOAD),
                        node("5.20.1", PAYLOAD),
                        node("latest", "no image"),
                        node("4.19.41", "no image"),
                        "{}"));

        assertThat(ask()).containsExactly("4.20.0-rc.1 (aarch64) " + PAYLOAD, FOUND);
    }

    @Test
    @DisplayName("answers a channel that it does not know with no nodes: that is no failure")
    void unknownChannel() throws Exception {
        server.on("GET", "/graph.*", nodes());

        assertThat(ask()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("is asked again after what may pass")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            server errors      | 500 oops
            a gateway's page   | 502 <html>Bad Gateway</html>
            too many requests  | 429 <html>slow down</html>
            a body that is cut | 200 {"nodes": [ ~ declaring 100
            """)
    void passingFailures(String what, String reply) throws Exception {
        server.on("GET", "/graph.*", ONE);
        server.on("GET", "/graph.*", 2, request -> reply(reply));

        assertThat(ask()).containsExactly(FOUND);
        assertThat(server.requests()).hasSize(3);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("that cannot be read fails in one line with its address and the reason")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            server errors that stay        | 503 x | 5 | HTTP status 503
            a refusal                      | 400 {"kind": "invalid_params",␊ "value": "no such arch"} | 1 | the answer was HTTP status 400: {"kind": "invalid_params", "value": "no such arch"}
            a wrong address                | 404 | 1 | the answer was HTTP status 404
            a redirect: it is not followed | 302 ~ Location: http://127.0.0.1:1/ | 1 | the answer was HTTP status 302
            a login page                   | 200 <html>␊<body>Please log in</body>( x)*5000 | 1 | the answer is not usable JSON (line 1, column 1); it begins with '<html> <body>Please log in</body> x x
            text behind the graph          | 200 {"nodes": [], "edges": []}␊<html> | 1 | the answer is not usable JSON: there is text behind the document; it begins with '{"nodes"
            nothing                        | 200 | 1 | the answer is not a JSON object: it is empty
            other JSON                     | 200 {"nodes": {}} | 1 | has no list of nodes; it begins with '{"nodes
            JSON nested 10,000 deep        | 200 ([)*10000 | 1 | the answer is not usable JSON: it is nested deeper than 64
            a payload that is no image     | 200 {"nodes": [{"version": "4.20.3", "payload": "--rm -v /:/host"}]} | 1 | its release '4.20.3' has a payload that is not an image reference: '--rm -v /:/host'
            a release without a payload    | 200 {"nodes": [{"version": "4.20.3"}]} | 1 | its release '4.20.3' has a payload that is not an image reference: ''
            an endless answer              | 200 ([1,2,3,4],)*10000 ~ endless | 1 | the answer is larger than 32 MiB
            """)
    void failures(String what, String reply, int requests, String why) {
        server.on("GET", "/graph.*", reply(reply));

        assertThatThrownBy(this::ask)
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("Tried to read the update graph at http://" + server.address()
                        + "/graph?channel=candidate-4.20&arch=arm64 but failed because: ")
                .hasMessageContaining(why)
                .hasMessageNotContainingAny("\n")
                .message()
                .hasSizeLessThan(500);
        assertThat(server.requests()).hasSize(requests);
    }

    @Test
    @DisplayName("that no one serves fails in one line")
    void unreachable() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        assertThatThrownBy(() -> ask(graph("http://127.0.0.1:" + port + "/graph", LONG)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("http://127.0.0.1:" + port + "/graph")
                .hasMessageContaining("but failed because: cannot connect to 127.0.0.1:" + port);
    }

    @Test
    @DisplayName("that never answers fails when its time is over")
    void silence() {
        server.on("GET", "/graph.*", ScriptedReply.silence());

        assertThatThrownBy(() -> ask(graph(SHORT))).hasMessageContaining(" did not answer within ");
    }

    @Test
    @DisplayName("that stalls in the middle of its answer fails when its time is over")
    void stall() throws Exception {
        Throwable failure = stalled(SHORT);
        // A busy machine may need longer for what comes before the stall.
        for (Duration time = SHORT; failure.getMessage().contains(" did not answer within "); time = time.plus(time)) {
            failure = stalled(time);
        }

        assertThat(failure)
                .isInstanceOf(Failure.class)
                .hasMessageContaining("but failed because: the answer stopped after 11 bytes for ");
    }

    private static Throwable stalled(Duration time) throws IOException {
        try (StallingServer stalling = new StallingServer()) {
            return catchThrowable(() -> ask(graph(stalling.url(), time)));
        }
    }

    @Test
    @DisplayName("is left at once when the work is interrupted")
    void interrupt() throws Exception {
        try (StallingServer stalling = new StallingServer()) {
            FutureTask<List<String>> work = new FutureTask<>(() -> ask(graph(stalling.url(), LONG)));
            Thread thread = new Thread(work);
            thread.start();
            stalling.asked.await();
            thread.interrupt();

            assertThatThrownBy(work::get).cause().isInstanceOf(InterruptedException.class);
        }
    }

    /** Sends the headers and the start of a body, and then nothing. */
    private static final class StallingServer implements AutoCloseable {
        private final HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch end = new CountDownLatch(1);

        StallingServer() throws IOException {
            server.setExecutor(threads);
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(200, 1000);
                exchange.getResponseBody().write("{\"nodes\": [".getBytes(StandardCharsets.US_ASCII));
                exchange.getResponseBody().flush();
                asked.countDown();
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/graph";
        }

        @Override
        public void close() {
            end.countDown();
            server.stop(0);
            threads.shutdownNow();
        }
    }

    private static ScriptedReply in(String channel) {
        return ScriptedReply.json(
                200,
                "{\"nodes\":[{\"version\":\"4.20.3\",\"payload\":\"" + PAYLOAD
                        + "\",\"metadata\":{\"url\":\"https://x\",\"io.openshift.upgrades.graph.release.channels\":\""
                        + channel + "\"}}]}");
    }

    @Test
    @DisplayName(
            "is asked again when by its own words it answered for another channel, and not believed when it goes on")
    void swappedAnswer() throws Exception {
        server.on("GET", "/graph.*", in("fast-4.20,candidate-4.20,candidate-4.21"));
        server.on("GET", "/graph.*", 1, request -> in("fast-4.20,candidate-4.21"));
        assertThat(ask()).singleElement().asString().startsWith("4.20.3");

        server.on("GET", "/graph.*", in("candidate-4.200,stable-4.20"));
        assertThatThrownBy(this::ask)
                .hasMessageContaining(
                        "the answer is that of another channel: of its 1 releases none says that it is in candidate-4.20");
    }
}
