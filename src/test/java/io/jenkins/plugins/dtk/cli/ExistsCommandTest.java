package io.jenkins.plugins.dtk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.demo.DockerRegistry;
import io.jenkins.plugins.dtk.demo.OpenShiftWorld;
import io.jenkins.plugins.dtk.demo.PublishedWorld;
import io.jenkins.plugins.dtk.testing.Parts;
import io.jenkins.plugins.dtk.testing.TlsProxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExistsCommandTest {

    private static final String USER = "reader";
    private static final String PASSWORD = "Pa55-of-the-reader";

    @TempDir
    private static Path folder;

    @AutoClose
    private static DockerRegistry registry;

    private static PublishedWorld world;

    @BeforeAll
    static void start() throws Exception {
        Parts.need("docker-registry");
        registry = DockerRegistry.with().login(USER, PASSWORD).start();
        world = OpenShiftWorld.of("4.14.7").publish(registry);
        String auth = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        Files.writeString(
                folder.resolve("auth.json"),
                "{\"auths\":{\"" + registry.address() + "\":{\"auth\":\"" + auth + "\"}}}");
        Files.writeString(folder.resolve("elsewhere.json"), "{\"auths\":{\"quay.io\":{\"auth\":\"" + auth + "\"}}}");
    }

    private static Dtk exists(String args) {
        return Dtk.run(("exists " + args)
                .replace("REGISTRY", registry.address())
                .replace("PAYLOADS", registry.address() + "/" + OpenShiftWorld.RELEASE_REPOSITORY)
                .replace("DIR", folder.toString())
                .replace("OTHER", "sha256:" + "0".repeat(64))
                .split(" +"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    there                          | 0 | PAYLOADS:4.14.7-x86_64                                        | is there (sha256:
                    there for both platforms       | 0 | PAYLOADS:4.14.7-multi --platform linux/amd64 --platform arm64 | is there (sha256:
                    no such tag                    | 1 | PAYLOADS:4.14.9-x86_64                                        | the registry has no
                    no such repository             | 1 | REGISTRY/acme/driver-toolkit:1                                | the registry has no
                    not for one platform           | 1 | PAYLOADS:4.14.7-multi --platform linux/s390x                  | is not there for linux/s390x
                    on another base                | 1 | PAYLOADS:4.14.7-x86_64 --base-digest OTHER                    | base
                    """)
    void answersYesOrNo(String name, int exit, String args, String words) {
        Dtk dtk = exists(args + " --plain-http REGISTRY --registry-auth DIR/auth.json");
        assertThat(dtk.exit()).as(dtk.err()).isEqualTo(exit);
        assertThat(dtk.out()).contains(words);
        assertThat(dtk.out().lines()).hasSize(1);
        assertThat(dtk.err()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    without login                  | PAYLOADS:4.14.7-x86_64 --plain-http REGISTRY
                    with a login for another host  | PAYLOADS:4.14.7-x86_64 --plain-http REGISTRY --registry-auth DIR/elsewhere.json
                    over https where it speaks http | PAYLOADS:4.14.7-x86_64 --registry-auth DIR/auth.json
                    nothing listens there          | 127.0.0.1:1/acme/driver-toolkit:1 --plain-http 127.0.0.1:1
                    """)
    void neverTakesCouldNotTellForNo(String name, String args) {
        Dtk dtk = exists(args);
        assertThat(dtk.exit()).isEqualTo(3);
        assertThat(dtk.out()).isEmpty();
        assertThat(dtk.err()).startsWith("dtk: Tried to ").doesNotContain(PASSWORD, "\tat ");
        assertThat(dtk.err().lines()).hasSize(1);
    }

    @Test
    void listsManyImagesEachOnALineInTheirOrder() {
        Dtk dtk = exists("PAYLOADS:4.14.7-x86_64 PAYLOADS:4.14.9-x86_64 PAYLOADS:4.14.7-multi"
                + " --plain-http REGISTRY --registry-auth DIR/auth.json");
        assertThat(dtk.exit()).isEqualTo(1);
        assertThat(dtk.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains(":4.14.7-x86_64 is there"),
                        line -> assertThat(line)
                                .startsWith("the registry has no ")
                                .endsWith(":4.14.9-x86_64"),
                        line -> assertThat(line).contains(":4.14.7-multi is there"));
    }

    @Test
    void readsTheNamesOfThousandsOfImagesFromAFile() throws Exception {
        String payloads = registry.address() + "/" + OpenShiftWorld.RELEASE_REPOSITORY;
        String names = (payloads + ":4.14.7-x86_64\n\n" + payloads + ":4.14.7-multi\n").repeat(1000);
        Files.writeString(folder.resolve("names"), names);
        Dtk dtk = exists("--images DIR/names --plain-http REGISTRY --registry-auth DIR/auth.json");
        assertThat(dtk.exit()).isZero();
        assertThat(dtk.out().lines()).hasSize(2000).allMatch(line -> line.contains(" is there (sha256:"));
    }

    @Test
    @DisplayName("plain http and unverified TLS are two permissions: neither gives the other")
    void permissionsAreSeparate(@TempDir Path own) throws Exception {
        Parts.need("nginx");
        try (TlsProxy proxy = TlsProxy.start(own, registry.address(), 1000)) {
            String tls = proxy.address() + "/" + OpenShiftWorld.RELEASE_REPOSITORY + ":4.14.7-x86_64";
            String plain = "PAYLOADS:4.14.7-x86_64";
            Files.writeString(
                    folder.resolve("tls.json"),
                    Files.readString(folder.resolve("auth.json")).replace(registry.address(), proxy.address()));
            assertThat(exists(tls + " --registry-auth DIR/tls.json --unverified-tls " + proxy.address())
                            .exit())
                    .isZero();
            Dtk untrusted = exists(tls + " --registry-auth DIR/tls.json");
            assertThat(untrusted.exit()).isEqualTo(3);
            assertThat(untrusted.err()).contains("its certificate is not trusted");
            assertThat(exists(tls + " --registry-auth DIR/tls.json --plain-http " + proxy.address())
                            .exit())
                    .as("a permission for plain http")
                    .isEqualTo(3);
            assertThat(exists(plain + " --registry-auth DIR/auth.json --unverified-tls REGISTRY")
                            .exit())
                    .as("a permission for unverified TLS")
                    .isEqualTo(3);
        }
    }

    @Test
    void listsTheOthersWhereSomeAreUnknown() {
        Dtk dtk = exists("127.0.0.1:1/acme/x:1 PAYLOADS:4.14.7-x86_64 127.0.0.1:1/acme/x:2"
                + " --plain-http REGISTRY --plain-http 127.0.0.1:1 --registry-auth DIR/auth.json");
        assertThat(dtk.exit()).isEqualTo(3);
        assertThat(dtk.out()).contains(":4.14.7-x86_64 is there");
        assertThat(dtk.err()).contains("acme/x:1").contains("(and 1 more are unknown)");
        assertThat(dtk.err().lines()).hasSize(1);
    }

    @Test
    void printsTheDigest() {
        assertThat(exists("PAYLOADS:4.14.7-multi --plain-http REGISTRY --registry-auth DIR/auth.json")
                        .out())
                .contains(world.multiPayload("4.14.7").orElseThrow());
    }
}
