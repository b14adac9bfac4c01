package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
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

        /** The address of its service; null in what was stored without one. */
        private final String url;

        private Secret organisation;
        private Secret activationKey;
        private String uuid;
        private String identity;
        private Secret key;
        private Secret certificate;
        private String reason;
        private long since;

        private Entry(String node, String name, String job, String url) {
            this.node = node;
            this.name = name;
            this.job = job;
            this.url = url;
        }

        /** The address of its service; empty where that is not stored. */
        String url() {
            return url == null ? "" : url;
        }

        /** What RHSM knows of it; null while it is unknown whether it is registered. */
        synchronized RhsmSystem system() {
            return uuid == null ? null : new RhsmSystem(name, uuid, identity, key.getPlainText());
        }

        /**
         * Unregisters it, and returns what it was. Where its identity is unknown, RHSM is asked for it: registering a
         * system again gives the one that is there.
         */
        RhsmSystem unregister(Rhsm rhsm) throws IOException, InterruptedException {
            if (system() == null) {
                found(find(rhsm));
            }
            RhsmSystem known = system();
            rhsm.unregister(known);
            return known;
        }

        private RhsmSystem find(Rhsm rhsm) throws IOException, InterruptedException {
            if (organisation == null || activationKey == null) {
                throw new IOException(
                        "that is not the subscription service that is set in Manage Jenkins > System > Driver Toolkit,"
                                + " so it is not asked for it: remove it there by hand");
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

        /** Notes that it could not be unregistered, and why; null: as is known. */
        synchronized void stays(String why) {
            reason = why == null ? reason : why;
            since = since == 0 ? System.currentTimeMillis() : since;
        }

        /** Since when it should be gone, in milliseconds since 1970; 0: it is in use. */
        synchronized long since() {
            return since;
        }

        boolean isOf(String jobName) {
            return jobName.equals(job);
        }

        /** Whether there is anything by which RHSM can be asked for it. */
        synchronized boolean isKnown() {
            return uuid != null || (organisation != null && activationKey != null);
        }

        /** Which system, and why it is still there; in one line without a secret. */
        synchronized String text() {
            String which = uuid == null ? name + ", if it is registered" : name + " (" + uuid + ")";
            return which + (url == null ? "" : " at " + url) + (reason == null ? "" : ": " + reason);
        }
    }

    /**
     * The service at this address, as an entry has it.
     *
     * @throws AbortException when the configuration is malformed; one line
     * @throws IllegalArgumentException when the address is
     */
    static Rhsm service(String url) throws AbortException {
        return DtkConfiguration.saved()
                .rhsm(url.isEmpty() ? DtkConfiguration.saved().rhsmUrl() : Rhsm.url(url));
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
     *
     * @param url the address of its service
     * @param organisation null where nothing may be sent there; so is the key then
     */
    synchronized Entry announce(
            String node, String name, String job, String url, String organisation, String activationKey) {
        Entry entry = new Entry(node, name, job, url);
        entry.organisation = organisation == null ? null : Secret.fromString(organisation);
        entry.activationKey = activationKey == null ? null : Secret.fromString(activationKey);
        entries.add(entry);
        return entry;
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

    /** Those of the step of this flow node. */
    synchronized List<Entry> of(String node) {
        return entries.stream().filter(entry -> entry.node.equals(node)).toList();
    }

    /** That with this name; null when there is none. */
    synchronized Entry named(String name) {
        return entries.stream()
                .filter(entry -> entry.name.equals(name))
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
