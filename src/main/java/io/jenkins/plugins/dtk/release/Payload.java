package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.json.JsonDocument;
import io.jenkins.plugins.dtk.kernel.Stream;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.DriverToolkits.PayloadToolkit;
import io.jenkins.plugins.dtk.release.ImageStreamTags.Tag;
import io.jenkins.plugins.dtk.text.Quote;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The component images that a release payload names, reduced to its node operating systems and its
 * Driver Toolkits. The file read is
 * {@code release-manifests/image-references}, an ImageStream in JSON (openshift/oc pkg/cli/admin/release/new.go);
 * the names of the tags are those of openshift/machine-config-operator install/image-references.
 */
final class Payload {

    static final String PATH = "release-manifests/image-references";

    /** Up to 4.15: the node OS as one archive, whose labels name the kernels. */
    private static final String LEGACY = "machine-os-content";

    /** From 4.12 on: rhel-coreos-8, rhel-coreos, rhel-coreos-10 and, in OKD, stream-coreos. */
    private static final Pattern NODE_OS = Pattern.compile("((?:rhel|stream)-coreos(?:-\\d+)?)(-extensions)?");

    private static final Pattern BUILD =
            Pattern.compile("(?:^|,)\\s*machine-os=([0-9A-Za-z._-]{1,100}+)(?![0-9A-Za-z._-])");

    /** The image for kernel modules; one for each major of RHEL where a release has several. */
    private static final Pattern TOOLKIT = Pattern.compile(PayloadToolkit.TAG + "(?:-\\d+)?");

    private final String name;
    private final List<NodeOsTag> nodeOs;
    private final Map<String, String> toolkits;

    private Payload(String name, List<NodeOsTag> nodeOs, Map<String, String> toolkits) {
        this.name = name;
        this.nodeOs = nodeOs;
        this.toolkits = toolkits;
    }

    /**
     * One node operating system of a payload.
     *
     * @param tag its tag in the payload, such as rhel-coreos-10
     * @param image where it is
     * @param extensions the image with the extension packages, kernel-rt among them
     * @param build the RHEL CoreOS build, when the payload names it
     * @param stream the stream, when the payload names it
     */
    record NodeOsTag(
            String tag,
            ImageReference image,
            Optional<ImageReference> extensions,
            Optional<String> build,
            Optional<Stream> stream) {}

    /** The release that it says it is; empty where it does not say. */
    String name() {
        return name;
    }

    /**
     * Whether it says that it is this release, or nothing. Payloads for several architectures were once named with
     * {@code -multi}, in front of {@code -rc.6} or behind all (openshift-eng/art-tools
     * pyartcd/pyartcd/pipelines/promote.py).
     */
    boolean isOf(ReleaseVersion version) {
        return name.isEmpty()
                || name.replace("-multi", "").equals(version.toString().replace("-multi", ""));
    }

    /** Its node operating systems; at least one. */
    List<NodeOsTag> nodeOs() {
        return nodeOs;
    }

    /**
     * Its Driver Toolkit images by their tags.
     *
     * @throws Failure when one is not named properly: that is no matter for who asks for node OSes alone
     */
    Map<String, ImageReference> toolkits() throws Failure {
        Map<String, ImageReference> images = new LinkedHashMap<>();
        for (Map.Entry<String, String> toolkit : toolkits.entrySet()) {
            images.put(toolkit.getKey(), image(toolkit.getKey(), toolkit.getValue()));
        }
        return images;
    }

    /**
     * Reads image-references.
     *
     * @throws Failure when it is malformed or names no node OS
     */
    static Payload parse(InputStream imageReferences) throws IOException {
        ImageStreamTags tags = JsonDocument.named("its image-references")
                .parse(imageReferences, root -> new ImageStreamTags(root, Payload::isWanted));
        Map<String, String> toolkits = new LinkedHashMap<>();
        tags.found().forEach((name, tag) -> {
            if (TOOLKIT.matcher(name).matches()) {
                toolkits.put(name, tag.location());
            }
        });
        return new Payload(tags.streamName(), nodeOsTags(tags.found(), tags.count()), toolkits);
    }

    /** Asked for each of some 200 tags: most are distinguished without a pattern. */
    private static boolean isWanted(String tag) {
        return tag.equals(LEGACY)
                || (tag.contains("-coreos") && NODE_OS.matcher(tag).matches())
                || (tag.startsWith(PayloadToolkit.TAG) && TOOLKIT.matcher(tag).matches());
    }

    private static List<NodeOsTag> nodeOsTags(Map<String, Tag> tags, int among) throws Failure {
        List<NodeOsTag> found = new ArrayList<>();
        for (String name : tags.keySet()) {
            Matcher nodeOs = NODE_OS.matcher(name);
            if (nodeOs.matches() && nodeOs.group(2) == null) {
                found.add(nodeOsTag(name, tags));
            }
        }
        if (tags.containsKey(LEGACY)) {
            preferLegacy(found, nodeOsTag(LEGACY, tags));
        }
        if (found.isEmpty()) {
            throw new Failure(
                    Failure.Kind.INVALID,
                    "its image-references names no node OS image (machine-os-content, rhel-coreos,"
                            + " stream-coreos) among " + among + " tags");
        }
        return found;
    }

    /**
     * From 4.12 to 4.15 both forms stand side by side and are of the same build. The legacy one holds more, by its
     * labels alone. Should the builds differ, the nodes run the newer form.
     */
    private static void preferLegacy(List<NodeOsTag> found, NodeOsTag legacy) {
        if (found.isEmpty()) {
            found.add(legacy);
        } else if (found.size() == 1) {
            NodeOsTag layered = found.get(0);
            boolean sameBuild = legacy.build().isPresent() && legacy.build().equals(layered.build());
            if (sameBuild) {
                found.set(
                        0,
                        new NodeOsTag(LEGACY, legacy.image(), layered.extensions(), legacy.build(), layered.stream()));
            }
        }
    }

    private static NodeOsTag nodeOsTag(String name, Map<String, Tag> tags) throws Failure {
        Tag tag = tags.get(name);
        Matcher build = BUILD.matcher(tag.builds());
        Tag extensions = tags.get(name + "-extensions");
        return new NodeOsTag(
                name,
                image(tag),
                extensions == null ? Optional.empty() : Optional.of(image(extensions)),
                build.find() ? Optional.of(build.group(1)) : Optional.empty(),
                Stream.isStream(tag.streamClass()) ? Optional.of(new Stream(tag.streamClass())) : Optional.empty());
    }

    private static ImageReference image(Tag tag) throws Failure {
        return image(tag.name(), tag.location());
    }

    private static ImageReference image(String name, String location) throws Failure {
        try {
            return ImageReference.parse(location);
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    Failure.Kind.INVALID, "its image-references has for " + Quote.of(name) + " " + e.getMessage(), e);
        }
    }
}
