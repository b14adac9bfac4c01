package io.jenkins.plugins.dtk.plan;

import io.jenkins.plugins.dtk.driver.Outcome;
import io.jenkins.plugins.dtk.kernel.Architecture;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The ledger's page for one branch. */
final class BranchEntry implements Serializable {

    private static final long serialVersionUID = 1L;

    /** More are of no use, and a branch may print what it likes. */
    private static final int MOST_REASONS = 8;

    private final String tag;
    private final ArrayList<Architecture> architectures;

    /** Made when there is one: what is stored for each branch is stored often. */
    private ArrayList<String> reasons;

    /** The first error of a compiler; null while there is none. */
    private String compileError;

    /** What was found out of a driver's image before it was to be pushed; null while nothing was. */
    private Outcome outcome;

    private String node = "";
    private String agent = "";
    private long started;
    private long ended;

    /**
     * @param tag its kernel's
     */
    BranchEntry(String tag, List<Architecture> architectures) {
        this.tag = tag;
        this.architectures = new ArrayList<>(architectures);
    }

    String tag() {
        return tag;
    }

    List<Architecture> architectures() {
        return architectures;
    }

    /** Where the log of its work is; empty while it is unknown. */
    String node() {
        return node;
    }

    /** The agent that does the work; empty while it is unknown. */
    String agent() {
        return agent;
    }

    /** Milliseconds of work; 0 while it is unknown. */
    long duration() {
        return started == 0 || ended == 0 ? 0 : Math.max(1, ended - started);
    }

    void started(String newNode, String newAgent, long at) {
        node = newNode;
        agent = newAgent;
        started = at;
    }

    void failedAt(String newNode) {
        node = newNode;
    }

    void ended(long at) {
        ended = at;
    }

    void noteReason(String reason) {
        if (reasons == null) {
            reasons = new ArrayList<>();
        }
        if (reasons.size() < MOST_REASONS) {
            reasons.add(reason);
        }
    }

    void noteCompileError(String line) {
        if (compileError == null) {
            compileError = line;
        }
    }

    /** @param reason for the outcome, in one line */
    void noteOutcome(Outcome newOutcome, String reason) {
        outcome = newOutcome;
        noteReason(reason);
    }

    /**
     * How it failed.
     *
     * @param failure of the branch
     */
    Outcome outcome(String failure) {
        if (outcome != null) {
            return outcome;
        }
        return compileError != null && isOfScript(failure) && isOfBuild() ? Outcome.DOES_NOT_COMPILE : Outcome.FAILED;
    }

    /** A builder that got as far as the push has compiled it. */
    private boolean isOfBuild() {
        return reasons == null || reasons.get(reasons.size() - 1).startsWith("cannot build ");
    }

    private static boolean isOfScript(String failure) {
        return failure.startsWith("script returned exit code");
    }

    /**
     * Why an image was not built: what the builder said, where the branch only says that a script failed.
     *
     * @param failure of the branch
     */
    String reason(Architecture architecture, String failure) {
        if (outcome(failure) == Outcome.DOES_NOT_COMPILE && outcome == null) {
            return compileError;
        }
        if (reasons == null || !isOfScript(failure)) {
            return failure;
        }
        String image = tag + "." + architecture.rpmName();
        return reasons.stream()
                .filter(reason -> reason.contains(image))
                .reduce((first, last) -> last)
                .orElse(reasons.get(reasons.size() - 1));
    }

    /** Earlier versions stored no agent. */
    private Object readResolve() {
        agent = agent == null ? "" : agent;
        return this;
    }
}
