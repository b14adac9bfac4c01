package io.jenkins.plugins.dtk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.dtk.testing.Parts;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("dtk catalog")
class CatalogCommandTest {

    @TempDir
    private static Path folder;

    @AutoClose
    private static CommandSite site;

    @BeforeAll
    static void start() throws Exception {
        Parts.need("docker-registry");
        site = new CommandSite(folder, "4.14.7", "4.14.8", "4.15.6", "4.22.11");
    }

    private static Path catalog(String name, String releases) throws Exception {
        Dtk dtk = site.run("catalog", "--releases", releases);
        assertThat(dtk.exit()).as(dtk.err()).isZero();
        return Files.writeString(folder.resolve(name), dtk.out());
    }

    @Test
    @DisplayName("writes what each release ships, as JSON and as CSV")
    void formats() throws Exception {
        JsonNode rows = new ObjectMapper()
                .readTree(Files.readString(catalog("all.json", "4.14+")))
                .path("rows");
        assertThat(rows).hasSize(10);
        assertThat(rows.get(0).path("release").asText()).isEqualTo("4.14.7");
        assertThat(rows.get(0).path("payload").asText()).contains("@sha256:");
        assertThat(rows.findValuesAsText("stream")).contains("rhel-9", "rhel-10");
        assertThat(rows.findValues("default").stream().filter(node -> !node.asBoolean()))
                .as("of 4.22 alone the second stream is not the default")
                .hasSize(2);

        Dtk csv = site.run("catalog", "--releases", "4.14+", "--format", "csv");
        assertThat(csv.out().lines())
                .hasSize(11)
                .first()
                .isEqualTo("release,arch,stream,default,build,rhel,kernel,kernelRt,kernel64k,payload");
        assertThat(csv.out().lines().toList().get(1)).startsWith("4.14.7,x86_64,rhel-9,true,414.92.");
    }

    @Test
    @DisplayName("diff lists new kernels and releases, and says by its exit code whether there are any")
    void diff() throws Exception {
        Path older = catalog("older.json", "4.14");
        Path newer = catalog("newer.json", "4.14-4.15");

        Dtk same = Dtk.run("catalog", "diff", older.toString(), older.toString());
        assertThat(same.exit()).isZero();
        assertThat(same.out()).isEqualTo("no difference\n");

        Dtk text = Dtk.run("catalog", "diff", older.toString(), newer.toString());
        assertThat(text.exit()).isEqualTo(1);
        assertThat(text.out().lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith("+ "))
                .first()
                .asString()
                .matches("\\+ kernel 5\\.14\\.0-284.* of rhel-9 for x86_64 aarch64: releases 4\\.15\\.6");

        Dtk back = Dtk.run("catalog", "diff", newer.toString(), older.toString(), "--format", "json");
        JsonNode json = new ObjectMapper().readTree(back.out());
        assertThat(back.exit()).isEqualTo(1);
        assertThat(json.path("newKernels")).isEmpty();
        assertThat(json.at("/goneKernels/0/archs")).hasSize(2);
        assertThat(json.path("gone")).hasSize(2);
    }

    @Test
    @DisplayName("diff does not take for gone what could not be read, and says by its exit code that something was not")
    void unknown() throws Exception {
        Path older = catalog("known.json", "4.14.8");
        Path newer = folder.resolve("skipped.json");
        Files.writeString(
                newer,
                "{\"rows\":[],\"unreadable\":[\"release 4.14.8 (x86_64): no answer in time\","
                        + "\"release 4.14.8 (aarch64): no answer in time\"]}");

        Dtk dtk = Dtk.run("catalog", "diff", older.toString(), newer.toString());

        assertThat(dtk.exit()).isEqualTo(3);
        assertThat(dtk.out())
                .isEqualTo(
                        "? release 4.14.8 (x86_64): no answer in time\n? release 4.14.8 (aarch64): no answer in time\n");
    }

    @Test
    @DisplayName("fails in one line where a release cannot be read")
    void failure() throws Exception {
        Dtk dtk = site.runWith(site.login("wrong.json", "Pa55-that-is-wrong"), "catalog", "--releases", "4.14");

        assertThat(dtk.exit()).isEqualTo(1);
        assertThat(dtk.out()).isEmpty();
        assertThat(dtk.err()).startsWith("dtk: release 4.14.").hasLineCount(1);
    }
}
