package io.jenkins.plugins.dtk.library;

import java.util.List;
import java.util.stream.Stream;

/**
 * What the audit found.
 *
 * @param findings one for each release, architecture and stream; in that order, oldest release first
 * @param unreadable releases whose nodes' kernel could not be read, each with its reason: nothing is known of them
 */
public record AuditReport(List<AuditFinding> findings, List<String> unreadable) {

    /** Makes both lists unmodifiable. */
    public AuditReport {
        findings = List.copyOf(findings);
        unreadable = List.copyOf(unreadable);
    }

    /** How many findings say that something is wrong. */
    public int mismatches() {
        return (int) findings.stream().filter(AuditFinding::isMismatch).count();
    }

    /** How many findings and releases are unknown, or known only in part. */
    public int unknown() {
        return (int) findings.stream().filter(AuditFinding::isUnknown).count() + unreadable.size();
    }

    /** Why things is unknown: a line each, and each once. */
    public List<String> reasons() {
        return Stream.concat(
                        unreadable.stream(),
                        findings.stream()
                                .flatMap(AuditFinding::compared)
                                .filter(compared -> compared.answer() == Compared.Answer.UNKNOWN)
                                .map(Compared::why))
                .distinct()
                .toList();
    }
}
