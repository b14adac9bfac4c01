package io.jenkins.plugins.dtk.registry;

import static io.jenkins.plugins.dtk.registry.Scripted.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import io.jenkins.plugins.dtk.testing.ScriptedServer;
import io.jenkins.plugins.dtk.testing.SelfSigned;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Over TLS, a registry")
class TlsTest {

    @AutoClose
    private static ScriptedServer server;

    @AutoClose
    private static ScriptedServer misnamed;

    private static String pem;
    private static String misnamedPem;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        SelfSigned own = SelfSigned.create(folder, "ip:127.0.0.1");
        SelfSigned other = SelfSigned.create(folder, "dns:registry.example");
        pem = own.certificate();
        misnamedPem = other.certificate();
        server = ScriptedServer.start(own.context());
        server.on("GET", "/v2/acme/.*", Scripted.index());
        misnamed = ScriptedServer.start(other.context());
        misnamed.on("GET", "/v2/acme/.*", Scripted.index());
    }

    private static Failure failure(RegistryClient client, ScriptedServer from) {
        return catchThrowableOfType(Failure.class, () -> client.manifest(image(from, "acme/x:1")));
    }

    @Test
    void withAnUnknownCertificateIsNotAskedAnything() {
        int before = server.requests().size();
        Failure failure = failure(RegistryClient.builder().build(), server);
        assertThat(failure.kind()).isEqualTo(Kind.INVALID);
        assertThat(failure.getMessage())
                .contains(server.address() + ": its certificate is not trusted; add that of its authority");
        assertThat(server.requests()).hasSize(before);
    }

    @Test
    void isTrustedByTheCertificateOfItsAuthority() throws Exception {
        RegistryClient client =
                RegistryClient.builder().trustedCertificates(pem + misnamedPem).build();
        assertThat(client.manifest(image(server, "acme/x:1"))).isNotNull();
    }

    /** Java may lose a question without a word, with a connection of HTTP/2 that ends. */
    @Test
    void thatLeavesAQuestionUnansweredIsAskedAgainInTheTimeOfThatQuestion() throws Exception {
        server.on("GET", "/v2/acme/silent/.*", 1, request -> ScriptedReply.silence());
        RegistryClient client = RegistryClient.builder()
                .trustedCertificates(pem)
                .requestTimeout(Duration.ofSeconds(15))
                .build();

        assertThat(client.findManifest(image(server, "acme/silent:1"))).isPresent();
        assertThat(server.count("GET", "/v2/acme/silent/.*")).isEqualTo(2);
        assertThat(client.stats().retries()).as("failures").isZero();
    }

    @Test
    void isTrustedByACertificateFromWindowsOrFromAYamlFile() throws Exception {
        String fromWindows = "\ufeff" + pem.replace("\n", "\r\n");
        String indented = "# Our own authority\n" + pem.indent(4);
        for (String certificates : List.of(fromWindows, indented)) {
            RegistryClient client =
                    RegistryClient.builder().trustedCertificates(certificates).build();
            assertThat(client.manifest(image(server, "acme/x:1"))).isNotNull();
        }
    }

    @Test
    void isTrustedByAnAuthorityThatIsTrustedForItAlone() throws Exception {
        String own = "[" + server.address() + "]\n" + pem;
        String ofAnother = misnamedPem + "[registry.example:5000]\n" + pem;
        assertThat(RegistryClient.builder().trustedCertificates(own).build().manifest(image(server, "acme/x:1")))
                .isNotNull();
        RegistryClient client =
                RegistryClient.builder().trustedCertificates(ofAnother).build();
        assertThat(failure(client, server).getMessage()).contains("its certificate is not trusted");
    }

    @Test
    void withTheNameOfAnotherHostIsNotTrusted() {
        RegistryClient client =
                RegistryClient.builder().trustedCertificates(misnamedPem).build();
        assertThat(failure(client, misnamed).getMessage()).contains("TLS failed: ");
    }

    @Test
    void isReadUnverifiedOnlyWithAPermissionForItself() throws Exception {
        RegistryClient client = RegistryClient.builder()
                .unverifiedTls(Set.of(misnamed.address()))
                .build();
        assertThat(client.manifest(image(misnamed, "acme/x:1"))).isNotNull();
        assertThat(failure(client, server).getMessage()).contains("is not trusted");
    }

    @Test
    void thatSpeaksPlainHttpNeedsAPermissionOfItsOwn() throws Exception {
        try (ScriptedServer plain = ScriptedServer.start()) {
            RegistryClient client = RegistryClient.builder()
                    .unverifiedTls(Set.of(plain.address()))
                    .build();
            assertThat(failure(client, plain).getMessage()).endsWith("plain http needs an explicit permission");
        }
    }

    @Test
    void isNotReachedWithCertificatesThatAreNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        RegistryClient.builder().trustedCertificates("s3cret").build())
                .withMessageStartingWith("the trusted certificates");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RegistryClient.builder()
                        .trustedCertificates(pem.replace("M", "!"))
                        .build())
                .withMessageStartingWith("the trusted certificates");
    }
}
