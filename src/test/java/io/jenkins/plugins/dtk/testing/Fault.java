package io.jenkins.plugins.dtk.testing;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What may go wrong with an answer: the one table for tests of each fault and for runs with faults at random. */
public enum Fault {
    TOO_MANY(true, "status 429", () -> ScriptedReply.status(429)),
    TOO_MANY_WITH_A_WAIT(
            true, "status 429 with a wait", () -> ScriptedReply.status(429).header("Retry-After", "0")),
    SERVER_ERROR(true, "status 500", () -> ScriptedReply.status(500).body("oops")),
    BAD_GATEWAY(true, "status 502 and a page", () -> ScriptedReply.status(502).body("<html>Bad Gateway</html>")),
    WAIT_IN_WORDS(true, "status 503 and a wait in words", () -> ScriptedReply.status(503)
            .header("Retry-After", "soon")),
    NO_WAIT(true, "status 503 and no wait", () -> ScriptedReply.status(503).header("Retry-After", "0")),
    GATEWAY_TIMEOUT(true, "status 504", () -> ScriptedReply.status(504)),
    SILENCE(true, "silence", ScriptedReply::silence),
    STOP(true, "a body that stops", (reply, place) -> reply.stopAfter(at(reply, place))),
    TRICKLE(
            true,
            "a body that comes a byte at a time",
            reply -> reply.body().length < 300 ? reply.trickling(Duration.ofMillis(1)) : reply),
    CUT_BEFORE(true, "a cut before the body", reply -> reply.cutAfter(0)),
    CUT_AFTER_ONE(true, "a cut after one byte", reply -> reply.cutAfter(1)),
    CUT(true, "a cut in the middle", (reply, place) -> reply.cutAfter(at(reply, place))),
    RESET(true, "a reset in the middle", (reply, place) -> reply.resetAfter(at(reply, place))),
    WAIT_OF_YEARS(false, "status 503 and a wait of years", () -> ScriptedReply.status(503)
            .header("Retry-After", "999999999")),
    NO_CONTENT(false, "status 204", () -> ScriptedReply.status(204)),
    BAD_REQUEST(false, "status 400", () -> ScriptedReply.status(400).body("what?")),
    UNAUTHORIZED(false, "status 401", () -> ScriptedReply.status(401)),
    FORBIDDEN(false, "status 403", () -> ScriptedReply.error(403, "DENIED", "not for you")),
    FORBIDDEN_IN_TEXT(
            false, "status 403 in plain text", () -> ScriptedReply.status(403).body("denied")),
    NOT_FOUND_PAGE(
            false, "status 404 and a page", () -> ScriptedReply.status(404).body("<html>404</html>")),
    NOT_FOUND(false, "status 404 of a registry", () -> ScriptedReply.error(404, "MANIFEST_UNKNOWN", "gone")),
    TEAPOT(false, "status 418", () -> ScriptedReply.status(418)),
    NOTHING(false, "status 200 and nothing", () -> ScriptedReply.status(200)),
    NO_JSON(false, "a type of JSON and nothing", () -> ScriptedReply.json(200, "")),
    LOGIN_PAGE(false, "a page to log in", () -> ScriptedReply.status(200).body("<html>please log in</html>")),
    EMPTY_OBJECT(false, "an empty object", () -> ScriptedReply.json(200, "{}")),
    EMPTY_LIST(false, "a list", () -> ScriptedReply.json(200, "[]")),
    DEEP(false, "JSON 10,000 deep", () -> ScriptedReply.json(200, "[".repeat(10_000))),
    DEEP_OBJECT(
            false,
            "an object 10,000 deep",
            () -> ScriptedReply.json(200, "{\"nodes\":".repeat(10_000) + "1" + "}".repeat(10_000))),
    NO_TYPE(false, "a type that is none", reply -> reply.header("Content-Type", "text/html; charset=\"")),
    OTHER_DIGEST(false, "another digest in its header", reply -> ScriptedReply.status(200)
            .header("Docker-Content-Digest", "sha256:" + "0".repeat(64))
            .body(reply.body())),
    NO_DIGEST(false, "a digest that is none", reply -> ScriptedReply.status(200)
            .header("Docker-Content-Digest", "md5:x")
            .body(reply.body())),
    OTHER_PART(false, "another part than was asked for", reply -> ScriptedReply.status(206)
            .header("Content-Range", "bytes 7-9/10")
            .body(reply.body())),
    OTHER_CONTENT(false, "content of another digest", (reply, place) -> reply.body(changed(reply.body(), place))),
    HALF(false, "half of the content", (reply, place) -> reply.body(Arrays.copyOf(reply.body(), at(reply, place)))),
    MORE(
            false,
            "more content than there is",
            reply -> reply.body(Arrays.copyOf(reply.body(), reply.body().length + 1000))),
    SMALL_LENGTH(false, "a length that is too small", reply -> reply.declaring(3)),
    LARGE_LENGTH(false, "a length that is too large", reply -> reply.declaring(1L << 40)),
    ENDLESS(false, "content without end", reply -> reply.body("{\"nodes\": [".repeat(3000))
            .endless()),
    ENDLESS_LISTS(false, "a list without end", reply -> reply.body("[{\"x\":[[],[],[]]},".repeat(1000))
            .endless()),
    CIRCLE(false, "a circle of redirects", () -> ScriptedReply.status(302).header("Location", "?again")),
    SAME_PLACE(false, "a redirect to itself", () -> ScriptedReply.status(307).header("Location", "")),
    CLEAR_TEXT(false, "a redirect to clear text", () -> ScriptedReply.status(302)
            .header("Location", "http://evil.example/x")),
    NO_SERVER(false, "a redirect to where no server is", () -> ScriptedReply.status(302)
            .header("Location", "https://127.0.0.1:1/blob")),
    OTHER_PROTOCOL(false, "a redirect to FTP", () -> ScriptedReply.status(302).header("Location", "ftp://x")),
    FILE(false, "a redirect to a file", () -> ScriptedReply.status(302).header("Location", "file:///etc/passwd")),
    BOMB(false, "a gzip bomb", () -> ScriptedReply.status(200).body(Large.BOMB)),
    HUGE(false, "a tar with an entry of 2 GiB", () -> ScriptedReply.status(200).body(Large.ENTRY));

    /** What ends by a time limit, or is large: thousands of runs would take hours. */
    private static final EnumSet<Fault> SLOW =
            EnumSet.of(SILENCE, STOP, WAIT_OF_YEARS, ENDLESS, ENDLESS_LISTS, BOMB, HUGE);

    /** A reader cannot know that these are not the truth: a registry says so of what has no digest yet. */
    private static final Set<Fault> LIES = EnumSet.of(NOT_FOUND, OTHER_DIGEST);

    private final boolean passes;
    private final String words;
    private final BiFunction<ScriptedReply, Double, ScriptedReply> spoil;

    Fault(boolean passes, String words, BiFunction<ScriptedReply, Double, ScriptedReply> spoil) {
        this.passes = passes;
        this.words = words;
        this.spoil = spoil;
    }

    Fault(boolean passes, String words, UnaryOperator<ScriptedReply> spoil) {
        this(passes, words, (reply, place) -> spoil.apply(reply));
    }

    Fault(boolean passes, String words, Supplier<ScriptedReply> instead) {
        this(passes, words, (reply, place) -> instead.get());
    }

    /** Those that take no time. */
    public static Set<Fault> quick() {
        return EnumSet.complementOf(SLOW);
    }

    /** Those of them that a reader can see through. */
    public static Set<Fault> visible() {
        Set<Fault> visible = quick();
        visible.removeAll(LIES);
        return visible;
    }

    /** Whether it is worth to ask again. */
    public boolean passes() {
        return passes;
    }

    /** What comes instead of a reply, whose body breaks in the middle if it does. */
    public ScriptedReply spoil(ScriptedReply reply) {
        return spoil(reply, 0.5);
    }

    /** The same, with the place in the body where it breaks, from 0 to below 1. */
    public ScriptedReply spoil(ScriptedReply reply, double place) {
        return spoil.apply(reply, place);
    }

    private static int at(ScriptedReply reply, double place) {
        return (int) (reply.body().length * place);
    }

    private static byte[] changed(byte[] body, double place) {
        if (body.length > 0) {
            body[(int) (body.length * place)] ^= (byte) (1 << (int) (place * 1_000_000) % 8);
        }
        return body;
    }

    @Override
    public String toString() {
        return words;
    }

    /** What is made once. */
    private static final class Large {
        private static final byte[] BOMB =
                new Tar().file("zeros", new byte[16 << 20]).gzipped();
        private static final byte[] ENTRY = new Tar()
                .entry('0', "swap", Tar.octal(2L << 30, 12), new byte[512])
                .gzipped();
    }
}
