package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.plan.SubscriptionCertificate;
import io.jenkins.plugins.dtk.rhsm.Rhsm;
import io.jenkins.plugins.dtk.rhsm.RhsmSystem;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Serializable;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * The one system that a run of {@code dtkBuild} registers with RHSM for all of its images. It is noted with the build
 * before it is there, so that whatever ends the run, somebody unregisters it: this step, or {@link RhsmKeeper}.
 */
final class RunRegistration implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final Logger LOGGER = Logger.getLogger(RunRegistration.class.getName());

    private static final SecureRandom RANDOM = new SecureRandom();

    /** RHSM takes 250 characters in all. */
    private static final int LONGEST_JOB = 150;

    private final StepContext context;
    private final String node;
    private final String orgId;
    private final String activationKeyId;

    /**
     * @param node the ID of the step's flow node
     */
    RunRegistration(StepContext context, String node, String orgId, String activationKeyId) {
        this.context = context;
        this.node = node;
        this.orgId = orgId;
        this.activationKeyId = activationKeyId;
    }

    /**
     * Registers it and fetches its certificate.
     *
     * @throws AbortException when that failed; one line. Then nothing stays registered, as far as anybody knows
     */
    void register(StepCredentials credentials) throws IOException, InterruptedException {
        Run<?, ?> run = context.get(Run.class);
        String organisation = credentials.text("rhsmOrgId", orgId);
        String activationKey = credentials.text("rhsmActivationKeyId", activationKeyId);
        URI url = DtkConfiguration.saved().rhsmUrl();
        Rhsm rhsm = DtkConfiguration.saved().rhsm(url);
        String name = name(run);
        RhsmSystems systems = RhsmSystems.of(run);
        systems.announce(node, name, run.getParent().getFullName(), url.toString(), organisation, activationKey);
        run.save();
        boolean done = false;
        AtomicBoolean doubt = new AtomicBoolean();
        try {
            RhsmSystem system = new LongWait(run, log())
                    .of(() -> rhsm.register(name, organisation, activationKey, lost -> {
                        doubt.set(true);
                        println("an answer of RHSM was lost, asking for the identity of " + name + ": " + lost);
                    }));
            systems.registered(node, system);
            run.save();
            systems.certified(node, new LongWait(run, log()).of(() -> rhsm.certificate(system)));
            run.save();
            certificate();
            println("registered with RHSM as " + system + " for all images of this run");
            done = true;
        } catch (InterruptedException e) {
            println("this build ends while " + name
                    + " is registered with RHSM, which is looked for when it has ended");
            done = true; // Its keeper does that: whoever ends a build does not wait for RHSM.
            throw e;
        } catch (Failure e) {
            forgetWhatWasRefused(systems, e, doubt.get());
            throw new AbortException("dtkBuild: " + e.getMessage());
        } catch (IOException e) {
            throw new AbortException("dtkBuild: " + e.getMessage());
        } finally {
            if (!done) {
                new LongWait(run, log()).of(() -> {
                    unregister();
                    return null;
                });
            }
        }
    }

    /** A system that was never asked for, or refused, is not there. */
    private void forgetWhatWasRefused(RhsmSystems systems, Failure failure, boolean doubt) {
        RhsmSystems.Entry entry = systems.entry(node);
        if (entry != null && entry.system() == null && !doubt && failure.kind() != Failure.Kind.INVALID) {
            systems.forget(entry);
        }
    }

    /** A name that names the administrator of the organisation whose system it is, and that no other run has. */
    private static String name(Run<?, ?> run) {
        String job = run.getParent()
                .getFullName()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        byte[] random = new byte[4];
        RANDOM.nextBytes(random);
        return "dtk-" + job.substring(0, Math.min(job.length(), LONGEST_JOB)) + "-" + run.getNumber() + "-"
                + HexFormat.of().formatHex(random);
    }

    /**
     * Its certificate.
     *
     * @throws IOException when it is not registered, or no longer; one line
     */
    SubscriptionCertificate certificate() throws IOException, InterruptedException {
        try {
            return new SubscriptionCertificate(
                    RhsmSystems.of(context.get(Run.class)).certificate(node));
        } catch (IllegalArgumentException e) {
            throw new IOException("RHSM gave " + e.getMessage());
        }
    }

    /** Unregisters it, if it may be registered. What goes wrong with that is reported in the log, and fails no build. */
    void unregister() throws IOException, InterruptedException {
        Run<?, ?> run = context.get(Run.class);
        RhsmSystems systems = RhsmSystems.of(run);
        RhsmSystems.Entry entry = systems.entry(node);
        if (entry != null) {
            RhsmKeeper.unregister(RhsmSystems.service(entry.url()), List.of(entry), systems::forget, this::println);
            run.save();
        }
    }

    private void println(String line) {
        try {
            log().println("dtk: " + line);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, line, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private PrintStream log() throws IOException, InterruptedException {
        return context.get(TaskListener.class).getLogger();
    }
}
