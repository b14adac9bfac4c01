package io.jenkins.plugins.dtk.jenkins;

import hudson.Extension;
import hudson.ExtensionList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.GlobalConfiguration;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * The systems that ended builds have left registered with RHSM, as the service could not be reached or did not do it.
 * They are stored with the controller, keys encrypted, so that they outlive their build. It has no form.
 */
@Extension
@Restricted(NoExternalUse.class) // what Jenkins stores
public final class RhsmLeftovers extends GlobalConfiguration {

    /** A service that knows nothing of a system any more may be another one: at some time it is enough. */
    private static final long KEPT = Duration.ofDays(30).toMillis();

    private final ArrayList<RhsmSystems.Entry> entries = new ArrayList<>();

    /** Reads what was stored. */
    public RhsmLeftovers() {
        load();
    }

    static RhsmLeftovers get() {
        return ExtensionList.lookupSingleton(RhsmLeftovers.class);
    }

    synchronized void add(RhsmSystems.Entry entry) {
        entries.add(entry);
        save();
    }

    synchronized boolean remove(RhsmSystems.Entry entry) {
        boolean removed = entries.remove(entry);
        save();
        return removed;
    }

    synchronized List<RhsmSystems.Entry> systems() {
        return List.copyOf(entries);
    }

    static boolean isHopeless(RhsmSystems.Entry entry) {
        return System.currentTimeMillis() - entry.since() > KEPT;
    }
}
