package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.rhsm.Rhsm;
import io.jenkins.plugins.dtk.rhsm.RhsmSystem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
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
        if (systems != null && takeOver(systems)) {
            Background.submit(systems, () -> store(run));
        }
        if (systems != null || run.getAction(DtkBuildAction.class) != null) {
            tryAll();
        }
    }

    /** What is deleted is not stored again. */
    @Override
    public void onDeleted(Run<?, ?> run) {
        RhsmSystems systems = run.getAction(RhsmSystems.class);
        if (systems != null && takeOver(systems)) {
            tryAll();
        }
    }

    /** From now on what an ended build has left is kept here. */
    private static boolean takeOver(RhsmSystems systems) {
        List<RhsmSystems.Entry> entries = systems.all();
        for (RhsmSystems.Entry entry : entries) {
            entry.stays(null);
            RhsmLeftovers.get().add(entry);
            systems.forget(entry);
        }
        return !entries.isEmpty();
    }

    /** Each service by itself, and its systems in any order: neither holds up the others. */
    private static void tryAll() {
        List<RhsmSystems.Entry> systems = RhsmLeftovers.get().systems();
        forget(systems);
        byService(systems.stream().filter(RhsmSystems.Entry::isKnown).toList()).forEach((url, group) -> {
            try {
                Rhsm rhsm = RhsmSystems.service(url);
                Background.submit(RhsmKeeper.class, () -> tryAgain(rhsm, group));
            } catch (AbortException | IllegalArgumentException e) {
                LOGGER.log(Level.WARNING, "cannot unregister systems from RHSM: {0}", e.getMessage());
            }
        });
    }

    /** Systems by the address of their service. */
    static Map<String, List<RhsmSystems.Entry>> byService(List<RhsmSystems.Entry> systems) {
        return systems.stream().collect(Collectors.groupingBy(RhsmSystems.Entry::url));
    }

    private static void tryAgain(Rhsm rhsm, List<RhsmSystems.Entry> group) {
        List<RhsmSystems.Entry> systems = new ArrayList<>(group);
        Collections.shuffle(systems);
        unregister(rhsm, systems, RhsmLeftovers.get()::remove, line -> LOGGER.log(Level.WARNING, line));
    }

    /** Those that are kept for too long. */
    private static void forget(List<RhsmSystems.Entry> systems) {
        for (RhsmSystems.Entry entry : systems) {
            if (RhsmLeftovers.isHopeless(entry) && RhsmLeftovers.get().remove(entry)) {
                LOGGER.log(Level.WARNING, "not trying any more to unregister {0}", entry.text());
            }
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
     * Unregisters systems of one service. When that cannot be reached, the others are left for another time.
     *
     * @param gone takes each that is registered no more
     * @param log takes a line on each
     */
    static void unregister(
            Rhsm rhsm, List<RhsmSystems.Entry> systems, Consumer<RhsmSystems.Entry> gone, Consumer<String> log) {
        boolean reached = true;
        for (RhsmSystems.Entry entry : systems) {
            try {
                if (reached) {
                    RhsmSystem system = entry.unregister(rhsm);
                    gone.accept(entry);
                    log.accept("unregistered " + system + " from RHSM");
                    continue;
                }
                entry.stays(null);
            } catch (IOException | IllegalArgumentException e) {
                reached = !(e instanceof Failure failure && failure.kind() == Failure.Kind.UNREACHABLE);
                entry.stays(e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                reached = false;
                entry.stays("interrupted");
            }
            log.accept("warning: still registered with RHSM"
                    + (entry.isKnown() ? ", tried again at the end of this and of later builds: " : ": ")
                    + entry.text());
        }
    }
}
