package io.jenkins.plugins.dtk.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import groovy.lang.GString;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.kernel.RhelVersion;
import io.jenkins.plugins.dtk.kernel.Stream;
import io.jenkins.plugins.dtk.matrix.MatrixKernel.LibraryState;
import io.jenkins.plugins.dtk.oci.Digest;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.codehaus.groovy.runtime.GStringImpl;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The matrix")
class MatrixJsonTest {

    private static final String DIGEST = "sha256:" + "d".repeat(64);

    /** As architecture and README show it; the first users' workflow reads the first three keys. */
    private static final String EXAMPLE = "{\"versions\":[{\"rhel\":\"8.4\",\"kernel\":\"4.18.0-305.40.1.el8_4\","
            + "\"archs\":\"linux/amd64,linux/arm64\",\"kernelRt\":\"4.18.0-305.40.1.rt7.112.el8_4\",\"stream\":\"rhel-8\","
            + "\"baseImage\":\"registry.access.redhat.com/ubi8/ubi:8.4\",\"baseDigest\":\"" + DIGEST + "\","
            + "\"releases\":[\"4.8.36\",\"4.9.27\"],\"missing\":[\"linux/arm64\"]}]}";

    private static final MatrixKernel KERNEL = new MatrixKernel(
            RhelVersion.parse("8.4"),
            KernelVersion.parse("4.18.0-305.40.1.el8_4"),
            Set.of(Architecture.AARCH64, Architecture.X86_64),
            Optional.of(KernelVersion.parse("4.18.0-305.40.1.rt7.112.el8_4")),
            Optional.empty(),
            Stream.rhel(8),
            new BaseImage("registry.access.redhat.com/ubi8/ubi:8.4", Optional.of(Digest.parse(DIGEST)), Map.of()),
            List.of("4.8.36", "4.9.27"),
            List.of(),
            Optional.of(new LibraryState(Set.of(Architecture.AARCH64), Set.of())));

    private static final MatrixKernel FULL = new MatrixKernel(
            RhelVersion.parse("9.6"),
            KernelVersion.parse("5.14.0-570.27.1.el9_6"),
            Set.of(Architecture.values()),
            Optional.of(KernelVersion.parse("5.14.0-570.27.1.el9_6")),
            Optional.of(KernelVersion.parse("5.14.0-570.27.1.el9_6")),
            Stream.rhel(9),
            new BaseImage(
                    "registry.access.redhat.com/ubi9/ubi:9.6",
                    Optional.of(Digest.parse(DIGEST)),
                    Map.of(
                            Architecture.S390X,
                            Digest.parse(DIGEST.replace('d', '1')),
                            Architecture.X86_64,
                            Digest.parse(DIGEST.replace('d', '2')))),
            List.of("4.19.5", "4.20.0-rc.1"),
            List.of("9.6.20250715-0", "9.6.20250722-0"),
            Optional.of(new LibraryState(Set.of(Architecture.S390X), Set.of(Architecture.X86_64))));

    private static final MatrixKernel CENTOS = new MatrixKernel(
            RhelVersion.parse("9"),
            KernelVersion.parse("5.14.0-583.el9"),
            Set.of(Architecture.X86_64),
            Optional.empty(),
            Optional.empty(),
            Stream.centos(9),
            new BaseImage("quay.io/centos/centos:stream9", Optional.empty(), Map.of()),
            List.of("4.19.0-okd-scos.1"),
            List.of(),
            Optional.empty());

    private static KernelMatrix matrix(MatrixKernel... kernels) {
        return new KernelMatrix(List.of(kernels), List.of());
    }

    @Test
    @DisplayName("is JSON on a single line, the first users' keys first and in their form")
    void example() {
        assertThat(MatrixJson.write(matrix(KERNEL))).isEqualTo(EXAMPLE);
    }

    @Test
    @DisplayName("is read back as it was written, on one line and on many")
    void roundTrip() {
        KernelMatrix matrix = new KernelMatrix(
                List.of(KERNEL, FULL, CENTOS), List.of("release 4.8.1 (x86_64): Tried to \"read\" \\ it"));

        assertThat(MatrixJson.parse(MatrixJson.write(matrix))).isEqualTo(matrix);
        assertThat(MatrixJson.write(matrix)).doesNotContain("\n");
        assertThat(MatrixJson.parse(MatrixJson.writePretty(matrix))).isEqualTo(matrix);
        assertThat(MatrixJson.fromMap(MatrixJson.toMap(matrix))).isEqualTo(matrix);
        assertThat(matrix.missing()).isEqualTo(2);
    }

    @Test
    @DisplayName("holds only the keys it has facts for, in a fixed order")
    void keys() {
        assertThat(versions(matrix(FULL, CENTOS)))
                .map(Map::keySet)
                .map(List::copyOf)
                .containsExactly(
                        List.of(
                                "rhel",
                                "kernel",
                                "archs",
                                "kernelRt",
                                "kernel64k",
                                "stream",
                                "baseImage",
                                "baseDigest",
                                "baseDigests",
                                "releases",
                                "builds",
                                "missing",
                                "unjoined"),
                        List.of("rhel", "kernel", "archs", "stream", "baseImage", "releases"));
        assertThat(MatrixJson.toMap(matrix())).isEqualTo(Map.of("versions", List.of()));
    }

    @Test
    @DisplayName("is made of maps, lists and texts that a pipeline can change and Jenkins can store")
    void plainValues() throws Exception {
        Map<String, Object> map = MatrixJson.toMap(matrix(KERNEL, FULL));

        new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(map);
        versions(map).removeIf(version -> version.get("rhel").equals("8.4"));
        list(versions(map).get(0), "releases").add("4.20.99");

        assertThat(MatrixJson.fromMap(map).kernels()).hasSize(1).first().satisfies(kernel -> assertThat(
                        kernel.releases())
                .containsExactly("4.19.5", "4.20.0-rc.1", "4.20.99"));
    }

    @Test
    @DisplayName("may be written by hand with what the first users had, and texts and lists as Groovy makes them")
    void groovy() {
        GString kernel = new GStringImpl(new Object[] {"305.40.1"}, new String[] {"4.18.0-", ".el8_4"});
        GString platform = new GStringImpl(new Object[] {"arm64"}, new String[] {"linux/", ""});
        Map<String, Object> version = new LinkedHashMap<>();
        version.put("rhel", new StringBuilder("8.4"));
        version.put("kernel", kernel);
        version.put("archs", Arrays.asList("x86_64", platform));
        version.put("missing", "linux/amd64 , aarch64");
        version.put("kernelRt", null);

        MatrixKernel read = MatrixJson.fromMap(Map.of("versions", Set.of(version)))
                .kernels()
                .get(0);

        assertThat(read.kernel()).hasToString("4.18.0-305.40.1.el8_4");
        assertThat(read.architectures()).containsExactly(Architecture.X86_64, Architecture.AARCH64);
        assertThat(read.missing()).containsExactly(Architecture.X86_64, Architecture.AARCH64);
        assertThat(read.kernelRt()).isEmpty();
        assertThat(read.stream()).isEqualTo(Stream.rhel(8));
        assertThat(read.base().name()).isEmpty();
    }

    @Test
    @DisplayName("takes a kernel with its architecture for the kernel without")
    void kernelInFull() {
        assertThat(MatrixJson.parse(EXAMPLE.replace("el8_4\",\"archs", "el8_4.x86_64\",\"archs")
                        .replace("rt7.112.el8_4", "rt7.112.el8_4.x86_64")))
                .isEqualTo(matrix(KERNEL));
    }

    @ParameterizedTest(name = "''{0}''")
    @DisplayName("is refused in one line when it is no JSON object")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ''              | not a matrix: it is not a JSON object
            null            | not a matrix: it is not a JSON object
            []              | not a matrix: it is not a JSON object
            matrix          | not a matrix: it is not a JSON object; pass what dtkMatrix returns
            {"versions": [  | not a matrix: it is not a JSON object
            {"versions": []} and more | not a matrix: it is not a JSON object
            {}              | not a matrix: it has no list 'versions'; pass what dtkMatrix returns
            {"versions": 1} | not a matrix: it has no list 'versions'; pass what dtkMatrix returns
            {"versions": "a"} | not a matrix: it has no list 'versions'; pass what dtkMatrix returns
            {"versions": {}}  | not a matrix: it has no list 'versions'; pass what dtkMatrix returns
            {"versions": [1]} | not a matrix: 'versions' holds '1', not a map
            {"versions": [null]} | not a matrix: 'versions' holds 'null', not a map
            {"versions": [], "unreadable": 7} | not a matrix: 'unreadable' is not a list
            """)
    void noObject(String json, String why) {
        assertThatThrownBy(() -> MatrixJson.parse(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(why)
                .hasMessageNotContainingAny("\n");
    }

    @ParameterizedTest(name = "{0} = {1}")
    @DisplayName("is refused in one line that names the kernel and the key that is wrong")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            kernel      | null                    | 'kernel' of entry 1 is absent
            kernel      | 4                       | 'kernel' of entry 1 is '4', not text
            kernel      | "true"                  | 'kernel' of entry 1 is not a kernel version: 'true'
            rhel        | null                    | 'rhel' of NVR is absent
            rhel        | 8.4                     | 'rhel' of NVR is '8.4', not text
            rhel        | "eight"                 | 'rhel' of NVR is not a RHEL version: 'eight'
            archs       | null                    | 'archs' of NVR is absent
            archs       | ""                      | 'archs' of NVR is empty
            archs       | []                      | 'archs' of NVR is empty
            archs       | "sparc"                 | 'archs' of NVR is unknown architecture 'sparc'
            archs       | [7]                     | 'archs' of NVR is '7', not text
            archs       | 7                       | 'archs' of NVR is not a list
            kernelRt    | "none"                  | 'kernelRt' of NVR is not a kernel version: 'none'
            kernel64k   | []                      | 'kernel64k' of NVR is '[]', not text
            stream      | "rhel"                  | 'stream' of NVR is not a stream: 'rhel'
            baseImage   | "ubi8"                  | 'baseImage' of NVR is not an image reference: 'ubi8'
            baseDigest  | "sha256:0"              | 'baseDigest' of NVR is 'sha256:0' is not a digest
            baseDigests | "DIGEST"                | 'baseDigests' of NVR is not a map
            baseDigests | {"linux/sparc": "DIGEST"} | 'baseDigests' of NVR is unknown architecture 'linux/sparc'
            baseDigests | {"linux/amd64": 7}      | 'baseDigests' of NVR is '7', not text
            releases    | ["4.8.36", "4.8\\n"]    | 'releases' of NVR is not a release version: '4.8 '
            releases    | ["4.8.36", null]        | 'releases' of NVR is 'null', not text
            missing     | "linux/sparc"           | 'missing' of NVR is unknown architecture
            missing     | ["linux/s390x"]         | 'missing' of NVR is linux/s390x, which 'archs' does not name
            unjoined    | ["linux/s390x"]         | 'unjoined' of NVR is linux/s390x, which 'archs' does not name
            """)
    void wrongKey(String key, String json, String why) throws Exception {
        Map<String, Object> map = MatrixJson.toMap(matrix(KERNEL));
        versions(map).get(0).put(key, new ObjectMapper().readValue(json.replace("DIGEST", DIGEST), Object.class));

        assertThatThrownBy(() -> MatrixJson.fromMap(map))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not a matrix: " + why.replace("NVR", "kernel 4.18.0-305.40.1.el8_4"))
                .hasMessageNotContainingAny("\n");
    }

    private static List<Map<String, Object>> versions(KernelMatrix matrix) {
        return versions(MatrixJson.toMap(matrix));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> versions(Map<String, Object> map) {
        return (ArrayList<Map<String, Object>>) map.get("versions");
    }

    @SuppressWarnings("unchecked")
    private static List<String> list(Map<String, Object> map, String key) {
        return (ArrayList<String>) map.get(key);
    }
}
