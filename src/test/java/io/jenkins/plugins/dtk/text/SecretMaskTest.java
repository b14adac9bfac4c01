package io.jenkins.plugins.dtk.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
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
    void hidesAPasswordWithinTheBase64OfALoginWhoseUserItWasNotTold() {
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

        assertThat(secret.isEmpty() || !hidden.contains(secret)).isTrue();
        assertThat(secret.length() < 3 || !hidden.contains(base64(secret))).isTrue();
    }
}
