package io.jenkins.plugins.dtk.jenkins;

import hudson.model.InvisibleAction;
import hudson.model.Run;
import hudson.util.Secret;
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

    /** A system; without a uuid while nobody knows whether it is registered. */
    static final class Entry {
        private final String node;
        private final String name;
        private String uuid;
        private String identity;
        private Secret key;
        private Secret certificate;

        private Entry(String node, String name) {
            this.node = node;
            this.name = name;
        }

        String name() {
            return name;
        }

        /** What RHSM knows of it; null while nobody knows whether it is registered. */
        RhsmSystem system() {
            return uuid == null ? null : new RhsmSystem(name, uuid, identity, key.getPlainText());
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

    /** Notes that a system is about to be registered for the step of this flow node. */
    synchronized void announce(String node, String name) {
        entries.add(new Entry(node, name));
    }

    /** Notes that it is. */
    synchronized void registered(String node, RhsmSystem system) {
        Entry entry = entry(node);
        entry.uuid = system.uuid();
        entry.identity = system.certificate();
        entry.key = Secret.fromString(system.key());
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
