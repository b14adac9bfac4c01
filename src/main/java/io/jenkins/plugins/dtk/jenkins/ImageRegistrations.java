package io.jenkins.plugins.dtk.jenkins;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.dtk.rhsm.Rhsm;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * The systems that the builds of branches register with RHSM for themselves, one for each image. The builds unregister
 * them. What they could not, or did not live to do, is done here: their logs say which system they register and that it
 * is gone. All that is needed is its name, as registering a name again gives the system that is there.
 *
 * <p>Anyone who writes into the log can name a system. Organisation and key are sent to the service that is set in the
 * configuration alone, and only names of this form are taken, of which no one but these builds has any.
 */
final class ImageRegistrations implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final Logger LOGGER = Logger.getLogger(ImageRegistrations.class.getName());

    /** More than any run has builds at work. */
    private static final int MOST = 2000;

    /** What resources/dtk-rhsm.sh says; docker writes the number of its step and the time before it. */
    private static final Pattern LINE = Pattern.compile("(?:#[0-9]{1,9} [0-9]{1,9}\\.[0-9]{1,9} )?dtk: "
            + "(?<what>registering with RHSM|unregistered from RHSM|not registered with RHSM"
            + "|warning: (?:perhaps )?still registered with RHSM)"
            + "(?: at (?<url>https://\\S{1,300}))?: (?<name>dtk-[0-9][A-Za-z0-9._-]{0,120}-[0-9a-f]{12})"
            + "(?:: (?<why>.{0,1000}))?");

    private final StepContext context;
    private final String node;
    private final BranchSecrets secrets;

    /**
     * @param node the ID of the step's flow node
     */
    ImageRegistrations(StepContext context, String node, BranchSecrets secrets) {
        this.context = context;
        this.node = node;
        this.secrets = secrets;
    }

    /** Takes a line of the log of a branch. */
    void heard(String line) {
        Matcher said = LINE.matcher(line.strip());
        if (!said.matches()) {
            return;
        }
        try {
            Run<?, ?> run = context.get(Run.class);
            RhsmSystems systems = RhsmSystems.of(run);
            RhsmSystems.Entry known = systems.named(said.group("name"));
            if (said.group("url") == null) {
                systems.forget(known);
            } else if (known == null && systems.all().size() < MOST) {
                known = announce(systems, run, said.group("name"), said.group("url"));
            }
            if (known != null && said.group("why") != null) {
                known.stays(said.group("why"));
            }
            Background.submit(this, () -> save(run));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "cannot note what a build said of RHSM: " + said.group("name"), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private RhsmSystems.Entry announce(RhsmSystems systems, Run<?, ?> run, String name, String url)
            throws IOException, InterruptedException {
        Map<String, String> values = isOurs(url) ? secrets.values() : Map.of();
        return systems.announce(
                node,
                name,
                run.getParent().getFullName(),
                url,
                values.get(BranchSecrets.ORG),
                values.get(BranchSecrets.ACTIVATION_KEY));
    }

    /** Whether this is the service that is set. Another one may be set in the base image. */
    private static boolean isOurs(String url) throws IOException {
        try {
            return Rhsm.isSame(Rhsm.url(url), DtkConfiguration.saved().rhsmUrl());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Unregisters what the builds have left, and what the whole run has registered. What goes wrong is reported in the
     * log, and fails no build: the keeper tries again.
     */
    void unregisterAtEnd() {
        try {
            unregister();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "cannot reach a build to unregister its system", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void unregister() throws IOException, InterruptedException {
        Run<?, ?> run = context.get(Run.class);
        RhsmSystems systems = run.getAction(RhsmSystems.class);
        if (systems == null) {
            return;
        }
        PrintStream log = context.get(TaskListener.class).getLogger();
        Map<String, List<RhsmSystems.Entry>> left = RhsmKeeper.byService(systems.of(node));
        for (Map.Entry<String, List<RhsmSystems.Entry>> group : left.entrySet()) {
            RhsmKeeper.unregister(
                    RhsmSystems.service(group.getKey()),
                    group.getValue(),
                    systems::forget,
                    line -> log.println("dtk: " + line));
            save(run);
        }
    }

    private static void save(Run<?, ?> run) {
        try {
            run.save();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "cannot store which systems are registered with RHSM", e);
        }
    }
}
