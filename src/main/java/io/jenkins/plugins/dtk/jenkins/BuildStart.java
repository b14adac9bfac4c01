package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.plan.BuildLedger;
import io.jenkins.plugins.dtk.plan.BuildPlan;
import io.jenkins.plugins.dtk.plan.BuildPlan.ImageBuild;
import io.jenkins.plugins.dtk.report.Shown;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsBodyInvoker;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * How a run of {@code dtkBuild} starts: it reads what earlier runs left, plans, and makes the parts that go on with the
 * run. It is never stored.
 */
final class BuildStart {

    private final StepContext context;
    private final DtkBuildStep step;
    private final String image;
    private final KernelMatrix matrix;
    private final DriverRun driver;
    private final KeptImages kept;
    private final BuildPlan plan;

    /** Reads files: those of the job's earlier builds, and what is remembered of a driver. */
    BuildStart(StepContext context, DtkBuildStep step) throws IOException, InterruptedException {
        this.context = context;
        this.step = step;
        BuildMatrix given = step.matrix();
        matrix = given.kernels();
        image = step.imageReference().name();
        driver = given.isOfDriver()
                ? new DriverRun(context, image, given.driver().version())
                : null;
        kept = step.rebuildsStale() && driver == null
                ? KeptImages.before(context.get(Run.class), image, matrix)
                : KeptImages.none(matrix);
        plan = step.plan(
                given, kept.matrix(), DtkConfiguration.settings().places(), driver == null ? null : driver.known());
    }

    /** Null for a library of toolkits. */
    DriverRun driver() {
        return driver;
    }

    KeptImages kept() {
        return kept;
    }

    BuildLedger ledger() {
        return new BuildLedger(image, plan, driver == null && step.holdsIncomplete());
    }

    BranchSecrets secrets() throws IOException, InterruptedException {
        RunRegistration registration = step.registersPerRun() && !plan.builds().isEmpty()
                ? new RunRegistration(context, node(), step.getRhsmOrgId(), step.getRhsmActivationKeyId())
                : null;
        return new BranchSecrets(context, step, registration, driver == null ? null : image);
    }

    ImageRegistrations registrations(BranchSecrets secrets) throws IOException, InterruptedException {
        return new ImageRegistrations(context, node(), secrets);
    }

    IndexPublisher publisher() {
        String login = step.getRegistryCredentialsId();
        return driver == null
                ? new IndexPublisher(context, image, login, step.isSbom())
                : new DriverPublisher(context, image, login, plan, step.holdsIncomplete());
    }

    RunPage page() throws IOException, InterruptedException {
        return new RunPage(context, image, matrix);
    }

    private String node() throws IOException, InterruptedException {
        return context.get(FlowNode.class).getId();
    }

    /** What is going to happen, and what is not, for the log. */
    List<String> lines() throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>(List.of(summary()));
        kept.line().ifPresent(lines::add);
        if (driver != null) {
            lines.addAll(driver.knownLines(plan));
        }
        return lines;
    }

    private String summary() {
        String skipped = plan.skipped().isEmpty()
                ? ""
                : ", " + plan.skippedImages() + " left for another run by the limit of " + step.getLimit();
        String rest = skipped + plan.settledText();
        if (plan.builds().isEmpty() && plan.joins().isEmpty()) {
            return "dtk: " + image + (rest.isEmpty() ? " lacks nothing" : ": nothing to build" + rest);
        }
        long kernels = plan.builds().stream().map(ImageBuild::kernel).distinct().count();
        String joins =
                plan.joins().isEmpty() ? "" : ", " + Shown.count(plan.joins().size(), "kernel") + " to join";
        return "dtk: " + Shown.count(plan.images(), "image") + " to build for " + Shown.count(kernels, "kernel") + joins
                + rest;
    }

    /** The bodies of the branches, none of which has started. */
    List<BodyInvoker> branches(BuildExecution execution, BranchSecrets secrets, ImageRegistrations registrations)
            throws IOException, InterruptedException {
        Map<String, String> common = commonVariables();
        VariableTable table = new VariableTable();
        EnvironmentExpander environment = context.get(EnvironmentExpander.class);
        ConsoleLogFilter filter = context.get(ConsoleLogFilter.class);
        List<BodyInvoker> branches = new ArrayList<>();
        for (ImageBuild build : plan.builds()) {
            Branch branch = new Branch(execution, registrations, build.name());
            Map<String, String> variables = new HashMap<>(build.variables());
            variables.putAll(common);
            BranchEnvironment own = new BranchEnvironment(table, variables, secrets);
            branches.add(((CpsBodyInvoker) context.newBodyInvoker())
                    .withStartAction(new BranchAction(build.name()))
                    .withContext(branch)
                    .withContext(EnvironmentExpander.merge(environment, own))
                    .withContext(BodyInvoker.mergeConsoleLogFilters(filter, new SecretFilter(secrets, branch)))
                    .withCallback(new BranchEnd(branch)));
        }
        return branches;
    }

    private Map<String, String> commonVariables() throws AbortException {
        Map<String, String> variables = new HashMap<>(step.extras().variables());
        if (step.getBuilder() != null) {
            variables.put("DTK_BUILDER", step.getBuilder());
        }
        variables.putAll(DtkConfiguration.saved().rhsmVariables());
        return variables;
    }
}
