package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import java.net.URI;

/** Under which keys the cache keeps its facts. Other builds and earlier versions know them, so they stay as they are. */
final class FactKeys {

    private FactKeys() {}

    /** The tags of releases of a repository behind a tag. */
    static String list(ImageReference repository, String behind) {
        return "tags:" + repository + ":" + behind;
    }

    /** The release of a tag. */
    static String tag(ImageReference tag, Architecture architecture) {
        return "tag:" + tag + ":" + architecture;
    }

    /**
     * What a payload says; null for one named by a tag, because what a tag says may change.
     *
     * @param what of it; empty for its node OS
     * @param ofVerified whether only those who verify layers may keep it
     */
    static String payload(Release release, String what, boolean ofVerified) {
        Digest digest = release.payload().digest();
        String kind = ofVerified ? "verified:" : "payload:";
        return digest == null ? null : what + kind + digest + ":" + release.architecture();
    }

    /** The releases of a channel of the update graph. */
    static String graph(URI graph, String channel, Architecture architecture) {
        return "graph:" + graph + ":" + channel + ":" + architecture;
    }
}
