package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.dtk.build.BuildLedger;
import io.jenkins.plugins.dtk.build.BuildPlan;
import io.jenkins.plugins.dtk.build.ImageBuild;
import io.jenkins.plugins.dtk.build.Settings;
import io.jenkins.plugins.dtk.library.ImageLibrary;
import io.jenkins.plugins.dtk.library.JoinResult;
import io.jenkins.plugins.dtk.matrix.MatrixJson;
import io.jenkins.plugins.dtk.registry.ImageReference;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.jenkinsci.plugins.workflow.cps.CpsBodyInvoker;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Runs {@code dtkBuild}: starts a branch per image, and as the last branch of a kernel ends, publishes that kernel's
 * index in a background thread. All state is in the ledger. After a restart the branches go on by themselves, and an
 * index whose publishing was under way is published again, which changes nothing where it was already there.
 */
final class BuildExecution extends StepExecution {

    private static final long serialVersionUID = 1L;

    private final String image;
    private final String registryCredentialsId;
    private final String builder;
    private final BuildLedger ledger;
    private final BranchSecrets secrets;
    private final ArrayList<BodyExecution> bodies = new ArrayList<>();
    private Throwable stopped;

    /** Not stored: a run that was stored after this was set and before the end was told tells it again. */
    private transient boolean ended;

    private transient BuildPlan plan;
    private transient Map<String, Future<?>> joins;

    BuildExecution(StepContext context, DtkBuildStep step) throws IOException, InterruptedException {
        super(context);
        ImageReference library = step.imageReference();
        Settings settings = DtkConfiguration.settings();
        try {
            plan = BuildPlan.of(MatrixJson.fromMap(step.matrixMap()), library, settings);
        } catch (IllegalArgumentException e) {
            throw new AbortException("dtkBuild: " + e.getMessage());
        }
        image = library.name();
        registryCredentialsId = step.getRegistryCredentialsId();
        builder = step.getBuilder();
        ledger = new BuildLedger(image, plan);
        secrets = new BranchSecrets(
                context, step.getRhsmOrgId(), step.getRhsmActivationKeyId(), step.getRegistryCredentialsId());
    }

    /** Everything here is in memory: branches become branches only when all are started before this returns. */
    @Override
    public boolean start() throws Exception {
        secrets.values(); // a missing credential is told once, here, and not by every branch
        TaskListener listener = getContext().get(TaskListener.class);
        listener.getLogger().println(summary());
        if (plan.builds().isEmpty() && plan.joins().isEmpty()) {
            getContext().onSuccess(ledger.toMap());
            return true;
        }
        EnvironmentExpander environment = getContext().get(EnvironmentExpander.class);
        ConsoleLogFilter filter = getContext().get(ConsoleLogFilter.class);
        List<BodyInvoker> invokers = new ArrayList<>();
        for (ImageBuild build : plan.builds()) {
            invokers.add(((CpsBodyInvoker) getContext().newBodyInvoker())
                    .withStartAction(new BranchAction(build.name()))
                    .withContext(
                            EnvironmentExpander.merge(environment, new BranchEnvironment(variables(build), secrets)))
                    .withContext(BodyInvoker.mergeConsoleLogFilters(filter, new SecretFilter(secrets)))
                    .withCallback(new BranchEnd(this, build.name())));
        }
        synchronized (this) {
            for (BodyInvoker invoker : invokers) {
                bodies.add(invoker.start());
            }
            proceed();
        }
        return false;
    }

    private Map<String, String> variables(ImageBuild build) {
        Map<String, String> variables = new HashMap<>(build.variables());
        if (builder != null) {
            variables.put("DTK_BUILDER", builder);
        }
        return variables;
    }

    private String summary() {
        long kernels = plan.builds().stream().map(ImageBuild::kernel).distinct().count();
        String joins = plan.joins().isEmpty() ? "" : ", " + plan.joins().size() + " kernels to join";
        return plan.builds().isEmpty() && plan.joins().isEmpty()
                ? "dtk: " + image + " lacks nothing"
                : "dtk: " + plan.builds().size() + " images to build for " + kernels + " kernels" + joins;
    }

    /** Called once by each branch. */
    synchronized void branchEnded(String branch, Throwable failure) {
        ledger.branchEnded(branch, failure == null ? null : reason(failure));
        proceed();
    }

    /** Starts what can be started, and ends the step when nothing is left. */
    private synchronized void proceed() {
        if (ended) {
            return;
        }
        if (stopped != null) {
            if (ledger.branchesDone()) {
                ended = true;
                getContext().onFailure(stopped);
            }
            return;
        }
        if (joins == null) {
            joins = new HashMap<>();
        }
        for (String tag : ledger.joinable()) {
            joins.computeIfAbsent(tag, t -> Background.submit(() -> join(t)));
        }
        if (ledger.isDone()) {
            ended = true;
            end();
        }
    }

    private void end() {
        if (ledger.failure().isEmpty()) {
            getContext().onSuccess(ledger.toMap());
            return;
        }
        getContext()
                .onFailure(new AbortException("dtkBuild: " + ledger.failure().get()
                        + (ledger.built() == 0
                                ? ""
                                : " (" + ledger.built() + " other images were built and published)")));
    }

    private void join(String tag) {
        String failure = null;
        JoinResult result = null;
        try {
            result = new ImageLibrary(client(), ImageReference.parse(image)).join(tag, ledger.architectures(tag));
            getContext().get(TaskListener.class).getLogger().println("dtk: " + describe(tag, result));
        } catch (IOException e) {
            failure = e.getMessage();
        } catch (InterruptedException e) {
            failure = "interrupted";
        } catch (RuntimeException e) {
            failure = e.toString();
        }
        synchronized (this) {
            if (stopped != null) {
                return;
            }
            joins.remove(tag);
            if (failure == null) {
                ledger.joined(tag, result);
            } else {
                ledger.joinFailed(tag, failure);
            }
            proceed();
        }
    }

    private RegistryClient client() throws IOException, InterruptedException {
        ImageReference library = ImageReference.parse(image);
        return DtkConfiguration.settings()
                .registryClient(new StepCredentials(getContext().get(Run.class))
                        .registry("registryCredentialsId", registryCredentialsId, library));
    }

    private String describe(String tag, JoinResult result) {
        return result.digest() == null
                ? "no image of " + tag + " is there, so it has no index"
                : image + ":" + tag + " now has " + result.joined().keySet() + " (" + result.digest() + ")";
    }

    private int joinsRunning() {
        return joins == null ? 0 : joins.size();
    }

    @Override
    public void onResume() {
        proceed();
    }

    @Override
    public void stop(Throwable cause) throws Exception {
        List<BodyExecution> running;
        synchronized (this) {
            stopped = cause;
            running = new ArrayList<>(bodies);
            if (joins != null) {
                joins.values().forEach(join -> join.cancel(true));
            }
        }
        // Outside the lock: a body may end, and call back, at once.
        running.forEach(body -> body.cancel(cause));
        proceed();
    }

    @Override
    public synchronized String getStatus() {
        return ledger.branchesDone() ? "publishing " + joinsRunning() + " indexes" : "branches are running";
    }

    /** One line, for the ledger and the log; both are outside of what the branch's own filter sees. */
    private String reason(Throwable failure) {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return secrets.hide(message).lines().findFirst().orElse("").strip();
    }
}
