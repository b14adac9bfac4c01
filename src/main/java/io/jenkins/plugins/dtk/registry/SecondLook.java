package io.jenkins.plugins.dtk.registry;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.oci.ImageReference;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads a repository that we write. Where nothing was pushed yet, quay, GHCR and Docker Hub refuse to say so: the read is
 * not allowed (helm/helm#31567, docker/build-push-action#981, distribution/distribution#1291). They say it to those who
 * may push: so it is asked again with a token for that, with which quay makes the repository (quay/quay
 * endpoints/v2/v2auth.py). Artifactory refuses to say that a tag is missing, but lists the tags that are there
 * (google/go-containerregistry#1691).
 */
final class SecondLook {

    private static final String WRITING = "pull,push";

    private final Transport transport;
    private final Tags tags;

    /** By repository and login: whether the second answer was better, so that it is not asked in vain again. */
    private final Map<String, Boolean> better = new ConcurrentHashMap<>();

    /** By repository and login: the newest list of all tags. */
    private final Map<String, Set<String>> listed = new ConcurrentHashMap<>();

    SecondLook(Transport transport, Tags tags) {
        this.transport = transport;
        this.tags = tags;
    }

    /** Reads; a repository that is not there is a failure of kind {@link Kind#ABSENT}, or what the reader makes of it. */
    <T> T run(ImageReference image, MirroredRead.Read<T> read) throws Failure, InterruptedException {
        RepositoryScope scope = transport.scope(image, "pull");
        RepositoryScope writing = scope.with("pull,push");
        String key = key(scope);
        if (better.getOrDefault(key, false)) {
            return read.at(writing);
        }
        try {
            return read.at(scope);
        } catch (Failure e) {
            boolean known = !e.advice().isEmpty(); // A proxy, say: the registry was not asked.
            if (e.kind() != Kind.REFUSED || scope.login() == null || known) {
                throw e;
            }
            Failure first = e.advising(advice(scope));
            if (better.containsKey(key) || !transport.hasTokens(scope)) {
                throw first;
            }
            return again(read, writing, key, first);
        }
    }

    private <T> T again(MirroredRead.Read<T> read, RepositoryScope writing, String key, Failure first)
            throws Failure, InterruptedException {
        boolean answered = false;
        try {
            T found = read.at(writing);
            answered = true;
            return found;
        } catch (Failure e) {
            answered = e.kind() == Kind.ABSENT;
            throw e.kind() == Kind.REFUSED ? first : e;
        } finally {
            better.putIfAbsent(key, answered);
        }
    }

    private static String key(RepositoryScope scope) {
        return scope.place().name() + " "
                + (scope.login() == null ? "" : scope.login().prefix());
    }

    private static String advice(RepositoryScope scope) {
        return "if nothing was pushed there yet, create the repository "
                + scope.place().repository() + " at " + scope.place().registry()
                + ", or let this login create it; it needs the right to read and to write";
    }

    /** The tags behind {@code last}. A whole list decides from now on which refused tag is missing. */
    List<String> tags(RepositoryScope scope, String last) throws Failure, InterruptedException {
        List<String> found = tags.list(scope, last);
        if (last == null) {
            listed.put(key(scope), Set.copyOf(found));
        }
        return found;
    }

    /** Whether a refused tag is not in the newest list of those that are there, which the registry gives us. */
    boolean isUnlisted(ImageReference image) throws InterruptedException {
        try {
            RepositoryScope scope = transport.scope(image, "pull");
            Set<String> known = listed.get(key(scope));
            return known == null
                    ? !run(image, at -> tags(at, null)).contains(image.tag())
                    : !known.contains(image.tag());
        } catch (Failure e) {
            return e.kind() == Kind.ABSENT;
        }
    }
}
