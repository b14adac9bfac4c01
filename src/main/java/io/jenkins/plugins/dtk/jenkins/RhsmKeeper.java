package io.jenkins.plugins.dtk.jenkins;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.dtk.rhsm.RhsmSystem;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Unregisters what a build has left registered with RHSM, as when its program is gone or it was ended by force: at its
 * end, or when it is deleted. Its log is closed by then, so that what goes wrong is told in Jenkins' own.
 */
@Extension
@Restricted(NoExternalUse.class) // Jenkins' own events
public final class RhsmKeeper extends RunListener<Run<?, ?>> {

    private static final Logger LOGGER = Logger.getLogger(RhsmKeeper.class.getName());

    @Override
    public void onFinalized(Run<?, ?> run) {
        unregisterAll(run, true);
    }

    /** What is deleted is not stored again. */
    @Override
    public void onDeleted(Run<?, ?> run) {
        unregisterAll(run, false);
    }

    private static void unregisterAll(Run<?, ?> run, boolean stored) {
        RhsmSystems systems = run.getAction(RhsmSystems.class);
        if (systems != null && !systems.all().isEmpty()) {
            Background.submit(systems, () -> {
                for (RhsmSystems.Entry entry : systems.all()) {
                    LOGGER.log(Level.WARNING, "{0}: {1}", new Object[] {run, unregister(run, entry)});
                }
                if (stored) {
                    store(run);
                }
            });
        }
    }

    private static void store(Run<?, ?> run) {
        try {
            run.save();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "cannot store that nothing is registered with RHSM any more", e);
        }
    }

    /** Unregisters a system of a build, and says in one line what came of it. */
    static String unregister(Run<?, ?> run, RhsmSystems.Entry entry) {
        RhsmSystem system = entry.system();
        String said;
        try {
            if (system == null) {
                said = "nothing to unregister from RHSM, as far as is known; if there is a system " + entry.name()
                        + ", remove it there";
            } else {
                DtkConfiguration.rhsm().unregister(system);
                said = "unregistered " + system + " from RHSM";
            }
        } catch (IOException e) {
            said = stillThere(system, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            said = stillThere(system, "interrupted");
        }
        RhsmSystems.of(run).forget(entry);
        return said;
    }

    private static String stillThere(RhsmSystem system, String reason) {
        return "warning: the system " + system + " is still registered with RHSM, remove it there: " + reason;
    }
}
