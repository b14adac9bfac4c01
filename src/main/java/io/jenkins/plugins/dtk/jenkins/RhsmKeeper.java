package io.jenkins.plugins.dtk.jenkins;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.dtk.rhsm.Rhsm;
import io.jenkins.plugins.dtk.rhsm.RhsmSystem;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Unregisters what a build has left registered with RHSM, as when its program is gone or it was ended by force: at its
 * end, or when it is deleted, and again at the end of each later build with {@code dtkBuild}. Its log is closed by then,
 * so that what goes wrong is reported in Jenkins' own, and on the pages of the job's builds.
 */
@Extension
@Restricted(NoExternalUse.class) // Jenkins' own events
public final class RhsmKeeper extends RunListener<Run<?, ?>> {

    private static final Logger LOGGER = Logger.getLogger(RhsmKeeper.class.getName());

    @Override
    public void onFinalized(Run<?, ?> run) {
        RhsmSystems systems = run.getAction(RhsmSystems.class);
        if (systems != null) {
            Background.submit(systems, () -> {
                List<RhsmSystems.Entry> earlier = RhsmLeftovers.get().systems();
                if (takeOver(systems)) {
                    store(run);
                }
                earlier.forEach(RhsmKeeper::tryAgain);
            });
        }
    }

    /** What is deleted is not stored again. */
    @Override
    public void onDeleted(Run<?, ?> run) {
        RhsmSystems systems = run.getAction(RhsmSystems.class);
        if (systems != null && !systems.all().isEmpty()) {
            Background.submit(systems, () -> takeOver(systems));
        }
    }

    /** Unregisters what an ended build has left; what stays registered is kept for later. */
    private static boolean takeOver(RhsmSystems systems) {
        List<RhsmSystems.Entry> entries = systems.all();
        for (RhsmSystems.Entry entry : entries) {
            LOGGER.log(Level.WARNING, unregister(entry, () -> {}));
            if (entry.since() != 0) {
                RhsmLeftovers.get().add(entry);
            }
            systems.forget(entry);
        }
        return !entries.isEmpty();
    }

    private static void tryAgain(RhsmSystems.Entry entry) {
        LOGGER.log(Level.WARNING, unregister(entry, () -> RhsmLeftovers.get().remove(entry)));
        if (RhsmLeftovers.isHopeless(entry)) {
            LOGGER.log(Level.WARNING, "not trying any more to unregister {0}", entry.text());
            RhsmLeftovers.get().remove(entry);
        }
    }

    private static void store(Run<?, ?> run) {
        try {
            run.save();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "cannot store that nothing is registered with RHSM any more", e);
        }
    }

    /**
     * Unregisters a system, and says in one line what came of it.
     *
     * @param gone is run when it is registered no more
     */
    static String unregister(RhsmSystems.Entry entry, Runnable gone) {
        try {
            Rhsm rhsm = DtkConfiguration.rhsm();
            RhsmSystem system = entry.system();
            if (system == null) {
                system = entry.find(rhsm);
            }
            rhsm.unregister(system);
            gone.run();
            return "unregistered " + system + " from RHSM";
        } catch (IOException e) {
            entry.stays(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            entry.stays("interrupted");
        }
        return "warning: still registered with RHSM, tried again at the end of this and of later builds: "
                + entry.text();
    }
}
