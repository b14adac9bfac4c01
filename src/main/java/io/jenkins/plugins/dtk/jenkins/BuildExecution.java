package io.jenkins.plugins.dtk.jenkins;

import hudson.console.ConsoleLogFilter;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.dtk.driver.BuildLog;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.plan.BuildLedger;
import io.jenkins.plugins.dtk.plan.BuildPlan;
import io.jenkins.plugins.dtk.plan.Extras;
import io.jenkins.plugins.dtk.plan.ImageBuild;
import io.jenkins.plugins.dtk.report.Shown;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.cps.CpsBodyInvoker;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.MissingContextVariableException;
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

    private static final Logger LOGGER = Logger.getLogger(BuildExecution.class.getName());

    /** How our scripts begin the line that says why they failed. */
    private static final String FAILED = "dtk: failed: ";

    private final String summary;
    private final boolean failFast;
    private final String builder;
    private final Extras extras;
    private final BuildLedger ledger;
    private final RunRegistration registration;
    private final BranchSecrets secrets;
    private final ImageRegistrations registrations;
    private final IndexPublisher publisher;
    private final RunPage page;
    private final BuildEnd end;
    private final KeptImages kept;

    /** Null for a library of toolkits. */
    private final DriverRun driver;

    private final ArrayList<BodyExecution> bodies = new ArrayList<>();
    private Throwable stopped;
    private boolean failedFast;

    /** Not stored: a run that was stored after this was set and before the end was reported reports it again. */
    private transient boolean ended;

    private transient BuildPlan plan;

    private transient Map<String, Future<?>> joins;

    BuildExecution(StepContext context, DtkBuildStep step) throws IOException, InterruptedException {
        super(context);
        KernelMatrix matrix = step.kernels();
        String image = step.imageReference().name();
        kept = step.rebuildsStale() && step.driver() == null
                ? KeptImages.before(context.get(Run.class), image, matrix)
                : KeptImages.none(matrix);
        driver = step.driver() == null
                ? null
                : new DriverRun(context, image, step.driver().version());
        plan = step.plan(kept.matrix(), DtkConfiguration.settings().places(), driver == null ? null : driver.known());
        summary = step.summary(plan);
        failFast = step.isFailFast();
        builder = step.getBuilder();
        extras = step.extras();
        ledger = new BuildLedger(image, plan, driver == null && step.holdsIncomplete());
        registration = step.registersPerRun() && !plan.builds().isEmpty()
                ? new RunRegistration(
                        context,
                        context.get(FlowNode.class).getId(),
                        step.getRhsmOrgId(),
                        step.getRhsmActivationKeyId())
                : null;
        secrets = new BranchSecrets(context, step, registration, driver == null ? null : image);
        registrations =
                new ImageRegistrations(context, context.get(FlowNode.class).getId(), secrets);
        publisher = driver == null
                ? new IndexPublisher(context, image, step.getRegistryCredentialsId(), step.isSbom())
                : new DriverPublisher(context, image, step.getRegistryCredentialsId(), plan, step.holdsIncomplete());
        page = new RunPage(context, image, matrix);
        end = new BuildEnd(context, step.failureIsUnstable());
    }

    /**
     * Everything here is in memory, but for the registration of the whole run, for which the program waits. It cannot go
     * on meanwhile: only what is started before this returns becomes branches (jenkinsci/workflow-cps-plugin
     * CpsBodyInvoker.java, start), and none may take an agent before the activation key is known to be right.
     */
    @Override
    public boolean start() throws Exception {
        PrintStream log = getContext().get(TaskListener.class).getLogger();
        MirrorNotes.log(getContext());
        log.println(summary);
        kept.line().ifPresent(log::println);
        if (driver != null) {
            driver.knownLines(plan).forEach(log::println);
        }
        secrets.prepare(); // what is wrong with a credential is reported once, here, and not by every branch
        page.begin(this::result);
        VariableTable variables = new VariableTable();
        List<BodyInvoker> invokers = new ArrayList<>();
        for (ImageBuild build : plan.builds()) {
            invokers.add(invoker(build, variables));
        }
        synchronized (this) {
            for (BodyInvoker invoker : invokers) {
                bodies.add(invoker.start());
            }
        }
        joinAll();
        return false;
    }

    private synchronized Map<String, Object> result() {
        return kept == null ? ledger.toMap() : kept.listedIn(ledger.toMap());
    }

    private BodyInvoker invoker(ImageBuild build, VariableTable table) throws IOException, InterruptedException {
        Branch branch = new Branch(this, registrations, build.name());
        Map<String, String> variables = new HashMap<>(build.variables());
        if (builder != null) {
            variables.put("DTK_BUILDER", builder);
        }
        variables.putAll(extras.variables());
        variables.putAll(DtkConfiguration.saved().rhsmVariables());
        EnvironmentExpander environment = getContext().get(EnvironmentExpander.class);
        ConsoleLogFilter filter = getContext().get(ConsoleLogFilter.class);
        return ((CpsBodyInvoker) getContext().newBodyInvoker())
                .withStartAction(new BranchAction(build.name()))
                .withContext(branch)
                .withContext(EnvironmentExpander.merge(environment, new BranchEnvironment(table, variables, secrets)))
                .withContext(BodyInvoker.mergeConsoleLogFilters(filter, new SecretFilter(secrets, branch)))
                .withCallback(new BranchEnd(branch));
    }

    synchronized void branchStarted(String branch, String flowNode, String agent) {
        ledger.branchStarted(branch, flowNode, agent);
    }

    synchronized void branchFailedAt(String branch, String flowNode) {
        if (!flowNode.isEmpty()) {
            ledger.branchFailedAt(branch, flowNode);
        }
    }

    boolean isOfDriver() {
        return driver != null;
    }

    /** A step of ours works for a branch, in this context. */
    void branchWorksIn(String branch, StepContext context, Signing signing) {
        if (driver != null) {
            driver.worksIn(branch, context, signing);
        }
    }

    /** A line of a branch's log, without secrets. */
    void branchHeard(String branch, String line) {
        if (line.startsWith(FAILED)) {
            String reason = line.substring(FAILED.length()).strip();
            synchronized (this) {
                if (driver == null) {
                    ledger.branchSaid(branch, reason);
                } else {
                    DriverRun.said(ledger, branch, reason);
                }
            }
        } else if (driver != null) {
            driver.asks(branch, line);
            BuildLog.sourceError(line).ifPresent(error -> {
                synchronized (this) {
                    ledger.branchDidNotCompile(branch, error);
                }
            });
        }
    }

    /** Called once by each branch. */
    void branchEnded(String branch, Throwable failure) {
        String reason = failure == null ? null : reason(failure);
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
            joins.computeIfAbsent(tag, t -> Background.submit(publisher, () -> publish(t)));
        }
    }

    private void joinAll() {
        synchronized (this) {
            ledger.joinable().forEach(this::join);
        }
        endIfDone();
    }

    private void publish(String tag) {
        Consumer<BuildLedger> outcome;
        try {
            IndexPublisher.Published result = publisher.publish(tag, ledger.architectures(tag));
            outcome = books -> {
                books.joined(tag, result.index());
                if (!result.notAttached().isEmpty()) {
                    books.attachFailed(tag, result.notAttached());
                }
            };
        } catch (Failure e) {
            outcome = e.kind() == Failure.Kind.IMMUTABLE
                    ? books -> books.joinRefused(tag, e.getMessage())
                    : books -> books.joinFailed(tag, e.getMessage());
        } catch (IOException e) {
            outcome = books -> books.joinFailed(tag, e.getMessage());
        } catch (InterruptedException e) {
            outcome = books -> books.joinFailed(tag, "interrupted");
        } catch (RuntimeException e) {
            outcome = books -> books.joinFailed(tag, e.toString());
        }
        synchronized (this) {
            joins.remove(tag);
            outcome.accept(ledger);
        }
        endIfDone();
    }

    private void endIfDone() {
        synchronized (this) {
            if (ended || (stopped == null ? !ledger.isDone() : !ledger.branchesDone() || isJoining())) {
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
        synchronized (this) {
            cause = stopped;
        }
        page.end(result());
        unregister();
        if (driver != null) {
            driver.remember(ledger);
        }
        end.report(ledger, result(), cause);
    }

    private void unregister() {
        try {
            if (registrations != null) { // else its keeper will
                registrations.unregister();
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "cannot reach a build to unregister its system", e); // its keeper will
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
        return ledger.branchesDone()
                ? "publishing " + Shown.count(joins == null ? 0 : joins.size(), "index")
                : "branches are running";
    }

    /** Jenkins stores this while background threads go on. */
    private synchronized void writeObject(ObjectOutputStream out) throws IOException {
        out.defaultWriteObject();
    }

    /** What Jenkins says of a step out of place: a Java class that is missing, and in a second line what to do. */
    private static String outOfPlace(String message) {
        return message.lines().skip(1).findFirst().orElse("a step stands where it cannot work");
    }

    /** One line, for the ledger and the log; both are outside of what the branch's own filter sees. */
    private String reason(Throwable failure) {
        String message = failure instanceof MissingContextVariableException
                ? outOfPlace(failure.getMessage())
                : failure.getMessage();
        if (failure instanceof FlowInterruptedException interruption
                && !interruption.getCauses().isEmpty()) {
            message = interruption.getCauses().get(0).getShortDescription();
        }
        return message == null
                ? failure.getClass().getSimpleName()
                : secrets.hide(message).lines().findFirst().orElse("").strip();
    }
}
