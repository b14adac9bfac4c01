package io.jenkins.plugins.dtk.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Stream;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.Payload.NodeOsTag;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A payload's image-references")
class PayloadTest {

    private static final String OS = "quay.io/openshift-release-dev/ocp-v4.0-art-dev@sha256:";

    /** A digest that shows which image it is of. */
    private static String image(String digit) {
        return OS + digit.repeat(64);
    }

    private static ImageReferences references() {
        return new ImageReferences().tag("cluster-version-operator", image("f"), "");
    }

    static java.util.stream.Stream<Arguments> generations() {
        String old = "machine-os=411.86.202208191320-0";
        String layered = "machine-os=9.6.20260616-0";
        return java.util.stream.Stream.of(
                Arguments.of(
                        "4.8 to 4.11: machine-os-content alone",
                        references().tag("machine-os-content", image("1"), old),
                        List.of("machine-os-content 1 - 411.86.202208191320-0 -")),
                Arguments.of(
                        "4.12: side by side, of the same build: the old form holds more",
                        references()
                                .tag("machine-os-content", image("1"), old)
                                .tag("rhel-coreos-8", image("2"), old)
                                .tag("rhel-coreos-8-extensions", image("3"), old),
                        List.of("machine-os-content 1 3 411.86.202208191320-0 -")),
                Arguments.of(
                        "4.13 to 4.15: side by side, of the same build",
                        references()
                                .tag("rhel-coreos", image("2"), old)
                                .tag("rhel-coreos-extensions", image("3"), old)
                                .tag("machine-os-content", image("1"), old),
                        List.of("machine-os-content 1 3 411.86.202208191320-0 -")),
                Arguments.of(
                        "side by side, of different builds: the nodes run the new form",
                        references()
                                .tag("machine-os-content", image("1"), "machine-os=411.86.1")
                                .tag("rhel-coreos", image("2"), old),
                        List.of("rhel-coreos 2 - 411.86.202208191320-0 -")),
                Arguments.of(
                        "side by side, builds not named: the nodes run the new form",
                        references().tag("machine-os-content", image("1"), "").tag("rhel-coreos", image("2"), ""),
                        List.of("rhel-coreos 2 - - -")),
                Arguments.of(
                        "4.16 to 4.20: rhel-coreos and its extensions",
                        references()
                                .tag("rhel-coreos", image("2"), layered)
                                .tag("rhel-coreos-extensions", image("3"), layered),
                        List.of("rhel-coreos 2 3 9.6.20260616-0 -")),
                Arguments.of(
                        "4.21 on: two streams, each with its extensions",
                        references()
                                .tag("rhel-coreos", image("2"), layered)
                                .tag("rhel-coreos-extensions", image("3"), layered)
                                .tag("rhel-coreos-10", image("4"), "machine-os=10.2.20260521-0")
                                .tag("rhel-coreos-10-extensions", image("5"), "machine-os=10.2.20260521-0"),
                        List.of("rhel-coreos 2 3 9.6.20260616-0 -", "rhel-coreos-10 4 5 10.2.20260521-0 -")),
                Arguments.of(
                        "streams that the payload names",
                        references()
                                .tag("rhel-coreos", image("2"), layered, "rhel-9")
                                .tag("rhel-coreos-10", image("4"), "machine-os=10.2.20260521-0", "rhel-10"),
                        List.of("rhel-coreos 2 - 9.6.20260616-0 rhel-9", "rhel-coreos-10 4 - 10.2.20260521-0 rhel-10")),
                Arguments.of(
                        "a stream's name that is none is not taken",
                        references().tag("rhel-coreos", image("2"), layered, "RHEL 9"),
                        List.of("rhel-coreos 2 - 9.6.20260616-0 -")),
                Arguments.of(
                        "OKD: stream-coreos",
                        references()
                                .tag("stream-coreos", image("2"), "machine-os=9.0.20250510-0", "centos-9")
                                .tag("stream-coreos-extensions", image("3"), ""),
                        List.of("stream-coreos 2 3 9.0.20250510-0 centos-9")),
                Arguments.of(
                        "the build among other components' versions",
                        references().tag("rhel-coreos", image("2"), "kubectl=1.33.5, machine-os=9.6.20260616-0,x=1"),
                        List.of("rhel-coreos 2 - 9.6.20260616-0 -")),
                Arguments.of(
                        "another component's name that ends likewise",
                        references().tag("rhel-coreos", image("2"), "no-machine-os=9.6.20260616-0"),
                        List.of("rhel-coreos 2 - - -")),
                Arguments.of(
                        "images that only sound like a node OS",
                        references()
                                .tag("machine-os-images", image("6"), "")
                                .tag("rhel-coreos-base", image("7"), "")
                                .tag("rhel-coreos-extensions", image("8"), "")
                                .tag("rhel-coreos", image("2"), layered),
                        List.of("rhel-coreos 2 8 9.6.20260616-0 -")),
                Arguments.of(
                        "a tag that is there twice: the last one counts, as for oc",
                        references()
                                .tag("rhel-coreos", image("1"), "machine-os=9.6.20250101-0")
                                .tag("rhel-coreos", image("2"), layered),
                        List.of("rhel-coreos 2 - 9.6.20260616-0 -")),
                Arguments.of(
                        "without annotations",
                        new ImageReferences()
                                .raw("{\"name\":\"rhel-coreos\",\"from\":{\"name\":\"" + image("2") + "\"}}"),
                        List.of("rhel-coreos 2 - - -")));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("names the node operating systems of every generation")
    @MethodSource("generations")
    void generation(String what, ImageReferences payload, List<String> expected) throws IOException {
        assertThat(Payload.parse(new ByteArrayInputStream(payload.json())).nodeOs().stream()
                        .map(PayloadTest::text))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static String text(NodeOsTag tag) {
        return String.join(
                " ",
                tag.tag(),
                tag.image().digest().toString().substring(7, 8),
                tag.extensions()
                        .map(image -> image.digest().toString().substring(7, 8))
                        .orElse("-"),
                tag.build().orElse("-"),
                tag.stream().map(Stream::name).orElse("-"));
    }

    static java.util.stream.Stream<Arguments> malformed() {
        return java.util.stream.Stream.of(
                Arguments.of("a web page", "<html>", "its image-references is not usable JSON"),
                Arguments.of("cut short", "{\"spec\": {\"tags\": [", "its image-references is not usable JSON"),
                Arguments.of("nested 10,000 deep", "[".repeat(10_000), "its image-references is not usable JSON"),
                Arguments.of("empty", "", "is not a JSON object: it is empty"),
                Arguments.of("a list", "[]", "names no node OS image"),
                Arguments.of("no tags", "{\"spec\": {}}", "names no node OS image"),
                Arguments.of("tags that are no list", "{\"spec\": {\"tags\": 7}}", "names no node OS image"),
                Arguments.of(
                        "tags that are no objects",
                        "{\"spec\": {\"tags\": [1, null, \"x\"]}}",
                        "names no node OS image"),
                Arguments.of(
                        "no node OS among its tags",
                        new ImageReferences().tag("etcd", image("1"), "").text(),
                        "names no node OS image (machine-os-content, rhel-coreos, stream-coreos) among 1 tags"),
                Arguments.of(
                        "an image without a name",
                        "{\"spec\": {\"tags\": [{\"name\": \"rhel-coreos\"}]}}",
                        "has for 'rhel-coreos' not an image reference: ''"),
                Arguments.of(
                        "an image that is none",
                        new ImageReferences()
                                .tag("rhel-coreos", "--not an image--", "")
                                .text(),
                        "has for 'rhel-coreos' not an image reference"),
                Arguments.of(
                        "extensions that are no image",
                        new ImageReferences()
                                .tag("rhel-coreos", image("1"), "")
                                .tag("rhel-coreos-extensions", "https://evil.example.com/x", "")
                                .text(),
                        "has for 'rhel-coreos-extensions' not an image reference"));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("that is malformed gives one line that says what is wrong")
    @MethodSource("malformed")
    void malformedReferences(String what, String text, String why) {
        assertThatThrownBy(() -> Payload.parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(why)
                .hasMessageNotContainingAny("\n");
    }

    @Test
    @DisplayName("may be long: the 190 components of a release are no hurdle")
    void manyTags() throws IOException {
        ImageReferences payload = references();
        for (int i = 0; i < 2_000; i++) {
            payload.tag("component-" + i, image("e"), "kubectl=1.33.5");
        }
        payload.tag("rhel-coreos", image("2"), "machine-os=9.6.20260616-0");

        assertThat(Payload.parse(new ByteArrayInputStream(payload.json())).nodeOs())
                .hasSize(1);
    }

    @Test
    @DisplayName("may have its fields in any order, and others than we know")
    void anyOrder() throws IOException {
        String json =
                """
                {"status": {"tags": [{"name": "rhel-coreos"}]}, "kind": "ImageStream", "spec": {"lookupPolicy": {}, "tags": [
                  null, 7, {}, {"name": null}, {"name": "etcd", "from": {"name": "rhel-coreos"}},
                  {"from": {"more": [{"name": "x"}], "name": "%s"}, "annotations": {}, "name": "rhel-coreos"}
                ]}}
                """
                        .formatted(image("2"));

        assertThat(Payload.parse(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)))
                        .nodeOs())
                .extracting(NodeOsTag::image)
                .containsExactly(ImageReference.parse(image("2")));
    }
}
