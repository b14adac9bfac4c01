package io.jenkins.plugins.dtk.matrix;

import io.jenkins.plugins.dtk.kernel.Stream;
import io.jenkins.plugins.dtk.release.ReleaseVersion;
import java.util.Collection;
import java.util.Comparator;

/**
 * Which of the streams of a release its nodes run by default: of 4.x the older one, rhel-9; of 5.x and of
 * OKD the newer one, rhel-10 or centos-10 (openshift/machine-config-operator pkg/osimagestream/streams.go).
 */
final class DefaultStream {

    private static final int FIRST_MAJOR_WITH_THE_NEWER = 5;

    private DefaultStream() {}

    /**
     * The default stream of a release.
     *
     * @param streams those of its node operating systems, at least one
     */
    public static Stream of(ReleaseVersion release, Collection<Stream> streams) {
        boolean newer = release.major() >= FIRST_MAJOR_WITH_THE_NEWER
                || streams.stream().allMatch(Stream::isCentos);
        Comparator<Stream> order = Comparator.naturalOrder();
        return streams.stream()
                .min(newer ? order.reversed() : order)
                .orElseThrow(() -> new IllegalArgumentException("release " + release + " has no stream"));
    }
}
