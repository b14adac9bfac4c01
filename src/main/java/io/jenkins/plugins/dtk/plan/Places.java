package io.jenkins.plugins.dtk.plan;

import io.jenkins.plugins.dtk.oci.ImageReference;
import java.util.List;

/** Where images really are and how their registries are reached, as far as the branches of a run must know. */
public interface Places {

    /** The place where an image is written, and read where no mirror has it. */
    ImageReference located(ImageReference image);

    /** The places where an image is read first, in their order. */
    List<ImageReference> mirrors(ImageReference image);

    /** Whether a registry, as an image reference names it, is reached over plain http. */
    boolean isPlainHttp(String registry);

    /** Whether the certificate of a registry, as an image reference names it, is not verified. */
    boolean isUnverifiedTls(String registry);

    /** Certificate authorities to trust in addition to the JDK's, in PEM; those below a line {@code [HOST]} for it alone. */
    String trustedCertificates();
}
