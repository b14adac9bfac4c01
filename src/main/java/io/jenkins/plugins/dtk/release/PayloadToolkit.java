package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.kernel.Stream;
import io.jenkins.plugins.dtk.oci.ImageReference;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A Driver Toolkit image that a release brings along.
 *
 * @param tag its tag in the payload: {@code driver-toolkit}, or with a major version of RHEL, {@code driver-toolkit-10}
 * @param image where it is
 * @param toolkit what it says of itself
 */
public record PayloadToolkit(String tag, ImageReference image, DriverToolkits.Toolkit toolkit) {

    static final String TAG = "driver-toolkit";

    /**
     * The image for the nodes of a stream. One whose tag ends in a major version is for that. The one without is for
     * the oldest stream of the release: 4.21 and 4.22 have nodes of RHEL 10 and no image for them
     * (openshift/driver-toolkit, pull request 193).
     *
     * @param node the nodes' stream
     * @param all the streams of the release, this one included
     */
    public static Optional<PayloadToolkit> forNode(List<PayloadToolkit> toolkits, Stream node, Collection<Stream> all) {
        Optional<PayloadToolkit> own = tagged(toolkits, TAG + "-" + node.major());
        boolean oldest = all.stream().allMatch(stream -> stream.major() >= node.major());
        return own.isEmpty() && oldest ? tagged(toolkits, TAG) : own;
    }

    private static Optional<PayloadToolkit> tagged(List<PayloadToolkit> toolkits, String tag) {
        return toolkits.stream().filter(toolkit -> toolkit.tag().equals(tag)).findFirst();
    }
}
