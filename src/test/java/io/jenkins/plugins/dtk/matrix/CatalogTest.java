package io.jenkins.plugins.dtk.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.kernel.RhelVersion;
import io.jenkins.plugins.dtk.kernel.Stream;
import io.jenkins.plugins.dtk.matrix.CatalogDiff.Change;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.NodeOs;
import io.jenkins.plugins.dtk.release.Release;
import io.jenkins.plugins.dtk.release.ReleaseVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A catalog")
class CatalogTest {

    private static final String K94 = "5.14.0-427.61.1.el9_4";
    private static final String K96 = "5.14.0-570.27.1.el9_6";
    private static final String K98 = "5.14.0-687.48.1.el9_8";
    private static final String K102 = "6.12.0-211.47.1.el10_2";

    private static Catalog.Row row(String release, Architecture architecture, String kernel) {
        KernelVersion version = KernelVersion.parse(kernel);
        int major = version.rhel().major();
        return new Catalog.Row(
                new Release(
                        ReleaseVersion.parse(release),
                        architecture,
                        ImageReference.parse("quay.io/openshift-release-dev/ocp-release@sha256:" + "a".repeat(64))),
                new NodeOs(
                        architecture,
                        Stream.rhel(major),
                        major + ".2.20260616-0",
                        version.rhel(),
                        version,
                        architecture == Architecture.X86_64 ? Optional.of(version) : Optional.empty(),
                        architecture == Architecture.AARCH64 ? Optional.of(version) : Optional.empty()));
    }

    private static Catalog.Row row(String release, String kernel) {
        return row(release, Architecture.X86_64, kernel);
    }

    private static Catalog catalog(Catalog.Row... rows) {
        List<Catalog.Row> sorted = new ArrayList<>(Arrays.asList(rows));
        Collections.sort(sorted);
        return new Catalog(sorted, List.of());
    }

    @Test
    @DisplayName("is written as JSON, a line for each release, architecture and stream, and read again")
    void json() {
        Catalog catalog = new Catalog(
                List.of(
                        row("4.17.22", K94),
                        row("4.17.22", Architecture.AARCH64, K94),
                        row("4.22.11", K98),
                        row("4.22.11", K102),
                        new Catalog.Row(
                                row("4.22.12", K102).release(),
                                new NodeOs(
                                        Architecture.X86_64,
                                        Stream.centos(10),
                                        "",
                                        RhelVersion.parse("10"),
                                        KernelVersion.parse("6.12.0-233.el10"),
                                        Optional.empty(),
                                        Optional.empty()))),
                List.of("release 4.17.21 (x86_64): no answer in time"));

        String json = CatalogJson.write(catalog);

        assertThat(json.lines())
                .hasSize(7)
                .element(1)
                .isEqualTo("{\"release\":\"4.17.22\",\"arch\":\"x86_64\","
                        + "\"stream\":\"rhel-9\",\"build\":\"9.2.20260616-0\",\"rhel\":\"9.4\",\"kernel\":\"" + K94
                        + "\",\"kernelRt\":\"" + K94
                        + "\",\"payload\":\"quay.io/openshift-release-dev/ocp-release@sha256:"
                        + "a".repeat(64) + "\",\"default\":true},");
        assertThat(json.lines().toList().get(4)).contains("\"stream\":\"rhel-10\"", "\"default\":false");
        assertThat(CatalogJson.parse(json)).isEqualTo(catalog);
        assertThat(CatalogJson.parse(CatalogJson.write(catalog()))).isEqualTo(catalog());
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("that is none is reported in one line that says where it is wrong")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    no JSON         | hello                       | not a catalog: it is not a JSON object (
                    null            | null                        | not a catalog: it has no list 'rows'
                    cut short       | {"rows":[                   | not a catalog: it is not a JSON object (
                    a matrix        | {"versions":[]}             | not a catalog: it has no list 'rows'; use what 'dtk catalog' writes
                    two catalogs    | {"rows":[]}{"rows":[]}      | not a catalog: it is not a JSON object (
                    a row of text   | {"rows":["x"]}              | not a catalog: 'rows' holds 'x', not a map
                    an empty row    | {"rows":[{}]}               | not a catalog: 'arch' of row 1 is absent
                    no architecture | {"rows":[{"arch":"vax"}]}   | not a catalog: 'arch' of row 1 is unknown architecture 'vax'
                    no release      | {"rows":[{"arch":"x86_64","release":"x"}]} | not a catalog: 'release' of row 1 is not a release version: 'x'
                    a number        | {"rows":[{"arch":1}]}       | not a catalog: 'arch' of row 1 is '1', not text
                    deep            | {"rows":[[[[[[[[[[]]]]]]]]]]} | not a catalog: 'rows' holds '[[[[[[[[[]]]]]]]]]', not a map
                    """)
    void malformed(String what, String json, String why) {
        assertThatThrownBy(() -> CatalogJson.parse(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(why)
                .hasMessageNotContainingAny("\n");
    }

    @Test
    @DisplayName("differs from an older one by kernels, releases and what a release says")
    void difference() {
        Catalog older = catalog(
                row("4.17.21", K94), row("4.17.22", K94), row("4.20.25", K94), row("4.20.25", Architecture.S390X, K94));
        Catalog newer = catalog(
                row("4.17.22", K94),
                row("4.20.25", K96),
                row("4.20.26", K96),
                row("4.20.26", Architecture.AARCH64, K96),
                row("4.20.26", Architecture.AARCH64, K102));

        CatalogDiff diff = CatalogDiff.of(older, newer);

        assertThat(diff.newKernels())
                .map(kernel -> kernel.kernel().nvr() + " " + kernel.architectures() + " " + kernel.releases())
                .containsExactly(K96 + " [x86_64, aarch64] [4.20.25, 4.20.26]", K102 + " [aarch64] [4.20.26]");
        assertThat(diff.goneKernels())
                .map(kernel -> kernel.kernel().nvr() + " " + kernel.architectures())
                .containsExactly(K94 + " [s390x]");
        assertThat(diff.added())
                .map(row -> row.release() + " " + row.node().stream())
                .containsExactly("4.20.26 (x86_64) rhel-9", "4.20.26 (aarch64) rhel-9", "4.20.26 (aarch64) rhel-10");
        assertThat(diff.gone())
                .map(row -> row.release().toString())
                .containsExactly("4.17.21 (x86_64)", "4.20.25 (s390x)");
        assertThat(diff.changed()).containsExactly(new Change(row("4.20.25", K94), row("4.20.25", K96)));
        assertThat(diff.isEmpty()).isFalse();
    }

    @Test
    @DisplayName("does not differ from itself, nor by what it could not read")
    void noDifference() {
        Catalog older = catalog(row("4.17.21", K94), row("4.20.25", K96));
        Catalog newer =
                new Catalog(List.of(row("4.17.21", K94)), List.of("release 4.20.25 (x86_64): no answer in time"));

        assertThat(CatalogDiff.of(older, older).isEmpty()).isTrue();
        CatalogDiff diff = CatalogDiff.of(older, newer);
        assertThat(diff.isEmpty()).isTrue();
        assertThat(diff.goneKernels()).isEmpty();
        assertThat(diff.unreadable()).hasSize(1);
    }

    @Test
    @DisplayName("of many releases is compared in one pass")
    void large() {
        Catalog.Row[] rows = new Catalog.Row[5000];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row("4.20." + i, "5.14.0-570." + i + ".1.el9_6");
        }
        Catalog all = catalog(rows);
        Catalog half = catalog(Arrays.copyOf(rows, 2500));

        assertThat(CatalogDiff.of(half, all).newKernels()).hasSize(2500);
        assertThat(CatalogJson.parse(CatalogJson.write(all))).isEqualTo(all);
    }
}
