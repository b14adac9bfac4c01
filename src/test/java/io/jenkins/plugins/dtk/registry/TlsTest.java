package io.jenkins.plugins.dtk.registry;

import static io.jenkins.plugins.dtk.registry.Scripted.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.dtk.registry.RegistryException.Kind;
import io.jenkins.plugins.dtk.testing.ScriptedServer;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Over TLS, a registry")
class TlsTest {

    private static ScriptedServer server;
    private static ScriptedServer misnamed;
    private static String pem;
    private static String misnamedPem;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        KeyStore own = keyStore(folder, "own", "ip:127.0.0.1");
        KeyStore other = keyStore(folder, "other", "dns:registry.example");
        pem = pem(own);
        misnamedPem = pem(other);
        server = ScriptedServer.start(context(own));
        server.on("GET", "/v2/acme/.*", Scripted.index());
        misnamed = ScriptedServer.start(context(other));
        misnamed.on("GET", "/v2/acme/.*", Scripted.index());
    }

    private static KeyStore keyStore(Path folder, String name, String subject) throws Exception {
        Path file = folder.resolve(name + ".p12");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "it",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=" + subject,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                "changeit");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, "changeit".toCharArray());
        }
        return store;
    }

    private static SSLContext context(KeyStore store) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static String pem(KeyStore store) throws Exception {
        String body = Base64.getMimeEncoder()
                .encodeToString(store.getCertificate("it").getEncoded());
        return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        misnamed.close();
    }

    private static RegistryException failure(RegistryClient client, ScriptedServer from) {
        return catchThrowableOfType(RegistryException.class, () -> client.manifest(image(from, "acme/x:1")));
    }

    @Test
    void withAnUnknownCertificateIsNotAskedAnything() {
        int before = server.requests().size();
        RegistryException failure = failure(RegistryClient.builder().build(), server);
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
