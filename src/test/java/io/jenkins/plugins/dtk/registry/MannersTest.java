package io.jenkins.plugins.dtk.registry;

import static io.jenkins.plugins.dtk.registry.Scripted.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import io.jenkins.plugins.dtk.testing.ScriptedServer;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A registry")
@Timeout(900)
class MannersTest {

    private static final String PATH = "/v2/acme/x/manifests/.*";

    @AutoClose
    private final ScriptedServer server = ScriptedServer.start();

    private static void readAll(RegistryClient client, ScriptedServer server, int count) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(32);
        try {
            List<Future<Manifest>> reads = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ImageReference image = image(server, "acme/x:" + i);
                reads.add(threads.submit(() -> client.manifest(image)));
            }
            for (Future<Manifest> read : reads) {
                read.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void neverSeesMoreRequestsAtOnceThanAllowed() throws Exception {
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        server.on("GET", PATH, request -> {
            most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
            Thread.yield();
            inFlight.decrementAndGet();
            return Scripted.index();
        });
        readAll(Scripted.client(server).requestsInFlight(3).build(), server, 200);
        assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    void isNotAskedFasterThanTheUserAllows() throws Exception {
        server.on("GET", PATH, Scripted.index());
        long start = System.nanoTime();
        readAll(Scripted.client(server).requestsPerSecond(100).build(), server, 50);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(400));
    }

    @Test
    void thatAnswers429FromATokenBucketIsReadCompletelyAndAtMostATenthMoreOften() throws Exception {
        int count = 600;
        TokenBucket bucket = new TokenBucket(200, 20);
        server.on("GET", PATH, request -> bucket.take() ? Scripted.index() : ScriptedReply.status(429));
        RegistryClient client =
                Scripted.client(server).pause(Duration.ofMillis(250)).build();
        readAll(client, server, count);
        assertThat(server.count("GET", PATH)).isBetween((long) count, count + count / 10L);
    }

    /** So many requests in a second, and so many at once. */
    private static final class TokenBucket {
        private final double perNano;
        private final int burst;
        private double tokens;
        private long last = System.nanoTime();

        TokenBucket(int perSecond, int burst) {
            this.perNano = perSecond / 1e9;
            this.burst = burst;
            this.tokens = burst;
        }

        synchronized boolean take() {
            long now = System.nanoTime();
            tokens = Math.min(burst, tokens + (now - last) * perNano);
            last = now;
            if (tokens < 1) {
                return false;
            }
            tokens--;
            return true;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504, 522})
    void thatHasTroubleForAMomentIsAskedAgain(int status) throws Exception {
        server.on("GET", PATH, Scripted.index());
        server.on("GET", PATH, 3, request -> ScriptedReply.status(status).body("<html>trouble</html>"));
        RegistryClient client = Scripted.client(server).build();
        client.manifest(image(server, "acme/x:1"));
        assertThat(server.count("GET", PATH)).isEqualTo(4);
        assertThat(client.stats().retries()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 405, 501})
    void thatSaysNoIsNotAskedAgain(int status) {
        server.on("GET", PATH, ScriptedReply.status(status).body("no"));
        RegistryClient client = Scripted.client(server).build();
        assertThat(catchThrowableOfType(Failure.class, () -> client.manifest(image(server, "acme/x:1"))))
                .isNotNull();
        assertThat(server.count("GET", PATH)).isEqualTo(1);
    }

    @Test
    void thatNamesTheTimeToWaitIsNotAskedBefore() throws Exception {
        server.on("GET", PATH, Scripted.index());
        server.on("GET", PATH, 1, request -> ScriptedReply.status(429).header("Retry-After", "1"));
        long start = System.nanoTime();
        Scripted.client(server).build().manifest(image(server, "acme/x:1"));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void thatWantsALongerWaitThanThereIsTimeForIsGivenUpAtOnce() {
        String tomorrow = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusDays(1));
        server.on("GET", PATH, ScriptedReply.status(503).header("Retry-After", tomorrow));
        RegistryClient client =
                Scripted.client(server).deadline(Duration.ofSeconds(30)).build();
        Failure failure = catchThrowableOfType(Failure.class, () -> client.manifest(image(server, "acme/x:1")));
        assertThat(failure.kind()).isEqualTo(Kind.OVERDUE);
        assertThat(failure.getMessage()).contains("the time for the whole work is over (30 s)");
        assertThat(server.count("GET", PATH)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "-1",
                "99999999999999",
                "Mon, 01 Jan 0001 00:00:00 GMT",
                "Sun, 06 Nov 1994 08:49:37 GMT"
            })
    void thatNamesNoUsableTimeToWaitIsAskedAgainSoon(String retryAfter) throws Exception {
        server.on("GET", PATH, Scripted.index());
        server.on("GET", PATH, 1, request -> ScriptedReply.status(429).header("Retry-After", retryAfter));
        Scripted.client(server).build().manifest(image(server, "acme/x:1"));
        assertThat(server.count("GET", PATH)).isEqualTo(2);
    }

    @Test
    void thatNeverAnswersIsLeftWhenTheWholeTimeIsOver() {
        server.on("GET", PATH, ScriptedReply.silence());
        RegistryClient client =
                Scripted.client(server).deadline(Duration.ofMillis(200)).build();
        Failure failure = catchThrowableOfType(Failure.class, () -> client.manifest(image(server, "acme/x:1")));
        assertThat(failure.kind()).isEqualTo(Kind.OVERDUE);
    }

    @Test
    void thatNeverAnsweredIsGivenUpForAllReadersTogether() {
        server.on("GET", "/v2/.*", ScriptedReply.silence());
        RegistryClient client = Scripted.client(server)
                .requestTimeout(Duration.ofMillis(200))
                .pause(Duration.ofMillis(1))
                .build();
        assertThat(catchThrowable(() -> readAll(client, server, 20)))
                .hasCauseInstanceOf(Failure.class)
                .hasMessageContaining("did not answer within");
        assertThat(client.stats().requests()).isEqualTo(3);
    }

    @Test
    void thatNeverAnswersIsLeftAtOnceWhenTheUserAborts() throws Exception {
        server.on("GET", PATH, ScriptedReply.silence());
        assertThat(interrupted(reader -> server.count("GET", PATH) > 0)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void thatMakesUsWaitIsLeftAtOnceWhenTheUserAborts() throws Exception {
        server.on("GET", PATH, ScriptedReply.status(503).header("Retry-After", "200"));
        assertThat(interrupted(MannersTest::waitsForTheHost)).isInstanceOf(InterruptedException.class);
    }

    /** Not while the answer that asks for it is still under way. */
    private static boolean waitsForTheHost(Thread reader) {
        return Stream.of(reader.getStackTrace())
                .anyMatch(frame -> frame.getClassName().endsWith(".Deadline")
                        && frame.getMethodName().equals("sleep"));
    }

    /** What a read ends with that is interrupted in this state. */
    private Throwable interrupted(Predicate<Thread> state) throws Exception {
        List<Throwable> ends = new ArrayList<>();
        RegistryClient client = Scripted.client(server).build();
        Thread reader = new Thread(() -> {
            try {
                client.manifest(image(server, "acme/x:1"));
            } catch (Failure | InterruptedException e) {
                ends.add(e);
            }
        });
        reader.start();
        while (!state.test(reader)) {
            assertThat(reader.isAlive()).isTrue();
            Thread.sleep(10);
        }
        reader.interrupt();
        reader.join();
        return ends.get(0);
    }
}
