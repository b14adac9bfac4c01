package io.jenkins.plugins.dtk.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Secrets are hidden in whatever form builders, registries and shells print them. */
class SecretMaskTest {

    private static final String PASSWORD = "s3cr3t+Pass/w0rd?";

    private static final String LONG =
            "{\"type\": \"service_account\", \"key\": \"0123456789abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789+/\"}..";

    private static String wrapped(int width, String text) {
        return base64(text).replaceAll("(.{" + width + "}|.+$)", "$1\n");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static java.util.stream.Stream<Arguments> texts() {
        String login = base64("robot:" + PASSWORD);
        return java.util.stream.Stream.of(
                row("as it is", "login with " + PASSWORD + " now", "login with **** now", PASSWORD),
                row("twice", PASSWORD + " and " + PASSWORD, "**** and ****", PASSWORD),
                row("at the ends of a line", PASSWORD, "****", PASSWORD),
                row("in base64", "auth " + base64(PASSWORD), "auth ****", PASSWORD),
                row("in base64 without padding", base64("abcdefg").replace("=", "") + ".", "****.", "abcdefg"),
                row("in base64 for addresses", "?t=Pz8_Pj4-", "?t=****", "???>>>"),
                row("in an address", "https://x:s3cr3t%2BPass%2Fw0rd%3F@quay.io", "https://x:****@quay.io", PASSWORD),
                row("with blanks, in an address", "?p=my%20word&q=my+word", "?p=****&q=****", "my word"),
                row("as bash -x prints it", "+ login -p 'it'\\''s me'", "+ login -p '****'", "it's me"),
                row(
                        "the login as docker stores it",
                        "\"auth\": \"" + login + "\"",
                        "\"auth\": \"****\"",
                        "robot:" + PASSWORD),
                row("behind a blank or a line break in the store", "x " + PASSWORD + "\n", "x ****\n", PASSWORD + "\n"),
                row("several", "org 12345 key k-9", "org **** key ****", "12345", "k-9"),
                row("one that is part of another", "abc and abcdef", "**** and ****", "abc", "abcdef"),
                row("two that overlap leave no tail", "x abcdef y", "x **** y", "abcd", "cdef"),
                row("with the marks of a pattern", "a.*[b]\\E$ but not axxb", "**** but not axxb", "a.*[b]\\E$"),
                row("with a dollar in what replaces it", "$1 costs", "**** costs", "$1"),
                row("of several lines", "-- line one\n-- line two", "-- ****\n-- ****", "line one\nline two\n"),
                row("of several lines, with Windows' ends", "line two", "****", "line one\r\nline two\r\n"),
                row(
                        "brackets on lines of their own are no secret",
                        "{ \"a\": [ ] }",
                        "{ \"a\": [ ] }",
                        "{\n\"auths\"\n}\n"),
                row("an umlaut", "pässwörd is UTF-8", "**** is UTF-8", "pässwörd"),
                row("in JSON", "{\"p\":\"a\\\"b\\\\c\\/d\"}", "{\"p\":\"****\"}", "a\"b\\c/d"),
                row("in JSON of ASCII alone", "\"p\\u00e4ss\\u0026w\\u00F6rd\"", "\"****\"", "p\u00e4ss&w\u00f6rd"),
                row("in JSON within JSON", "\\\"a\\\\\\\"b c\\\"", "\\\"****\\\"", "a\"b c"),
                row("in JSON, beyond the first plane", "\\ud83d\\udd11word", "****", "\ud83d\udd11word"),
                row("as Go quotes it", "\"p\\x01\\tw\\u2028\\U0001f511\"", "\"****\"", "p\u0001\tw\u2028\ud83d\udd11"),
                row("as Go quotes bytes", "\"p\\xc3\\xa4ss\"", "\"****\"", "p\u00e4ss"),
                row("by printf %q", "it\\'s\\ me\\!\\$x", "****", "it's me!$x"),
                row("by printf %q, where the locale is C", "$'p\\303\\244\\'s\\a'", "$'****'", "p\u00e4's\u0007"),
                row("in a shell, quoted twice", "'it'\"'\"'s me'", "'****'", "it's me"),
                row("in an address of lower case", "x=p%c3%a4%2fw", "x=****", "p\u00e4/w"),
                row("in an address, escaped more than need be", "%68%75%6e%74er2", "****", "hunter2"),
                row("in an address, its base64", "?a=Pz8%2FPj4%2B&", "?a=****&", "???>>>"),
                row("in base64 of 76 characters a line", wrapped(76, LONG), "****\n****\n****\n", LONG),
                row("in base64 of 64 characters a line", wrapped(64, LONG), "****\n****\n****\n", LONG),
                row(
                        "in base64 of lines, the last one short",
                        wrapped(76, LONG.substring(0, 60)),
                        "****\n****\n",
                        LONG.substring(0, 60)),
                row("in base64, from echo", wrapped(76, LONG + "\n"), "****\n****\n****\n", LONG),
                row("escapes that are none", "\\ \\u12 \\xg %zz %", "\\ \\u12 \\xg %zz %", "hunter2"),
                row("bytes that are no UTF-8", "\\377\\200hunter2\\377", "\\377\\200****\\377", "hunter2"),
                row(
                        "a short one where it stands alone",
                        "https://ab:x9@h pass=x9 \"x9\" x9, box9 x90 prefix9",
                        "https://ab:****@h pass=**** \"****\" ****, box9 x90 prefix9",
                        "x9"),
                row(
                        "a short one in base64",
                        "auth " + base64("x9") + " " + base64("x9") + "k",
                        "auth **** " + base64("x9") + "k",
                        "x9"),
                row("a short one in a login", "Basic " + base64("ab:x9"), "Basic ****", "x9", "ab:x9"),
                row("nothing to hide", "all of it", "all of it"),
                row("blank ones hide nothing", "a b\tc", "a b\tc", "", " ", "\n", "\t"));
    }

    private static Arguments row(String what, String text, String hidden, String... secrets) {
        return Arguments.of(what, List.of(secrets), text, hidden);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void hides(String what, List<String> secrets, String text, String hidden) {
        assertThat(new SecretMask(secrets).hide(text)).isEqualTo(hidden);
    }

    @Test
    void hidesAPasswordWithinTheBase64OfALoginWhoseUserItDoesNotKnow() {
        SecretMask mask = new SecretMask(List.of(PASSWORD));

        for (String user : List.of("a", "ab", "abc", "robot$ci")) {
            String header = base64(user + ":" + PASSWORD);
            String hidden = mask.hide("Authorization: Basic " + header);

            assertThat(hidden).startsWith("Authorization: Basic ").contains("****");
            String left = hidden.substring("Authorization: Basic ".length()).replace("****", "");
            assertThat(left.length())
                    .as("what is left is the user and at most parts of two characters: %s", hidden)
                    .isLessThanOrEqualTo(base64(user + ":").length() + 4);
        }
    }

    /** By patterns it took 12.7 s. What the thread's own work took does not depend on what else the machine does. */
    @Test
    void takesLittleWorkForEachMegabyteOfLogWithFiveHundredLinesOfSecret() {
        List<String> key = new ArrayList<>();
        Random random = new Random(1);
        for (int i = 0; i < 500; i++) {
            byte[] line = new byte[48];
            random.nextBytes(line);
            key.add(Base64.getEncoder().encodeToString(line));
        }
        String log = ("2026-11-27 INFO pulling \"layer\" sha256:" + key.get(7).substring(0, 60) + "! %3D C:\\temp it's "
                        + key.get(9).substring(1) + "\n" + key.get(10) + "\n")
                .repeat(5000);
        SecretMask mask = new SecretMask(List.of(String.join("\n", key)));
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            least = Math.min(least, nanos(mask, log));
        }

        assertThat(mask.hide(log).contains(key.get(10))).isFalse();
        assertThat(1e-9 * least / (log.length() / 1e6)).isLessThan(1);
    }

    private static long nanos(SecretMask mask, String log) {
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        long start = clock.getCurrentThreadCpuTime();
        mask.hide(log);
        return clock.getCurrentThreadCpuTime() - start;
    }

    @Provide
    Arbitrary<String> secrets() {
        return Arbitraries.strings()
                .withChars("ab+/ %'\"$\\=\u00e4")
                .ofMinLength(4)
                .ofMaxLength(20);
    }

    @Property
    @Label("No secret is left in a text, whatever surrounds it and whatever other secrets there are")
    void noneIsLeft(@ForAll("secrets") String one, @ForAll("secrets") String other, @ForAll String around) {
        SecretMask mask = new SecretMask(List.of(one, other));
        String secret = one.strip();

        String hidden = mask.hide(around + secret + other.strip() + around + base64(secret) + around);

        assertThat(secret.length() < 4 || !hidden.contains(secret)).isTrue();
        assertThat(secret.length() < 4 || !hidden.contains(base64(secret))).isTrue();
    }
}
