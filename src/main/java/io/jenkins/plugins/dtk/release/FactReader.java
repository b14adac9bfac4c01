package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.failure.ErrorContext;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.DriverToolkits.PayloadToolkit;
import io.jenkins.plugins.dtk.release.Payload.NodeOsTag;
import io.jenkins.plugins.dtk.text.Quote;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads from its images what a release ships, and knows whether all that names it was verified against digests. */
final class FactReader {

    /** A payload is about 160 MB in all; its manifests are a small part of it. */
    private static final long MAX_LAYER = 512L << 20;

    private final ImageReader images;
    private final NodeOsReader nodeOs;
    private final DriverToolkits toolkits;

    FactReader(ImageReader images) {
        this.images = images;
        this.nodeOs = new NodeOsReader(images);
        this.toolkits = new DriverToolkits(images);
    }

    /**
     * What was read.
     *
     * @param isVerified whether every layer that it is from was read to its end
     */
    record Facts<T>(List<T> items, boolean isVerified) {}

    Facts<NodeOs> nodeOs(Release release) throws Failure, InterruptedException {
        return ErrorContext.in("release " + release, () -> {
            List<NodeOs> found = new ArrayList<>();
            List<NodeOsTag> tags = payload(release).nodeOs();
            for (NodeOsTag tag : tags) {
                found.add(nodeOs.nodeOs(tag, release));
            }
            return new Facts<>(
                    found, images.isVerified(release.payload()) && tags.stream().allMatch(this::isVerified));
        });
    }

    private boolean isVerified(NodeOsTag tag) {
        return images.isVerified(tag.image())
                && tag.extensions().map(images::isVerified).orElse(true);
    }

    Facts<PayloadToolkit> toolkits(Release release) throws Failure, InterruptedException {
        return ErrorContext.in("the Driver Toolkit of release " + release, () -> {
            List<PayloadToolkit> found = new ArrayList<>();
            boolean verified = true;
            for (Map.Entry<String, ImageReference> image :
                    payload(release).toolkits().entrySet()) {
                DriverToolkits.Toolkit toolkit = toolkits.toolkit(image.getValue(), release.architecture());
                found.add(new PayloadToolkit(image.getKey(), image.getValue(), toolkit));
                verified &= images.isVerified(image.getValue());
            }
            return new Facts<>(found, verified && images.isVerified(release.payload()));
        });
    }

    private Payload payload(Release release) throws Failure, InterruptedException {
        Payload payload = images.file(
                        release.payload(),
                        images.manifest(release.payload(), release.architecture()),
                        Payload.PATH,
                        Integer.MAX_VALUE,
                        MAX_LAYER,
                        Payload::parse)
                .orElseThrow(() -> new Failure(
                        Failure.Kind.INVALID, release.payload() + " has no " + Payload.PATH + " in its layers"));
        if (!payload.isOf(release.version())) {
            throw new Failure(
                    Failure.Kind.INVALID,
                    "its payload " + release.payload() + " says that it is release " + Quote.of(payload.name()));
        }
        return payload;
    }
}
