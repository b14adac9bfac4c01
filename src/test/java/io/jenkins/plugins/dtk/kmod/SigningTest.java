package io.jenkins.plugins.dtk.kmod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kmod.SignedModule.Signer;
import io.jenkins.plugins.dtk.testing.Commands;
import io.jenkins.plugins.dtk.testing.ModuleSources;
import io.jenkins.plugins.dtk.testing.Parts;
import io.jenkins.plugins.dtk.testing.RealKernel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Beside the kernel's own program sign-file, which Debian has. */
@DisplayName("Signed modules")
class SigningTest {

    @TempDir
    static Path work;

    private static Path module;

    @BeforeAll
    static void start() throws Exception {
        Parts.need("openssl", "modinfo");
        RealKernel kernel = RealKernel.standard();
        Path folder = RealKernel.sources(work.resolve("acme"), "acme_nic", ModuleSources.SIMPLE);
        kernel.compile(folder);
        module = folder.resolve("acme_nic.ko");
        openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /O=Acme/CN=AcmeDrivers -keyout rsa.pem -out rsa.crt");
        openssl("rsa -in rsa.pem -traditional -out rsa-old.pem");
        openssl("pkcs8 -topk8 -nocrypt -in rsa.pem -outform DER -out rsa.der");
        openssl("x509 -in rsa.crt -outform DER -out rsa-crt.der");
        openssl("pkcs8 -topk8 -in rsa.pem -passout pass:secret -out encrypted.pem");
        openssl("ecparam -genkey -name prime256v1 -out ec-old.pem");
        openssl("pkcs8 -topk8 -nocrypt -in ec-old.pem -out ec.pem");
        openssl("req -x509 -new -key ec.pem -days 2 -subj /CN=AcmeCurves -out ec.crt");
        openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=Other -keyout other.pem -out other.crt");
        openssl("req -x509 -newkey ed25519 -nodes -days 2 -subj /CN=New -keyout new.pem -out new.crt");
        Files.writeString(work.resolve("text"), "nothing of the kind");
    }

    private static void openssl(String arguments) throws IOException, InterruptedException {
        Commands.run("sh", "-c", "cd '" + work + "' && openssl " + arguments);
    }

    private static byte[] file(String name) throws IOException {
        return Files.readAllBytes(work.resolve(name));
    }

    private static SigningKey pair(String key, String certificate) throws IOException {
        return SigningKey.read(file(key), file(certificate));
    }

    private static SignedModule signed(byte[] file, Signer signer) throws Exception {
        return SignedModule.of("opt/acme_nic.ko", new ByteArrayInputStream(file), signer);
    }

    /** Which of Debian's kernels it comes from does not matter. */
    private static Path signFile() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            return folders.map(folder -> folder.resolve("scripts/sign-file"))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow();
        }
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @DisplayName("are what modinfo and openssl take for signed, packed as they were")
    @CsvSource({
        "rsa.pem,     rsa.crt,     '',  AcmeDrivers",
        "rsa-old.pem, rsa-crt.der, xz,  AcmeDrivers",
        "rsa.der,     rsa.crt,     zst, AcmeDrivers",
        "ec-old.pem,  ec.crt,      gz,  AcmeCurves",
        "ec.pem,      ec.crt,      '',  AcmeCurves"
    })
    void signs(String key, String certificate, String ending, String signer) throws Exception {
        byte[] packed =
                switch (ending) {
                    case "xz" -> Compression.XZ.pack(Files.readAllBytes(module));
                    case "zst" -> Compression.ZSTD.pack(Files.readAllBytes(module));
                    case "gz" -> Compression.GZIP.pack(Files.readAllBytes(module));
                    default -> Files.readAllBytes(module);
                };

        SignedModule signed = signed(packed, pair(key, certificate));

        assertThat(signed.signature().signer()).isEqualTo(signer);
        byte[] plain = Compression.unpack(signed.file(), KernelModule.MOST_BYTES);
        Path file = Files.write(work.resolve("signed.ko"), plain);
        assertThat(Commands.run("modinfo", "-F", "signer", file.toString()).strip())
                .isEqualTo(signer);
        assertThat(Compression.of(signed.file())).isEqualTo(Compression.of(packed));
        assertThat(Compression.kernelUnpacks(signed.file())).isTrue();
        Files.write(work.resolve("signature"), AppendedSignature.of(plain).orElseThrow());
        openssl("cms -verify -binary -inform DER -in signature -content '" + module + "' -certfile " + certificate
                + " -noverify -out content");
        assertThat(work.resolve("content")).hasSameBinaryContentAs(module);
    }

    @Test
    @DisplayName("are byte for byte what the kernel's own program makes of them")
    void asSignFile() throws Exception {
        Path theirs = work.resolve("theirs.ko");
        Commands.run(
                signFile().toString(),
                "sha256",
                work.resolve("rsa.pem").toString(),
                work.resolve("rsa.crt").toString(),
                module.toString(),
                theirs.toString());

        assertThat(signed(Files.readAllBytes(module), pair("rsa.pem", "rsa.crt"))
                        .file())
                .isEqualTo(Files.readAllBytes(theirs));
        assertThat(ModuleSignature.isBy(SigningKey.certificate(file("rsa.crt")), Files.readAllBytes(theirs)))
                .isTrue();
        assertThat(ModuleSignature.isBy(SigningKey.certificate(file("other.crt")), Files.readAllBytes(theirs)))
                .isFalse();
        byte[] changed = Files.readAllBytes(theirs);
        changed[200] ^= 1;
        assertThat(ModuleSignature.isBy(SigningKey.certificate(file("rsa.crt")), changed))
                .isFalse();
    }

    @Test
    @DisplayName("have one signature: an earlier one is replaced")
    void replaces() throws Exception {
        byte[] before = signed(Files.readAllBytes(module), pair("other.pem", "other.crt"))
                .file();

        SignedModule now = signed(before, pair("rsa.pem", "rsa.crt"));

        assertThat(now.signature().signer()).isEqualTo("AcmeDrivers");
        assertThat(AppendedSignature.removed(now.file())).isEqualTo(Files.readAllBytes(module));
    }

    @Test
    @DisplayName("may have signed attributes, as some services sign")
    void attributes() throws Exception {
        openssl("cms -sign -binary -md sha256 -nocerts -noattr -outform DER -signer ec.crt -inkey ec.pem -in '" + module
                + "' -out plain.p7");
        openssl("cms -sign -binary -md sha512 -nocerts -outform DER -signer rsa.crt -inkey rsa.pem -in '" + module
                + "' -out attributes.p7");

        byte[] content = Files.readAllBytes(module);
        assertThat(ModuleSignature.isBy(
                        SigningKey.certificate(file("ec.crt")), AppendedSignature.added(content, file("plain.p7"))))
                .isTrue();
        assertThat(ModuleSignature.isBy(
                        SigningKey.certificate(file("rsa.crt")),
                        AppendedSignature.added(content, file("attributes.p7"))))
                .isTrue();
        content[100] ^= 1;
        assertThat(ModuleSignature.isBy(
                        SigningKey.certificate(file("rsa.crt")),
                        AppendedSignature.added(content, file("attributes.p7"))))
                .isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("are refused where whoever signs does not do just that")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            nothing happens | it was not signed
            more changes    | changed more than its signature
            another key     | its signature is not by the key of the certificate of 'CN=AcmeDrivers,O=Acme'
            """)
    void services(String what, String message) throws Exception {
        Signer service = new Signer() {
            @Override
            public byte[] sign(byte[] plain) throws IOException {
                byte[] changed = plain.clone();
                changed[300] ^= (byte) (what.equals("more changes") ? 1 : 0);
                return what.equals("nothing happens")
                        ? plain
                        : pair("other.pem", "other.crt").sign(changed);
            }

            @Override
            public Optional<X509Certificate> certificate() {
                try {
                    return Optional.of(SigningKey.certificate(file("rsa.crt")));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        };

        assertThatThrownBy(() -> signed(Files.readAllBytes(module), service))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("opt/acme_nic.ko")
                .hasMessageContaining(message);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @DisplayName("cannot be made with a key and a certificate that are none, or no pair; the reason is one line")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            other.pem     | rsa.crt | the signing key is not that of the certificate of 'CN=AcmeDrivers,O=Acme'
            ec.pem        | rsa.crt | the signing key is not that of the certificate of 'CN=AcmeDrivers,O=Acme'
            encrypted.pem | rsa.crt | the signing key is encrypted with a password: decrypt it (openssl pkey), or sign with a command
            text          | rsa.crt | the signing key is no private key for RSA or EC in PEM or DER
            rsa.crt       | rsa.crt | the signing key is no private key for RSA or EC in PEM or DER
            new.pem       | new.crt | the signing key is no private key for RSA or EC in PEM or DER
            rsa.pem       | text    | the signing certificate is no X.509 certificate in PEM or DER
            rsa.pem       | rsa.pem | the signing certificate is no X.509 certificate in PEM or DER
            """)
    void noPair(String key, String certificate, String message) {
        assertThatThrownBy(() -> pair(key, certificate))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
