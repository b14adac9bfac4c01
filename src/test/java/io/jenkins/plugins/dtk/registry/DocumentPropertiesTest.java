package io.jenkins.plugins.dtk.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.json.JsonDocument;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageConfig;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.oci.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

@Label("Whatever a registry or a user sends,")
class DocumentPropertiesTest {

    private static final String ENTRY = "{\"mediaType\":\"" + MediaType.OCI_MANIFEST + "\",\"digest\":\"sha256:"
            + "a".repeat(64) + "\",\"size\":7,\"platform\":{\"os\":\"linux\",\"architecture\":\"arm64\"}}";

    private static final List<String> MANIFESTS = List.of(
            "{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.OCI_INDEX + "\",\"manifests\":[" + ENTRY + "]}",
            "{\"schemaVersion\":2,\"config\":" + ENTRY + ",\"layers\":[" + ENTRY + "," + ENTRY + "]}");

    private static final String CONFIG =
            "{\"os\":\"linux\",\"architecture\":\"amd64\",\"config\":{\"Labels\":{\"ostree.linux\":\"5.14.0\"}}}";

    private static final String SECRET =
            "{\"auths\":{\"quay.io/acme\":{\"auth\":\"dTpodW50ZXIy\"},\"a.b:5000\":{\"username\":\"u\","
                    + "\"password\":\"hunter2\"},\"c\":{\"identitytoken\":\"hunter2\"}}}";

    private static Arbitrary<byte[]> spoiled(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Arbitrary<Integer> places = Arbitraries.integers().between(0, bytes.length - 1);
        Arbitrary<Byte> values = Arbitraries.oneOf(
                Arbitraries.bytes(), Arbitraries.of((byte) '"', (byte) '{', (byte) ']', (byte) '-', (byte) '9'));
        Arbitrary<byte[]> changed = Combinators.combine(places, values, places, values)
                .as((p, v, q, w) -> {
                    byte[] copy = bytes.clone();
                    copy[p] = v;
                    copy[q] = w;
                    return copy;
                });
        return Arbitraries.oneOf(changed, places.map(length -> Arrays.copyOf(bytes, length)));
    }

    @Provide
    Arbitrary<byte[]> manifests() {
        return Arbitraries.of(MANIFESTS).flatMap(DocumentPropertiesTest::spoiled);
    }

    @Provide
    Arbitrary<byte[]> configs() {
        return spoiled(CONFIG);
    }

    @Provide
    Arbitrary<byte[]> secrets() {
        return spoiled(SECRET);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Label("a manifest or an index is read as what it says, or refused in one line")
    void manifest(@ForAll("manifests") byte[] bytes) {
        try {
            assertThat(Manifest.parse(null, bytes).digest()).isEqualTo(Digest.of(bytes));
        } catch (Failure e) {
            assertLine(e.getMessage());
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Label("a config is read, or refused in one line")
    void config(@ForAll("configs") byte[] bytes) {
        try {
            assertThat(JsonDocument.named("the config")
                            .parse(bytes, ImageConfig::parse)
                            .labels())
                    .isNotNull();
        } catch (Failure e) {
            assertLine(e.getMessage());
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Label("a pull secret is read, or refused in one line that names nothing of it")
    void secret(@ForAll("secrets") byte[] bytes) {
        try {
            assertThat(RegistryCredentials.fromDockerConfig(new String(bytes, StandardCharsets.UTF_8), "the secret")
                            .toString())
                    .doesNotContain("hunter2");
        } catch (IllegalArgumentException e) {
            assertLine(e.getMessage());
            assertThat(e.getMessage()).doesNotContain("hunter2", "dTpodW50ZXIy");
        }
    }

    private static void assertLine(String message) {
        assertThat(message).isNotBlank().hasSizeLessThan(400).doesNotContainPattern("[\\p{Cc}\\p{Zl}\\p{Zp}]");
    }
}
