package io.jenkins.plugins.dtk.release;

import static io.jenkins.plugins.dtk.kernel.Architecture.AARCH64;
import static io.jenkins.plugins.dtk.kernel.Architecture.X86_64;
import static io.jenkins.plugins.dtk.release.PayloadWorld.image;
import static io.jenkins.plugins.dtk.release.PayloadWorld.os;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.http.HttpSettings;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.kernel.Stream;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.DriverToolkits.PayloadToolkit;
import io.jenkins.plugins.dtk.testing.FakeImage;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The Driver Toolkit images of releases")
class DriverToolkitsTest {

    private static final String PATH = "etc/driver-toolkit-release.json";

    @AutoClose
    private final PayloadWorld world = new PayloadWorld();

    private ImageReference push(String json) {
        return world.registry.push(
                PayloadWorld.IMAGES, image().file("usr/bin/gcc", "gcc").file(PATH, json));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("say their kernels in every form that was ever written")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            up to 4.7, without architecture | { "KERNEL_VERSION": "4.18.0-240.22.1.el8_3", "RT_KERNEL_VERSION": "4.18.0-240.22.1.rt7.77.el8_3", "RHEL_VERSION": "8.3" } | 4.18.0-240.22.1.el8_3 | 4.18.0-240.22.1.rt7.77.el8_3 | 8.3
            up to 4.15                      | { "KERNEL_VERSION": "5.14.0-284.45.1.el9_2.x86_64", "RT_KERNEL_VERSION": "5.14.0-284.45.1.rt14.330.el9_2.x86_64", "RHEL_VERSION": "9.2" } | 5.14.0-284.45.1.el9_2 | 5.14.0-284.45.1.rt14.330.el9_2 | 9.2
            from 4.16 on                    | { "KERNEL_VERSION": "5.14.0-427.61.1.el9_4.x86_64", "RT_KERNEL_VERSION": "5.14.0-427.61.1.el9_4.x86_64+rt", "RHEL_VERSION": "9.4" } | 5.14.0-427.61.1.el9_4 | 5.14.0-427.61.1.el9_4 | 9.4
            on another architecture         | { "KERNEL_VERSION": "5.14.0-427.61.1.el9_4.aarch64", "RT_KERNEL_VERSION": "package kernel-rt-core is not installed", "RHEL_VERSION": "9.4" } | 5.14.0-427.61.1.el9_4 | none | 9.4
            late 4.12, without kernel-rt    | { "KERNEL_VERSION": "4.18.0-372.160.1.el8_6.x86_64", "RHEL_VERSION": "8.6" } | 4.18.0-372.160.1.el8_6 | none | 8.6
            ours, without kernel-rt         | { "KERNEL_VERSION": "4.18.0-372.160.1.el8_6.x86_64", "RT_KERNEL_VERSION": "", "RHEL_VERSION": "8.6" } | 4.18.0-372.160.1.el8_6 | none | 8.6
            OKD                             | { "KERNEL_VERSION": "6.12.0-212.el10.x86_64", "RHEL_VERSION": "10" } | 6.12.0-212.el10 | none | 10
            """)
    void forms(String what, String json, String kernel, String kernelRt, String rhel) throws Exception {
        DriverToolkits.Toolkit toolkit = new DriverToolkits(world.registry.client()).toolkit(push(json), X86_64);

        assertThat(toolkit.kernel().nvr()).isEqualTo(kernel);
        assertThat(toolkit.kernelRt().map(KernelVersion::nvr).orElse("none")).isEqualTo(kernelRt);
        assertThat(toolkit.rhel()).isEqualTo(rhel);
    }

    @Test
    @DisplayName("are read by architecture, and cost three requests the first time and none after that")
    void costs() throws Exception {
        FakeImage x86 = image().file(PATH, "{\"KERNEL_VERSION\": \"5.14.0-427.61.1.el9_4.x86_64\"}");
        FakeImage arm = image().on(AARCH64).file(PATH, "{\"KERNEL_VERSION\": \"5.14.0-427.60.1.el9_4.aarch64\"}");
        world.registry.push(PayloadWorld.IMAGES, x86);
        world.registry.push(PayloadWorld.IMAGES, arm);
        ImageReference index = world.registry.index(PayloadWorld.IMAGES, Map.of(X86_64, x86, AARCH64, arm));
        DriverToolkits toolkits = new DriverToolkits(world.registry.client());

        assertThat(toolkits.toolkit(index, AARCH64).kernel().nvr()).isEqualTo("5.14.0-427.60.1.el9_4");
        assertThat(asked()).isEqualTo(3);
        assertThat(toolkits.toolkit(index, AARCH64).kernel().nvr()).isEqualTo("5.14.0-427.60.1.el9_4");
        assertThat(asked()).isEqualTo(3);
    }

    private long asked() {
        return world.registry.server().requests().stream()
                .filter(request -> request.path().startsWith("/v2/" + PayloadWorld.IMAGES))
                .count();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("that do not name their kernel are reported in one line")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            no JSON         | kernel 5.14   | Tried to read etc/driver-toolkit-release.json of
            no kernel       | {}            | not a kernel version: ''
            another kernel  | {"KERNEL_VERSION": "package kernel-core is not installed"} | not a kernel version
            """)
    void mistakes(String what, String json, String said) {
        ImageReference image = push(json);
        assertThatThrownBy(() -> new DriverToolkits(world.registry.client()).toolkit(image, X86_64))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(said)
                .hasMessageContaining(image.toString())
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
    }

    @Test
    @DisplayName("without that file say nothing of a kernel")
    void withoutFile() {
        ImageReference image = world.registry.push(PayloadWorld.IMAGES, image().file("etc/os-release", "RHEL"));
        assertThatThrownBy(() -> new DriverToolkits(world.registry.client()).toolkit(image, X86_64))
                .hasMessage(image + " has no " + PATH + " in its top layers");
    }

    @ParameterizedTest(name = "{0}: the image for {1}")
    @DisplayName("belong to the nodes of one stream")
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            textBlock =
                    """
            driver-toolkit                    | rhel-9    | rhel-9           | driver-toolkit
            driver-toolkit                    | rhel-9    | rhel-9 rhel-10   | driver-toolkit
            driver-toolkit                    | rhel-10   | rhel-9 rhel-10   | none
            driver-toolkit driver-toolkit-10  | rhel-10   | rhel-9 rhel-10   | driver-toolkit-10
            driver-toolkit driver-toolkit-10  | rhel-9    | rhel-9 rhel-10   | driver-toolkit
            driver-toolkit                    | centos-10 | centos-10        | driver-toolkit
            none                              | rhel-9    | rhel-9           | none
            """)
    void streams(String tags, String node, String all, String tag) {
        List<PayloadToolkit> toolkits = tags == null
                ? List.of()
                : Arrays.stream(tags.split(" "))
                        .map(name -> new PayloadToolkit(
                                name,
                                ImageReference.parse("quay.io/a/b:" + name),
                                new DriverToolkits.Toolkit(
                                        KernelVersion.parse(PayloadWorld.K94), Optional.empty(), "9.4")))
                        .toList();
        List<Stream> streams = Arrays.stream(all.split(" ")).map(Stream::new).toList();

        assertThat(PayloadToolkit.forNode(toolkits, new Stream(node), streams).map(PayloadToolkit::tag))
                .isEqualTo(Optional.ofNullable(tag));
    }

    @Test
    @DisplayName("are remembered for a payload that is named by its digest, and are there without a network then")
    void remembered(@TempDir Path folder) throws Exception {
        String toolkit = push("{\"KERNEL_VERSION\": \"" + PayloadWorld.K92 + ".x86_64\"}")
                .toString();
        Release release = PayloadWorld.release(
                "4.14.7",
                X86_64,
                world.publish(
                        X86_64,
                        os("rhel-coreos", "414.92.1-0", PayloadWorld.ostree(PayloadWorld.K92)),
                        Map.of("driver-toolkit", toolkit)));
        ReleaseCache cache = ReleaseCache.in(folder, line -> {});

        List<PayloadToolkit> first = releases(cache).driverToolkits(release);
        int requests = world.registry.server().requests().size();
        List<PayloadToolkit> again =
                releases(ReleaseCache.in(folder, line -> {}).offline()).driverToolkits(release);

        assertThat(first).singleElement().satisfies(found -> {
            assertThat(found.image()).hasToString(toolkit);
            assertThat(found.toolkit().kernel().nvr()).isEqualTo(PayloadWorld.K92);
        });
        assertThat(again).isEqualTo(first);
        assertThat(world.registry.server().requests()).hasSize(requests);
    }

    @Test
    @DisplayName("are none where the payload names none, which is no failure")
    void none() throws Exception {
        Release release = PayloadWorld.release(
                "4.14.7",
                X86_64,
                world.publish(X86_64, os("rhel-coreos", "414.92.1-0", PayloadWorld.ostree(PayloadWorld.K92))));
        assertThat(releases(ReleaseCache.none()).driverToolkits(release)).isEmpty();
    }

    @Test
    @DisplayName("that are not there fail with the release's name, and leave its node OS readable")
    void gone() throws Exception {
        Release release = PayloadWorld.release(
                "4.14.7",
                X86_64,
                world.publish(
                        X86_64,
                        os("rhel-coreos", "414.92.1-0", PayloadWorld.ostree(PayloadWorld.K92)),
                        Map.of("driver-toolkit", world.registry.address() + "/a/b@sha256:" + "0".repeat(64))));
        Releases releases = releases(ReleaseCache.none());

        assertThatThrownBy(() -> releases.driverToolkits(release))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith(
                        "the Driver Toolkit of release 4.14.7 (x86_64): Tried to read the manifest of ");
        assertThat(releases.nodeOs(release)).hasSize(1);
    }

    private Releases releases(ReleaseCache cache) {
        return new Releases(
                new ReleaseSources(URI.create("http://127.0.0.1:1/graph"), Optional.empty()),
                world.registry.client(),
                HttpSettings.standard(),
                cache);
    }
}
