package io.jenkins.plugins.dtk.registry;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.oci.ImageReference;
import java.util.List;
import java.util.function.Predicate;

/** Reads an image at its mirrors, and at its source where they do not have it or fail; the source has the last word. */
final class MirroredRead {

    private final Transport transport;
    private final Mirrors mirrors;

    /** Null for repositories that are read alone. */
    private final SecondLook source;

    MirroredRead(Transport transport, Mirrors mirrors, SecondLook source) {
        this.transport = transport;
        this.mirrors = mirrors;
        this.source = source;
    }

    /** Reads at one place. */
    interface Read<T> {
        T at(RepositoryScope scope) throws Failure, InterruptedException;
    }

    /**
     * What the first place has.
     *
     * @param isThere whether a result is one: a mirror without it has not said that the source has none
     */
    <T> T run(ImageReference image, Predicate<T> isThere, Read<T> read) throws Failure, InterruptedException {
        StringBuilder failures = new StringBuilder();
        for (ImageReference mirror : mirrors.of(image)) {
            try {
                T result = read.at(transport.mirror(mirror));
                if (isThere.test(result)) {
                    return result;
                }
            } catch (Failure e) {
                if (e.kind() == Kind.OVERDUE) {
                    throw e;
                }
                if (e.kind() == Kind.UNREACHABLE || e.kind() == Kind.LIMITED) {
                    mirrors.rest(mirror.registry());
                }
                failures.append("; its mirror ")
                        .append(mirror.name())
                        .append(": ")
                        .append(e.reason());
            }
        }
        try {
            if (mirrors.isBlocked(image)) {
                throw new Failure(
                        failures.isEmpty() ? Kind.ABSENT : Kind.REFUSED,
                        "no mirror has it, and the settings of mirrors block its source " + image.name());
            }
            return source == null ? read.at(transport.scope(image, "pull")) : source.run(image, read);
        } catch (Failure e) {
            throw failures.isEmpty() ? e : new Failure(e.kind(), e.reason() + failures, e.getCause());
        }
    }

    /** The tags of a repository that is written too, behind {@code last}. */
    List<String> tags(ImageReference repository, String last) throws Failure, InterruptedException {
        return run(repository, any -> true, scope -> source.tags(scope, last));
    }

    /** Whether a refused image is known to be missing all the same. */
    boolean isUnlisted(ImageReference image, Failure failure) throws InterruptedException {
        return source != null && failure.kind() == Kind.REFUSED && image.digest() == null && source.isUnlisted(image);
    }
}
