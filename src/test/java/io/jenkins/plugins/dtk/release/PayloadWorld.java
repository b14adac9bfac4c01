package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.http.HttpSettings;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.testing.FakeImage;
import io.jenkins.plugins.dtk.testing.FakeRegistry;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Publishes payloads and node OS images into a registry in memory, and reads them with a client of it. */
public final class PayloadWorld implements AutoCloseable {

    static final String PAYLOADS = "openshift-release-dev/ocp-release";
    public static final String IMAGES = "openshift-release-dev/ocp-v4.0-art-dev";

    static final String K84 = "4.18.0-305.49.1.el8_4";
    static final String K84_RT = "4.18.0-305.49.1.rt7.121.el8_4";
    static final String K86 = "4.18.0-372.26.1.el8_6";
    static final String K92 = "5.14.0-284.45.1.el9_2";
    static final String K92_RT = "5.14.0-284.45.1.rt14.330.el9_2";
    static final String K94 = "5.14.0-427.26.1.el9_4";
    static final String K96 = "5.14.0-570.27.1.el9_6";
    static final String K98 = "5.14.0-687.48.1.el9_8";
    static final String K102 = "6.12.0-211.47.1.el10_2";

    /** Where all is published. */
    public final FakeRegistry registry = new FakeRegistry();

    /** One node OS of a payload; what it does not have is null. */
    public record Os(String tag, String build, FakeImage image, FakeImage extensions, String stream) {
        public Os(String tag, String build, FakeImage image) {
            this(tag, build, image, null, "");
        }

        public Os(String tag, String build, FakeImage image, FakeImage extensions) {
            this(tag, build, image, extensions, "");
        }
    }

    static FakeImage image() {
        return new FakeImage();
    }

    static FakeImage legacy(String kernel) {
        return image().docker().label("com.coreos.rpm.kernel", kernel).file("srv/repo/config", "[core]");
    }

    /** A node OS image that names its kernel as those of 4.12 to 4.18 do. */
    public static FakeImage ostree(String kernel) {
        return image().label("ostree.linux", kernel)
                .label("containers.bootc", "1")
                .file("sysroot/x", "x");
    }

    static FakeImage layered(String ostree, String meta) {
        return ostree(ostree).label("io.openshift.metalayer", "true").file(META, meta);
    }

    static final String META = "usr/share/openshift/base/meta.json";
    static final String EXTENSIONS = "usr/share/rpm-ostree/extensions.json";

    /** A package list as the node image build writes it: name, epoch, version, release, architecture. */
    static String meta(String kernel, String architecture) {
        String[] parts = kernel.split("-", 2);
        return """
                {"rpmdb.pkglist": [["bash","0","5.2.26","6.el9","%3$s"],["kernel-tools","0","1.0","1.el9","%3$s"],
                ["kernel","0","%1$s","%2$s","%3$s"],["kernel-core","0","%1$s","%2$s","%3$s"]]}"""
                .formatted(parts[0], parts[1], architecture);
    }

    static FakeImage extensions(String json) {
        return image().file("usr/share/rpm-ostree/extensions/kernel-rt.rpm", "rpm")
                .file(EXTENSIONS, json);
    }

    /** An image of extension packages that does not list them, as those of 4.16 to 4.18. */
    public static FakeImage onlyPackages() {
        return image().file("usr/share/rpm-ostree/extensions/kernel-rt-core.rpm", "rpm");
    }

    /** The image-references of a payload of 4.8, whose node OS is published. */
    String legacyReferences() {
        String node = registry.push(IMAGES, legacy(K84 + ".x86_64")).toString();
        return new ImageReferences()
                .tag("machine-os-content", node, "machine-os=48.84.202206081501-0")
                .text();
    }

    static List<Os> os(String tag, String build, FakeImage image) {
        return List.of(new Os(tag, build, image));
    }

    static List<Os> os(String tag, String build, FakeImage image, FakeImage extensions) {
        return List.of(new Os(tag, build, image, extensions));
    }

    ImageReference publish(Architecture architecture, List<Os> payload) {
        return publish(architecture, payload, "");
    }

    ImageReference publish(Architecture architecture, List<Os> payload, String difference) {
        return publish(architecture, payload, difference, Map.of());
    }

    /** Also with Driver Toolkit images, which are there already, by their tags. */
    public ImageReference publish(Architecture architecture, List<Os> payload, Map<String, String> toolkits) {
        return publish(architecture, payload, "", toolkits);
    }

    private ImageReference publish(
            Architecture architecture, List<Os> payload, String difference, Map<String, String> toolkits) {
        ImageReferences references = new ImageReferences();
        toolkits.forEach((tag, image) -> references.tag(tag, image, ""));
        for (Os os : payload) {
            String versions = os.build().isEmpty() ? "" : "machine-os=" + os.build();
            references.tag(os.tag(), push(os.image(), architecture), versions, os.stream());
            if (os.extensions() != null) {
                references.tag(os.tag() + "-extensions", push(os.extensions(), architecture), versions, os.stream());
            }
        }
        return registry.push(
                PAYLOADS,
                image().label("difference", difference)
                        .on(architecture)
                        .file("release-manifests/image-references", references.text()));
    }

    private String push(FakeImage image, Architecture architecture) {
        return registry.push(IMAGES, image.on(architecture)).toString();
    }

    /** Reads what was published, without update graph and cache. */
    public Releases releases() {
        return new Releases(
                new ReleaseSources(URI.create("http://127.0.0.1:1/graph"), Optional.empty()),
                registry.client(),
                HttpSettings.standard(),
                ReleaseCache.none());
    }

    /** A release that was published. */
    public static Release release(String version, Architecture architecture, ImageReference payload) {
        return new Release(ReleaseVersion.parse(version), architecture, payload);
    }

    @Override
    public void close() throws IOException {
        registry.close();
    }
}
