package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.ImageManifest;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out on which base image an image says that it was built. The nearest statement counts first: the annotation of
 * the index, that of its entry, that of the image; then the image's label, which costs a request more. No statement
 * counts for an image that the registry does not have.
 */
final class BaseCheck {

    /** What an image says of its base. */
    enum Answer {
        SAME,
        OTHER,
        /** It says nothing, and no guess is made. */
        SILENT,
        /** The index names it, and it does not exist. */
        GONE
    }

    private final StoredImages images;
    private final Optional<Digest> wanted;

    /** @param wanted nothing: every image that exists is on the same base */
    BaseCheck(StoredImages images, Optional<Digest> wanted) {
        this.images = images;
        this.wanted = wanted;
    }

    /** Of an image that an index names. */
    Answer of(ImageIndex index, Descriptor entry) throws Failure, InterruptedException {
        Optional<Answer> stated = stated(index.annotations()).or(() -> stated(entry.annotations()));
        if (stated.isPresent()) {
            return images.hasImage(entry) ? stated.get() : Answer.GONE;
        }
        Optional<ImageManifest> child = images.image(entry);
        if (child.isEmpty()) {
            return Answer.GONE;
        }
        Optional<Answer> own = stated(child.get().annotations());
        return own.isPresent()
                ? own.get()
                : stated(images.config(child.get()).labels()).orElse(Answer.SILENT);
    }

    /** Of the image under the tag of one architecture. */
    Answer of(Part part) {
        return stated(part.annotations()).or(() -> stated(part.labels())).orElse(Answer.SILENT);
    }

    private Optional<Answer> stated(Map<String, String> statements) {
        if (wanted.isEmpty()) {
            return Optional.of(Answer.SAME);
        }
        return Optional.ofNullable(statements.get(ExistenceCheck.BASE_DIGEST))
                .filter(base -> !base.isBlank())
                .map(base -> base.equals(wanted.get().toString()) ? Answer.SAME : Answer.OTHER);
    }
}
