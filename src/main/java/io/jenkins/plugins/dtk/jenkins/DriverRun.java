package io.jenkins.plugins.dtk.jenkins;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import io.jenkins.plugins.dtk.driver.DriverTarget;
import io.jenkins.plugins.dtk.driver.KnownFailures;
import io.jenkins.plugins.dtk.driver.Outcome;
import io.jenkins.plugins.dtk.plan.BuildLedger;
import io.jenkins.plugins.dtk.plan.BuildPlan;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * What a run of {@code dtkBuild} does for a driver alone: it remembers with the job what does not compile, and answers
 * the question of a branch whether the modules of its image fit.
 */
final class DriverRun implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final Logger LOGGER = Logger.getLogger(DriverRun.class.getName());

    /**
     * The question of the script on the agent, which it asks until it knows, with the folder that it has made for itself. What
     * is built prints to the same log: no other folder is looked into, or written to.
     */
    private static final Pattern QUESTION =
            Pattern.compile("dtk: do the modules fit\\? (/(?!.*/\\.\\.?/).*/dtk\\.[A-Za-z0-9]{8}/build)\\s*");

    /** How the script names the toolkit that it takes after one that has not the kernel. */
    private static final Pattern TAKEN = Pattern.compile("dtk: taking the toolkit (\\S+): .*\\s*");

    private static final String NO_TOOLKIT = "no toolkit: ";
    private static final String DOES_NOT_FIT = "does not fit: ";

    private final StepContext context;
    private final String image;
    private final String version;
    private final HashMap<String, StepContext> places = new HashMap<>();
    private final HashMap<String, Signing> signings = new HashMap<>();

    /** The branches whose question is being answered. */
    private transient Set<String> answering;

    DriverRun(StepContext context, String image, String version) {
        this.context = context;
        this.image = image;
        this.version = version;
    }

    /** Notes what a script of ours gave as the reason of its failure. */
    static void said(BuildLedger ledger, String branch, String reason) {
        if (reason.startsWith(NO_TOOLKIT)) {
            ledger.branchCameTo(branch, Outcome.NO_TOOLKIT, reason.substring(NO_TOOLKIT.length()));
        } else if (reason.startsWith(DOES_NOT_FIT)) {
            ledger.branchCameTo(branch, Outcome.DOES_NOT_FIT, reason.substring(DOES_NOT_FIT.length()));
        } else {
            ledger.branchSaid(branch, reason);
        }
    }

    /** The toolkit that the script takes after another, by digest; empty when a line of the log does not say that. */
    static Optional<String> toolkit(String line) {
        Matcher taken = TAKEN.matcher(line);
        return taken.matches() ? Optional.of(taken.group(1)) : Optional.empty();
    }

    /** What is known of a plan's images and not built again, a line for each, with the address of the log. */
    List<String> knownLines(BuildPlan plan) throws IOException, InterruptedException {
        String job = context.get(EnvVars.class).get("JOB_URL");
        List<String> lines = new ArrayList<>();
        plan.settled()
                .forEach((kernel, ends) -> ends.forEach((architecture, end) -> {
                    if (end.known()) {
                        String name = plan.targets()
                                .get(kernel)
                                .get(architecture)
                                .target()
                                .uname();
                        lines.add("dtk: known: " + name + " " + end.outcome().words() + ": " + end.why()
                                + (job == null || end.log().isEmpty() ? "" : " (" + job + end.log() + ")"));
                    }
                }));
        return lines;
    }

    /** What does not compile or fit, as the job remembers it. */
    KnownFailures known() throws IOException, InterruptedException {
        return KnownFailures.in(file());
    }

    /** It is for the vendor alone: it stays with the job, and never goes to the repository. */
    private Path file() throws IOException, InterruptedException {
        return folder().resolve("driver-toolkit-known-" + image.replaceAll("[^A-Za-z0-9.-]", "_") + ".tsv");
    }

    /** That of the job. */
    private Path folder() throws IOException, InterruptedException {
        return context.get(Run.class).getParent().getRootDir().toPath();
    }

    /** Remembers how the images ended. Writes a file: for background threads only. */
    void remember(BuildLedger ledger) {
        try {
            KnownFailures known = known();
            Run<?, ?> run = context.get(Run.class);
            ledger.outcomes((kernel, toolkits, outcome, reason, node) -> known.note(
                    DriverTarget.parse(kernel), version, toolkits, outcome, reason, ImageLog.place(run, node)));
            Files.createDirectories(folder());
            known.save();
        } catch (IOException | IllegalArgumentException e) {
            LOGGER.log(Level.WARNING, "cannot remember what does not compile", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @param signing null: the modules stay as they are */
    synchronized void worksIn(String branch, StepContext place, Signing signing) {
        places.put(branch, place);
        signings.put(branch, signing);
    }

    /** Answers when a line is the question. The work is done on the agent, where the image is. */
    void asks(String branch, String line) {
        Optional<String> folder = folder(line);
        if (folder.isEmpty()) {
            return;
        }
        StepContext place;
        synchronized (this) {
            answering = answering == null ? new HashSet<>() : answering;
            place = places.get(branch);
            if (place == null || !answering.add(branch)) {
                return;
            }
        }
        Background.submit(this, () -> answer(branch, place, folder.get()));
    }

    /** The folder that a line of the log asks about; empty when it is no question of our script. */
    static Optional<String> folder(String line) {
        Matcher question = QUESTION.matcher(line);
        return question.matches() ? Optional.of(question.group(1)) : Optional.empty();
    }

    private void answer(String branch, StepContext place, String folder) {
        try {
            FilePath workspace = place.get(FilePath.class);
            Signing signing;
            synchronized (this) {
                signing = signings.get(branch);
            }
            workspace
                    .child(folder)
                    .act(new FitOnAgent(
                            branch,
                            signing == null ? null : signing.material(StepCredentials.again(context.get(Run.class)))));
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, "cannot reach an agent; its build asks again", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            synchronized (this) {
                answering.remove(branch);
            }
        }
    }
}
