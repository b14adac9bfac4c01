package io.jenkins.plugins.dtk.release;

import static io.jenkins.plugins.dtk.release.PayloadWorld.K94;
import static io.jenkins.plugins.dtk.release.PayloadWorld.META;
import static io.jenkins.plugins.dtk.release.PayloadWorld.ostree;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.testing.FakeImage;
import io.jenkins.plugins.dtk.testing.FakeRegistry;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("In 64 MiB of memory")
class SmallHeapTest {

    private static final int PAYLOADS = 20;

    @TempDir
    private Path folder;

    @Test
    @DisplayName("whatever a registry, the graph, an agent or a user sends is read, or refused in one line")
    void hostileInputs() throws Exception {
        try (FakeRegistry registry = new FakeRegistry()) {
            Map<String, String> kinds = new LinkedHashMap<>();
            kinds.put("payload", payloads(registry));
            kinds.put("manifest", manifest(registry, 4 << 20));
            kinds.put("config", registry.push("acme/x", labels()).digest().toString());
            kinds.put(
                    "package list",
                    registry.push("acme/x", new FakeImage().file(META, packages()))
                            .digest()
                            .toString());
            kinds.put("tags", tags(registry));
            kinds.put("graph", graph(registry));
            kinds.put("pull secret", "-");
            kinds.put("journal", journal());

            Map<String, String> outcomes = run(registry.address(), kinds);

            assertThat(outcomes)
                    .containsEntry("payload", PAYLOADS + " payloads of 1 node OS")
                    .hasEntrySatisfying(
                            "manifest", line -> assertThat(line).endsWith("the manifest is larger than 1 MiB"))
                    .hasEntrySatisfying("config", line -> assertThat(line)
                            .contains("the config of the image holds more text than is kept"))
                    .containsEntry("package list", K94 + ".x86_64")
                    .hasEntrySatisfying("tags", line -> assertThat(line).endsWith("it has more than 200000 tags"))
                    .hasEntrySatisfying(
                            "graph", line -> assertThat(line).contains("the answer has more than 20000 releases"))
                    .hasEntrySatisfying(
                            "pull secret", line -> assertThat(line).startsWith("it has more than 10000 entries"))
                    .containsEntry("journal", "fact")
                    .hasSameSizeAs(kinds);
        }
    }

    private Map<String, String> run(String address, Map<String, String> kinds) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeap.class.getName(),
                address,
                folder.toString()));
        kinds.forEach((kind, digest) -> command.addAll(List.of(kind, digest)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        Map<String, String> outcomes = new LinkedHashMap<>();
        output.lines().forEach(line -> {
            String[] parts = line.split(": ", 2);
            outcomes.put(parts[0], parts.length < 2 ? "" : parts[1]);
        });
        return outcomes;
    }

    /** 16 KiB of gzip each, which are five million nodes of JSON around what is wanted. */
    private static String payloads(FakeRegistry registry) {
        String node = registry.push("acme/os", ostree(K94)).toString();
        String bulk = "[" + "[],".repeat(5_300_000) + "[]]";
        List<String> nodes = new ArrayList<>();
        for (int i = 0; i < PAYLOADS; i++) {
            String references =
                    """
                    {"number": %d, "spec": {"tags": [{"name": "rhel-coreos", "from": {"name": "%s"}, "annotations":
                    {"io.openshift.build.versions": "machine-os=416.94.202503000000-0"}}]}, "bulk": %s}"""
                            .formatted(i, node, bulk);
            ImageReference payload =
                    registry.push("acme/x", new FakeImage().file("release-manifests/image-references", references));
            nodes.add("{\"version\": \"4.16." + i + "\", \"payload\": \"" + payload + "\"}");
        }
        registry.server()
                .on(
                        "GET",
                        "/graph\\?channel=candidate-4.16&arch=amd64",
                        ScriptedReply.json(200, "{\"nodes\": [" + String.join(",", nodes) + "]}"));
        return "-";
    }

    private static String manifest(FakeRegistry registry, int size) {
        String bulk = "{\"schemaVersion\":2,\"layers\":[" + "[],".repeat(size / 3 - 20) + "[]]}";
        byte[] bytes = bulk.getBytes(StandardCharsets.UTF_8);
        String digest = Digest.of(bytes).toString();
        registry.server()
                .on(
                        "GET",
                        "/v2/acme/x/manifests/" + digest,
                        ScriptedReply.json(200, bulk)
                                .header("Content-Type", "application/vnd.oci.image.manifest.v1+json"));
        return digest;
    }

    private static FakeImage labels() {
        FakeImage image = new FakeImage().on(Architecture.X86_64).file("x", "x");
        for (int i = 0; i < 300_000; i++) {
            image.label("label-" + i, "");
        }
        return image;
    }

    /** 1.28 million packages around the one that is wanted. */
    private static String packages() {
        String[] kernel = K94.split("-");
        return "{\"rpmdb.pkglist\":[" + "[\"a\",\"0\"],".repeat(1_280_000) + "[\"kernel\",\"0\",\"" + kernel[0]
                + "\",\"" + kernel[1] + "\",\"x86_64\"]]}";
    }

    private static String tags(FakeRegistry registry) {
        StringBuilder tags = new StringBuilder("{\"name\":\"acme/x\",\"tags\":[\"0\"");
        for (int i = 1; i < 1_400_000; i++) {
            tags.append(",\"").append(1_000_000 + i).append('"');
        }
        registry.server()
                .on(
                        "GET",
                        "/v2/acme/x/tags/list.*",
                        ScriptedReply.json(200, tags.append("]}").toString()));
        return "-";
    }

    private static String graph(FakeRegistry registry) {
        StringBuilder nodes = new StringBuilder("{\"edges\":[" + "[],".repeat(5_000_000) + "[]],\"nodes\":[{}");
        for (int i = 0; i < 100_000; i++) {
            nodes.append(",{\"version\":\"4.17.").append(i).append("\",\"payload\":\"quay.io/acme/x:1\"}");
        }
        registry.server()
                .on(
                        "GET",
                        "/graph\\?channel=candidate-4.17&arch=amd64",
                        ScriptedReply.json(200, nodes.append("]}").toString()));
        return "-";
    }

    /** 70 MB, of which the last facts count. */
    private String journal() throws IOException {
        try (Writer out = Files.newBufferedWriter(folder.resolve(JournalTest.NAME))) {
            for (int i = 0; i < 140_000; i++) {
                out.write(line("key-" + i + " " + "v".repeat(480)));
            }
            out.write("x".repeat(10_000_000) + "\n");
            out.write(line("last fact"));
        }
        return "-";
    }

    private static String line(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue()) + " " + text + "\n";
    }
}
