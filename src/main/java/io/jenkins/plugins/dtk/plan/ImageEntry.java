package io.jenkins.plugins.dtk.plan;

import io.jenkins.plugins.dtk.driver.KnownFailures;
import io.jenkins.plugins.dtk.driver.MatrixTarget;
import io.jenkins.plugins.dtk.driver.Outcome;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The ledger's line for one image. */
final class ImageEntry implements Serializable {

    private static final long serialVersionUID = 1L;

    /** How an image stands. */
    enum Status {
        /** It was there before. */
        THERE,
        /** Its branch has not ended. */
        OPEN,
        /** Its branch has ended well. */
        BUILT,
        FAILED,
        /** Its branch was ended, by an abort or because another failed. */
        STOPPED,
        /** It is left for another run. */
        SKIPPED,
        /** Its branch has ended well, and the registry could not be asked for it. */
        UNKNOWN
    }

    private final boolean before;
    private Status status;
    private String digest = "";
    private String reason = "";
    private String node = "";
    private String agent = "";
    private long duration;
    private boolean perhaps;
    private boolean refused;

    /** Of a driver's image: how it ended, where its status does not say; null else. */
    private Outcome outcome;

    /** Of a driver's image: its tags; null for a toolkit. */
    private ArrayList<String> tags;

    /** Of a driver's image: the toolkit that it is built with. */
    private String toolkit;

    /** All that may be tried; null where that one is the only one. */
    private ArrayList<String> toolkits;

    /** Why it is unknown whether there are more; else null. */
    private String untried;

    private boolean known;

    /** Of what is known: where the log is of the build that found it out; else null. */
    private String knownLog;

    /** @param before whether the library has an image of it */
    ImageEntry(boolean before) {
        this.before = before;
        this.status = before ? Status.THERE : Status.SKIPPED;
    }

    /** It is an image of a driver. */
    void of(MatrixTarget target) {
        tags = new ArrayList<>(target.tags());
        toolkit = toolkit == null ? target.toolkit() : toolkit;
        toolkits = target.toolkits().size() > 1 ? new ArrayList<>(target.toolkits()) : null;
        untried = target.untried().isEmpty() ? null : target.untried();
    }

    /** Its branch takes another toolkit. What a branch prints is heard: one that is not its own is none. */
    void took(String other) {
        toolkit = toolkits != null && toolkits.contains(other) ? other : toolkit;
    }

    /** Nothing is run for it. */
    void settle(BuildPlan.Settled end) {
        status = end.outcome() == Outcome.FAILED ? Status.FAILED : Status.SKIPPED;
        outcome = end.outcome();
        known = end.known();
        reason = end.why();
        knownLog = end.log().isEmpty() ? null : end.log();
        toolkit = end.toolkit().isEmpty() ? null : end.toolkit();
    }

    /** Its branch failed, with this outcome. */
    void ended(BranchEntry branch, Outcome newOutcome, String why) {
        boolean lacksToolkit = newOutcome == Outcome.NO_TOOLKIT;
        if (lacksToolkit && untried != null) {
            ended(branch, Status.FAILED, why + "; whether there is another toolkit is unknown: " + untried);
        } else {
            ended(branch, lacksToolkit ? Status.SKIPPED : Status.FAILED, why);
            outcome = newOutcome;
        }
    }

    /** How an image of a driver stands. */
    Outcome outcome() {
        return switch (status) {
            case THERE -> Outcome.THERE;
            case BUILT -> Outcome.BUILT;
            case FAILED -> outcome == null ? Outcome.FAILED : outcome;
            case UNKNOWN -> Outcome.UNKNOWN;
            default -> outcome == null ? Outcome.LEFT : outcome;
        };
    }

    /** Where the log of its branch is; empty where there is none. */
    String node() {
        return node;
    }

    /** The toolkits that were tried for it; none where it has none. */
    List<String> tried() {
        List<String> all = toolkits != null ? toolkits : toolkit.isEmpty() ? List.of() : List.of(toolkit);
        return KnownFailures.tried(all, toolkit, outcome());
    }

    boolean is(Status wanted) {
        return status == wanted;
    }

    String reason() {
        return reason;
    }

    /** Where the work on it was done; empty when unknown. */
    String agent() {
        return agent;
    }

    /** Whether an index may be able to name it. */
    boolean mayBeThere() {
        return before || perhaps || status == Status.BUILT;
    }

    void expect() {
        status = Status.OPEN;
    }

    void skip() {
        status = Status.SKIPPED;
    }

    /** Its branch, or the work in it, has started: its log can be read from now on. */
    void started(BranchEntry branch) {
        node = branch.node();
        agent = branch.agent();
    }

    /** Its branch has ended; the reason is empty when it ended well. */
    void ended(BranchEntry branch, Status newStatus, String why) {
        status = newStatus;
        reason = why;
        refused = before && why.contains(AgentScript.TAG_IS_IMMUTABLE);
        // Of several images in one branch, some may have been pushed before another failed.
        perhaps = branch.architectures().size() > 1;
        node = branch.node();
        duration = branch.duration();
    }

    /** The index names it. Its base is null when it does not say on which it was built; the wanted one may be empty. */
    void found(String newDigest, String base, String wantedBase) {
        digest = newDigest;
        boolean old = before && base != null && !wantedBase.isEmpty() && !base.equals(wantedBase);
        if (status == Status.BUILT && old) {
            fail("its branch ended well but pushed no image: the one that is there was built on the base " + base);
        } else if ((status == Status.FAILED || status == Status.STOPPED) && perhaps && !before) {
            status = Status.BUILT;
            reason = "";
        }
    }

    /**
     * The index does not name it.
     *
     * @param rejected why an image under its tag was left out; null when there is none
     */
    void notFound(String rejected) {
        if (status == Status.BUILT) {
            fail(rejected == null ? "its branch ended well but pushed no image" : rejected);
        } else if (status == Status.THERE && rejected != null) {
            fail(rejected);
        } else if (status == Status.THERE) {
            status = Status.SKIPPED;
            reason = "the library has no image of it, and the matrix does not list it as missing";
        }
    }

    /** The index could not be published: that its branch ended well is no proof that it is there. */
    void notRead() {
        if (status == Status.BUILT && digest.isEmpty()) {
            status = Status.UNKNOWN;
            reason = "its branch ended well, and the registry was not read afterwards";
        }
    }

    /** Whether it was built anew and not pushed, because its tag cannot be written twice. */
    boolean isRefused() {
        return refused;
    }

    private void fail(String why) {
        status = Status.FAILED;
        reason = why;
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("status", status.name().toLowerCase(Locale.ROOT));
        map.put("digest", digest);
        if (duration > 0) {
            map.put("duration", duration);
        }
        if (!reason.isEmpty()) {
            map.put("reason", reason);
        }
        if (!agent.isEmpty()) {
            map.put("agent", agent);
        }
        if (!node.isEmpty()) {
            map.put("node", node);
        }
        if (tags != null) {
            map.put("outcome", outcome().words());
            map.put("known", known);
            map.put("tags", new ArrayList<>(tags));
            map.put("toolkit", toolkit);
            if (knownLog != null) {
                map.put("knownLog", knownLog);
            }
        }
        return map;
    }

    /** Earlier versions stored no agent. */
    private Object readResolve() {
        agent = agent == null ? "" : agent;
        return this;
    }
}
