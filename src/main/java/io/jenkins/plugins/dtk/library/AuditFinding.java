package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.library.Compared.Answer;
import io.jenkins.plugins.dtk.matrix.CatalogRow;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the audit found for the nodes of one release, architecture and stream.
 *
 * @param row the release and what its nodes run
 * @param payload the Driver Toolkit image that the release brings along; empty when it was not asked for
 * @param library the image of the library; empty when no library was asked
 */
public record AuditFinding(CatalogRow row, Optional<Compared> payload, Optional<Compared> library) {

    /**
     * Whether something is wrong: an image for another kernel, or none in the library. A payload without an image for a
     * stream is not wrong; those of 4.21 and 4.22 have none for RHEL 10.
     */
    public boolean isMismatch() {
        return compared().anyMatch(compared -> compared.answer() == Answer.DIFFERS)
                || library.filter(compared -> compared.answer() == Answer.ABSENT)
                        .isPresent();
    }

    /** Whether something is unknown. */
    public boolean isUnknown() {
        return compared().anyMatch(compared -> compared.answer() == Answer.UNKNOWN);
    }

    /** All that was asked for. */
    public Stream<Compared> compared() {
        return Stream.concat(payload.stream(), library.stream());
    }
}
