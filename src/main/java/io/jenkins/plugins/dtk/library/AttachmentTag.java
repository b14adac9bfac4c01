package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.oci.Digest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tag under which clients list what is attached to an image, where a registry keeps no such list itself. */
final class AttachmentTag {

    /** OCI distribution-spec, referrers tag schema; cosign puts a word behind it. */
    private static final Pattern FORM = Pattern.compile("sha256-([0-9a-f]{64})(?:\\.(?:sig|att|sbom))?");

    private AttachmentTag() {}

    /** The digest of the image that a tag is about; nothing when it is another kind of tag. */
    static Optional<Digest> subject(String tag) {
        Matcher form = FORM.matcher(tag);
        return form.matches() ? Optional.of(Digest.parse("sha256:" + form.group(1))) : Optional.empty();
    }
}
