package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.library.Compared.Answer;
import io.jenkins.plugins.dtk.matrix.Catalog;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the audit found.
 *
 * @param findings one for each release, architecture and stream; in that order, oldest release first
 * @param unreadable releases whose nodes' kernel could not be read, each with its reason: nothing is known of them
 */
public record AuditReport(List<Finding> findings, List<String> unreadable) {

    /** Makes both lists unmodifiable. */
    public AuditReport {
        findings = List.copyOf(findings);
        unreadable = List.copyOf(unreadable);
    }

    /** How many findings say that something is wrong. */
    public int mismatches() {
        return (int) findings.stream().filter(Finding::isMismatch).count();
    }

    /** How many findings and releases are unknown, or known only in part. */
    public int unknown() {
        return (int) findings.stream().filter(Finding::isUnknown).count() + unreadable.size();
    }

    /** Why things is unknown: a line each, and each once. */
    public List<String> reasons() {
        return Stream.concat(
                        unreadable.stream(),
                        findings.stream()
                                .flatMap(Finding::compared)
                                .filter(compared -> compared.answer() == Compared.Answer.UNKNOWN)
                                .map(Compared::why))
                .distinct()
                .toList();
    }

    /**
     * What the audit found for the nodes of one release, architecture and stream.
     *
     * @param row the release and what its nodes run
     * @param payload the Driver Toolkit image that the release brings along; empty when it was not asked for
     * @param library the image of the library; empty when no library was asked
     */
    public record Finding(Catalog.Row row, Optional<Compared> payload, Optional<Compared> library) {

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
}
