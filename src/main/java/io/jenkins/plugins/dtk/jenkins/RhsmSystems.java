package io.jenkins.plugins.dtk.jenkins;

import hudson.model.InvisibleAction;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.dtk.rhsm.Rhsm;
import io.jenkins.plugins.dtk.rhsm.RhsmSystem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The systems that a build has registered with RHSM and not yet unregistered. It is stored with the build, keys and
 * certificates encrypted, so that another Jenkins process goes on with them and can unregister them.
 */
final class RhsmSystems extends InvisibleAction {

    private final ArrayList<Entry> entries = new ArrayList<>();

    /** A system; without a uuid while it is unknown whether it is registered. */
    static final class Entry {
        private final String node;
        private final String name;
        private final String job;
        private Secret organisation;
        private Secret activationKey;
        private String uuid;
        private String identity;
        private Secret key;
        private Secret certificate;
        private String reason;
        private long since;

        private Entry(String node, String name, String job) {
            this.node = node;
            this.name = name;
            this.job = job;
        }

        /** What RHSM knows of it; null while it is unknown whether it is registered. */
        synchronized RhsmSystem system() {
            return uuid == null ? null : new RhsmSystem(name, uuid, identity, key.getPlainText());
        }

        /** Asks RHSM for it: registering it again gives the system that is there. */
        RhsmSystem find(Rhsm rhsm) throws IOException, InterruptedException {
            if (organisation == null || activationKey == null) {
                throw new IOException("whether it is registered is unknown");
            }
            return rhsm.register(name, organisation.getPlainText(), activationKey.getPlainText(), lost -> {});
        }

        private synchronized void found(RhsmSystem system) {
            uuid = system.uuid();
            identity = system.certificate();
            key = Secret.fromString(system.key());
            organisation = null;
            activationKey = null;
        }

        /** Notes why it could not be unregistered. */
        synchronized void stays(String why) {
            reason = why;
            since = since == 0 ? System.currentTimeMillis() : since;
        }

        /** Since when it should be gone, in milliseconds since 1970; 0: it is in use. */
        synchronized long since() {
            return since;
        }

        boolean isOf(String jobName) {
            return jobName.equals(job);
        }

        /** Which system, and why it is still there; in one line without a secret. */
        synchronized String text() {
            String which = uuid == null ? name + ", if it is registered" : name + " (" + uuid + ")";
            return which + (reason == null ? "" : ": " + reason);
        }
    }

    /** The build's, made when they are not there. */
    static RhsmSystems of(Run<?, ?> run) {
        synchronized (RhsmSystems.class) {
            RhsmSystems known = run.getAction(RhsmSystems.class);
            if (known == null) {
                known = new RhsmSystems();
                run.addAction(known);
            }
            return known;
        }
    }

    /**
     * Notes that a system is about to be registered for the step of this flow node. Organisation and key are kept, as
     * all secrets here, until its identity has come: with them it can be found.
     */
    synchronized void announce(String node, String name, String job, String organisation, String activationKey) {
        Entry entry = new Entry(node, name, job);
        entry.organisation = Secret.fromString(organisation);
        entry.activationKey = Secret.fromString(activationKey);
        entries.add(entry);
    }

    /** Notes that it is. */
    synchronized void registered(String node, RhsmSystem system) {
        entry(node).found(system);
    }

    /** Notes the certificate with which it may download packages, with its key, in PEM. */
    synchronized void certified(String node, String certificate) {
        entry(node).certificate = Secret.fromString(certificate);
    }

    /**
     * The certificate for the step of this flow node.
     *
     * @throws IOException when it has no system, or no longer; one line
     */
    synchronized String certificate(String node) throws IOException {
        Entry entry = entry(node);
        if (entry == null || entry.certificate == null) {
            throw new IOException("this run has no system registered with RHSM");
        }
        return entry.certificate.getPlainText();
    }

    /** That of the step of this flow node; null when there is none. */
    synchronized Entry entry(String node) {
        return entries.stream()
                .filter(entry -> entry.node.equals(node))
                .findFirst()
                .orElse(null);
    }

    synchronized List<Entry> all() {
        return List.copyOf(entries);
    }

    synchronized void forget(Entry entry) {
        entries.remove(entry);
    }

    /** Jenkins stores this while steps go on. */
    @SuppressWarnings("unused") // called by XStream
    private synchronized Object writeReplace() {
        RhsmSystems copy = new RhsmSystems();
        copy.entries.addAll(entries);
        return copy;
    }
}
