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
import org.junit.jupiter.params.provider.CsvSource;

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

    /** Of each tag: its name, the digit of its digest, the versions of its components, and its stream; _ is a blank. */
    private static ImageReferences references(String tags) {
        ImageReferences references = references();
        for (String tag : tags.split("; ")) {
            String[] words = (tag + "  ").split(" ", -1);
            references.tag(words[0], image(words[1]), words[2].replace('_', ' '), words[3].replace('_', ' '));
        }
        return references;
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("names the node operating systems of every generation")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            4.8 to 4.11: machine-os-content alone | machine-os-content 1 machine-os=411.86.202208191320-0 | machine-os-content 1 - 411.86.202208191320-0 -
            4.12: side by side, of the same build: the old form holds more | machine-os-content 1 machine-os=411.86.202208191320-0; rhel-coreos-8 2 machine-os=411.86.202208191320-0; rhel-coreos-8-extensions 3 machine-os=411.86.202208191320-0 | machine-os-content 1 3 411.86.202208191320-0 -
            4.13 to 4.15: side by side, of the same build | rhel-coreos 2 machine-os=411.86.202208191320-0; rhel-coreos-extensions 3 machine-os=411.86.202208191320-0; machine-os-content 1 machine-os=411.86.202208191320-0 | machine-os-content 1 3 411.86.202208191320-0 -
            side by side, of different builds: the nodes run the new form | machine-os-content 1 machine-os=411.86.1; rhel-coreos 2 machine-os=411.86.202208191320-0 | rhel-coreos 2 - 411.86.202208191320-0 -
            side by side, builds not named: the nodes run the new form | machine-os-content 1; rhel-coreos 2 | rhel-coreos 2 - - -
            4.16 to 4.20: rhel-coreos and its extensions | rhel-coreos 2 machine-os=9.6.20260616-0; rhel-coreos-extensions 3 machine-os=9.6.20260616-0 | rhel-coreos 2 3 9.6.20260616-0 -
            4.21 on: two streams, each with its extensions | rhel-coreos 2 machine-os=9.6.20260616-0; rhel-coreos-extensions 3 machine-os=9.6.20260616-0; rhel-coreos-10 4 machine-os=10.2.20260521-0; rhel-coreos-10-extensions 5 machine-os=10.2.20260521-0 | rhel-coreos 2 3 9.6.20260616-0 -; rhel-coreos-10 4 5 10.2.20260521-0 -
            streams that the payload names | rhel-coreos 2 machine-os=9.6.20260616-0 rhel-9; rhel-coreos-10 4 machine-os=10.2.20260521-0 rhel-10 | rhel-coreos 2 - 9.6.20260616-0 rhel-9; rhel-coreos-10 4 - 10.2.20260521-0 rhel-10
            a stream's name that is none is not taken | rhel-coreos 2 machine-os=9.6.20260616-0 RHEL_9 | rhel-coreos 2 - 9.6.20260616-0 -
            OKD: stream-coreos | stream-coreos 2 machine-os=9.0.20250510-0 centos-9; stream-coreos-extensions 3 | stream-coreos 2 3 9.0.20250510-0 centos-9
            the build among other components' versions | rhel-coreos 2 kubectl=1.33.5,_machine-os=9.6.20260616-0,x=1 | rhel-coreos 2 - 9.6.20260616-0 -
            another component's name that ends likewise | rhel-coreos 2 no-machine-os=9.6.20260616-0 | rhel-coreos 2 - - -
            images that only sound like a node OS | machine-os-images 6; rhel-coreos-base 7; rhel-coreos-extensions 8; rhel-coreos 2 machine-os=9.6.20260616-0 | rhel-coreos 2 8 9.6.20260616-0 -
            a tag that is there twice: the last one counts, as for oc | rhel-coreos 1 machine-os=9.6.20250101-0; rhel-coreos 2 machine-os=9.6.20260616-0 | rhel-coreos 2 - 9.6.20260616-0 -
            """)
    void generation(String what, String tags, String expected) throws IOException {
        assertThat(nodeOs(references(tags))).containsExactlyInAnyOrder(expected.split("; "));
    }

    @Test
    @DisplayName("names a node operating system also without annotations")
    void withoutAnnotations() throws IOException {
        String tag = "{\"name\":\"rhel-coreos\",\"from\":{\"name\":\"" + image("2") + "\"}}";

        assertThat(nodeOs(new ImageReferences().raw(tag))).containsExactly("rhel-coreos 2 - - -");
    }

    private static List<String> nodeOs(ImageReferences payload) throws IOException {
        return Payload.parse(new ByteArrayInputStream(payload.json())).nodeOs().stream()
                .map(PayloadTest::text)
                .toList();
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

    @ParameterizedTest(name = "{0}")
    @DisplayName("that is malformed gives one line that says what is wrong")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            a web page                   | <html>                             | its image-references is not usable JSON
            cut short                    | {"spec": {"tags": [                | its image-references is not usable JSON
            nested 10,000 deep           | DEEP                               | its image-references is not usable JSON
            empty                        | ``                                 | is not a JSON object: it is empty
            a list                       | []                                 | names no node OS image
            no tags                      | {"spec": {}}                       | names no node OS image
            tags that are no list        | {"spec": {"tags": 7}}              | names no node OS image
            tags that are no objects     | {"spec": {"tags": [1, null, "x"]}} | names no node OS image
            no node OS among its tags    | {"spec": {"tags": [{"name": "etcd", "from": {"name": "IMAGE"}}]}} | names no node OS image (machine-os-content, rhel-coreos, stream-coreos) among 1 tags
            an image without a name      | {"spec": {"tags": [{"name": "rhel-coreos"}]}} | has for 'rhel-coreos' not an image reference: ''
            an image that is none        | {"spec": {"tags": [{"name": "rhel-coreos", "from": {"name": "--not an image--"}}]}} | has for 'rhel-coreos' not an image reference
            extensions that are no image | {"spec": {"tags": [{"name": "rhel-coreos", "from": {"name": "IMAGE"}}, {"name": "rhel-coreos-extensions", "from": {"name": "https://evil.example.com/x"}}]}} | has for 'rhel-coreos-extensions' not an image reference
            """)
    void malformedReferences(String what, String text, String why) {
        byte[] json = text.replace("DEEP", "[".repeat(10_000))
                .replace("IMAGE", image("1"))
                .getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Payload.parse(new ByteArrayInputStream(json)))
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
