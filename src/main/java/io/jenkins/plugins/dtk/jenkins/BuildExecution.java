package io.jenkins.plugins.dtk.jenkins;

import hudson.model.Result;
import hudson.model.TaskListener;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.plan.BuildLedger;
import io.jenkins.plugins.dtk.report.Shown;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Runs {@code dtkBuild}: starts its branches, and as the last branch of a kernel ends, publishes that kernel's index in
 * a background thread. All state is in the ledger. After a restart the branches go on by themselves, and an index whose
 * publishing was under way is published again, which changes nothing where it was already there.
 *
 * <p>Its lock guards the ledger. Jenkins is called only without it, as it may call back, or be storing this object.
 */
final class BuildExecution extends StepExecution {

    private static final long serialVersionUID = 1L;

    private final boolean failFast;
    private final BuildEnd end;

    /** Null, like all that follows, until the run has started. */
    private BuildLedger ledger;

    private BranchSecrets secrets;
    private ImageRegistrations registrations;
    private IndexPublisher publisher;
    private RunPage page;
    private KeptImages kept;

    /** Null for a library of toolkits. */
    private DriverRun driver;

    private final ArrayList<BodyExecution> bodies = new ArrayList<>();
    private Throwable stopped;
    private boolean failedFast;

    /** Not stored: a run that was stored after this was set and before the end was reported reports it again. */
    private transient boolean ended;

    private final transient DtkBuildStep step;

    private transient Map<String, Future<?>> joins;

    BuildExecution(StepContext context, DtkBuildStep step) {
        super(context);
        this.step = step;
        failFast = step.isFailFast();
        end = new BuildEnd(context, step.failureIsUnstable());
    }

    /**
     * Reads what earlier builds left, and registers the whole run where that is wanted; the program waits for both. It
     * cannot go on meanwhile: only what is started before this returns becomes branches (jenkinsci/workflow-cps-plugin
     * CpsBodyInvoker.java, start), and none may take an agent before the activation key is known to be right.
     */
    @Override
    public boolean start() throws Exception {
        BuildStart start = new BuildStart(getContext(), step);
        prepare(start);
        PrintStream log = getContext().get(TaskListener.class).getLogger();
        MirrorNotes.log(getContext());
        start.lines().forEach(log::println);
        secrets.prepare(); // what is wrong with a credential is reported once, here, and not by every branch
        page.begin(this::result);
        List<BodyInvoker> branches = start.branches(this, secrets, registrations);
        synchronized (this) {
            for (BodyInvoker branch : branches) {
                bodies.add(branch.start());
            }
        }
        joinAll();
        return false;
    }

    private synchronized void prepare(BuildStart start) throws IOException, InterruptedException {
        driver = start.driver();
        kept = start.kept();
        secrets = start.secrets();
        registrations = start.registrations(secrets);
        publisher = start.publisher();
        page = start.page();
        ledger = start.ledger();
    }

    private synchronized Map<String, Object> result() {
        return kept == null ? ledger.toMap() : kept.listedIn(ledger.toMap());
    }

    /** Null for a library of toolkits. */
    DriverRun driver() {
        return driver;
    }

    /** Writes into the books. */
    synchronized void note(Consumer<BuildLedger> entry) {
        entry.accept(ledger);
    }

    /** Called once by each branch. */
    void branchEnded(String branch, Throwable failure) {
        String reason = failure == null ? null : FailureReason.of(failure, secrets::hide);
        Interruption interruption = Interruption.of(failure);
        List<BodyExecution> others = List.of();
        synchronized (this) {
            if (interruption == Interruption.FROM_OUTSIDE && stopped == null) {
                stopped = failure;
            }
            (interruption == Interruption.NONE
                            ? ledger.branchEnded(branch, reason)
                            : ledger.branchStopped(branch, reason))
                    .ifPresent(this::join);
            if (failure != null && failFast && !failedFast && stopped == null) {
                failedFast = true;
                others = new ArrayList<>(bodies);
            }
        }
        for (BodyExecution other : others) {
            other.cancel(new FlowInterruptedException(Result.ABORTED, true, new FailFastCause(branch)));
        }
        endIfDone();
    }

    /** Starts to publish the index of a kernel, unless that is under way. */
    private synchronized void join(String tag) {
        if (joins == null) {
            joins = new HashMap<>();
        }
        if (stopped == null) {
            Collection<Architecture> architectures = ledger.architectures(tag);
            joins.computeIfAbsent(tag, t -> Background.submit(publisher, () -> publish(t, architectures)));
        }
    }

    private void joinAll() {
        synchronized (this) {
            ledger.joinable().forEach(this::join);
        }
        endIfDone();
    }

    private void publish(String tag, Collection<Architecture> architectures) {
        Consumer<BuildLedger> outcome = publisher.outcome(tag, architectures);
        synchronized (this) {
            joins.remove(tag);
            outcome.accept(ledger);
        }
        endIfDone();
    }

    private void endIfDone() {
        synchronized (this) {
            if (ended
                    || ledger == null
                    || (stopped == null ? !ledger.isDone() : !ledger.branchesDone() || isJoining())) {
                return;
            }
            ended = true;
        }
        Background.submit(page, this::end);
    }

    private boolean isJoining() {
        return joins != null && !joins.isEmpty();
    }

    private void end() {
        Throwable cause;
        BuildLedger books;
        synchronized (this) {
            cause = stopped;
            books = ledger;
        }
        page.end(result());
        if (registrations != null) { // else its keeper unregisters
            registrations.unregisterAtEnd();
        }
        if (driver != null) {
            driver.remember(books);
        }
        end.report(books, result(), cause);
    }

    @Override
    public void onResume() {
        Background.submit(page, () -> {
            page.resume(this::result);
            joinAll();
        });
    }

    @Override
    public void stop(Throwable cause) throws Exception {
        List<BodyExecution> running;
        synchronized (this) {
            stopped = cause;
            running = new ArrayList<>(bodies);
            if (joins != null) {
                joins.values().forEach(join -> join.cancel(true));
                joins.clear();
            }
        }
        running.forEach(body -> body.cancel(cause));
        endIfDone();
    }

    @Override
    public synchronized String getStatus() {
        if (ledger == null) {
            return "starting";
        }
        return ledger.branchesDone()
                ? "publishing " + Shown.count(joins == null ? 0 : joins.size(), "index")
                : "branches are running";
    }

    /** Jenkins stores this while background threads go on. */
    private synchronized void writeObject(ObjectOutputStream out) throws IOException {
        out.defaultWriteObject();
    }
}
