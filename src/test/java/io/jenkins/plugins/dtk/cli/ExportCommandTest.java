package io.jenkins.plugins.dtk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.testing.Parts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("dtk export")
class ExportCommandTest {

    private static final String IMAGE = "quay.io/acme/driver-toolkit";

    /** Of 4.14.7, 4.18.6 and 4.12.26; the kernels of 4.22.11 have no images. */
    private static final String K92 = "5.14.0-284.45.1.el9_2";

    private static final String K94 = "5.14.0-427.61.1.el9_4";
    private static final String K86 = "4.18.0-372.64.1.el8_6";

    @TempDir
    private static Path folder;

    @AutoClose
    private static CommandSite site;

    private static String index92;

    @BeforeAll
    static void start() throws Exception {
        Parts.need("docker-registry", "skopeo");
        site = new CommandSite(folder, "4.12.26", "4.14.7", "4.18.6", "4.22.11");
        index92 = site.pushKernel("driver-toolkit", K92);
        site.pushKernel("driver-toolkit", K94);
        site.push("driver-toolkit", K86 + ".x86_64", "amd64", K86 + ".x86_64");
    }

    private static Dtk export(String args) {
        return site.run(("export --image " + IMAGE + " " + args).split(" "));
    }

    private static JsonNode yaml(String args) throws Exception {
        Dtk dtk = export(args);
        assertThat(dtk.exit()).as(dtk.err()).isZero();
        return PublicSchema.yaml(dtk.out());
    }

    @ParameterizedTest(name = "{1}")
    @DisplayName("writes documents that the schemas of their readers allow, and those refuse others")
    @CsvSource({
        "MODULE, --format kmm",
        "MODULE, --format kmm --module my_driver --module-image quay.io/acme/my-driver",
        "IMAGE_STREAM, --format imagestream",
        "IMAGE_SET, --format mirror",
    })
    void schemas(PublicSchema schema, String args) throws Exception {
        JsonNode document = yaml(args);
        assertThat(schema.faults(document)).isEmpty();

        ((ObjectNode) document).put("kind", "Pod");
        assertThat(schema.faults(document)).isNotEmpty();
        ObjectNode inner = (ObjectNode) document.path(schema == PublicSchema.IMAGE_SET ? "mirror" : "spec");
        inner.put("unheard", "of");
        assertThat(schema.faults(document).toString()).contains("unheard");
    }

    @Test
    @DisplayName("maps every kernel that a node can report to the image for it, and those images are there")
    void kmm() throws Exception {
        JsonNode module = yaml("--format kmm --module my_driver");
        assertThat(module.at("/metadata/name").asText()).isEqualTo("my-driver");
        assertThat(module.at("/spec/moduleLoader/container/modprobe/moduleName").asText())
                .isEqualTo("my_driver");
        Map<String, String> images = new LinkedHashMap<>();
        module.at("/spec/moduleLoader/container/kernelMappings")
                .forEach(mapping -> images.put(
                        mapping.path("literal").asText(),
                        mapping.path("containerImage").asText()));

        assertThat(images)
                .containsOnlyKeys(
                        K86 + ".x86_64",
                        K92 + ".x86_64",
                        "5.14.0-284.45.1.rt14.330.el9_2.x86_64",
                        K92 + ".aarch64",
                        K94 + ".x86_64",
                        K94 + ".x86_64+rt",
                        K94 + ".aarch64",
                        K94 + ".aarch64+64k")
                .containsEntry("5.14.0-284.45.1.rt14.330.el9_2.x86_64", IMAGE + ":" + K92 + ".x86_64")
                .containsEntry(K94 + ".aarch64+64k", IMAGE + ":" + K94 + ".aarch64");
        for (Map.Entry<String, String> image : images.entrySet()) {
            site.inspect(
                    image.getValue().replace("quay.io/acme/", ""),
                    image.getKey().contains("aarch64") ? "arm64" : "amd64");
        }
    }

    @Test
    @DisplayName("lets a module be built for every kernel in the image for it, each under a tag of its own")
    void kmmBuild() throws Exception {
        JsonNode mapping = yaml("--format kmm --module-image quay.io/acme/my-driver --releases 4.18 --arch x86_64")
                .at("/spec/moduleLoader/container/kernelMappings/1");
        Digest digest = site.client()
                .head(site.repository("driver-toolkit").withTag(K94 + ".x86_64"))
                .orElseThrow()
                .digest();

        assertThat(mapping.at("/literal").asText()).isEqualTo(K94 + ".x86_64+rt");
        assertThat(mapping.at("/containerImage").asText()).isEqualTo("quay.io/acme/my-driver:" + K94 + ".x86_64_rt");
        assertThat(mapping.at("/build/buildArgs/0").toString())
                .isEqualTo("{\"name\":\"DTK_IMAGE\",\"value\":\"" + IMAGE + "@" + digest + "\"}");
    }

    @Test
    @DisplayName("tags the image of every RHEL CoreOS build, as OpenShift's own image stream does")
    void imageStream() throws Exception {
        JsonNode stream = yaml("--format imagestream");
        List<String> tags = new ArrayList<>();
        for (JsonNode tag : stream.at("/spec/tags")) {
            tags.add(tag.path("name").asText());
            String image = tag.at("/from/name").asText();
            for (String goName : List.of("amd64", "arm64")) {
                site.inspect(image.replace("quay.io/acme/", ""), goName);
            }
        }
        assertThat(stream.at("/metadata/name").asText()).isEqualTo("driver-toolkit");
        assertThat(tags).hasSize(2).first().asString().startsWith("414.92.");
        assertThat(stream.at("/spec/tags/0/from/name").asText()).isEqualTo(IMAGE + "@" + index92);
        assertThat(stream.at("/spec/tags/0/annotations/io.jenkins.plugins.dtk.openshift-releases")
                        .asText())
                .isEqualTo("4.14.7");
    }

    @Test
    @DisplayName("names in a warning each build that is left out of the image stream")
    void imageStreamWarnings() {
        assertThat(export("--format imagestream --releases 4.12").err())
                .contains("dtk: warning: " + IMAGE + " lacks 1 images; the first: " + K86 + ".aarch64")
                .contains("dtk: warning: build 412.86.202307180849-0 is left out: the library has no image of kernel "
                        + K86 + " for x86_64 aarch64");
        assertThat(export("--format imagestream --releases 4.12 --arch x86_64").out())
                .contains("name: 412.86.202307180849-0");
    }

    @Test
    @DisplayName("lists for a mirror all tags that the releases need and that are there")
    void mirror() throws Exception {
        List<String> names = new ArrayList<>();
        yaml("--format mirror")
                .at("/mirror/additionalImages")
                .forEach(image -> names.add(image.path("name").asText().replace(IMAGE + ":", "")));
        assertThat(names)
                .containsExactly(
                        K86 + ".x86_64",
                        K92,
                        K92 + ".x86_64",
                        K92 + ".aarch64",
                        K94,
                        K94 + ".x86_64",
                        K94 + ".aarch64");
    }

    @Test
    @DisplayName("writes the catalog with digests as JSON and as lines of values, what is absent left empty")
    void catalog() throws Exception {
        Dtk json = export("--format json");
        Dtk csv = export("--format csv");

        assertThat(json.out().lines()).hasSize(1);
        JsonNode catalog = new ObjectMapper().readTree(json.out());
        assertThat(catalog.at("/image").asText()).isEqualTo(IMAGE);
        assertThat(catalog.at("/releases")).hasSize(10);
        JsonNode row = catalog.at("/releases/3");
        assertThat(row.at("/release").asText()).isEqualTo("4.14.7");
        assertThat(row.at("/image").asText()).isEqualTo(IMAGE + ":" + K92 + ".aarch64");
        assertThat(row.at("/index").asText()).isEqualTo(index92);
        assertThat(catalog.at("/releases/9").has("image")).isFalse();
        assertThat(csv.out().lines()).hasSize(11);
        assertThat(csv.out())
                .startsWith("release,arch,stream,build,rhel,kernel,kernelRt,kernel64k,image,digest,index\n")
                .contains("4.14.7,aarch64,rhel-9,")
                .contains(",9.2," + K92 + ",,," + row.at("/image").asText() + ","
                        + row.at("/digest").asText() + "," + index92 + "\n")
                .containsPattern("(?m)^4\\.22\\.11,.*,,,$");
    }

    @Test
    @DisplayName("writes nothing where the library does not say what it has")
    void refused() throws Exception {
        Dtk dtk = export("--format mirror --registry-auth " + site.login("wrong.json", "Pa55-that-is-wrong"));
        assertThat(dtk.exit()).isEqualTo(1);
        assertThat(dtk.out()).isEmpty();
        assertThat(dtk.err())
                .startsWith("dtk: kernel ")
                .contains("refused the credentials")
                .doesNotContain("Pa55");
        assertThat(dtk.err().lines()).hasSize(1);
    }

    @Test
    @DisplayName("is documented with examples that the schemas allow")
    void documented() throws Exception {
        String page = Files.readString(Path.of("docs", "export.md"));
        Matcher examples = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(page);
        List<String> kinds = new ArrayList<>();
        while (examples.find()) {
            JsonNode document = PublicSchema.yaml(examples.group(1));
            kinds.add(document.path("kind").asText());
            PublicSchema schema =
                    switch (document.path("kind").asText()) {
                        case "Module" -> PublicSchema.MODULE;
                        case "ImageStream" -> PublicSchema.IMAGE_STREAM;
                        default -> PublicSchema.IMAGE_SET;
                    };
            assertThat(schema.faults(document)).isEmpty();
        }
        assertThat(kinds).containsExactly("Module", "ImageStream", "ImageSetConfiguration");
    }
}
