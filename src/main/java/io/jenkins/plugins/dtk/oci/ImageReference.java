package io.jenkins.plugins.dtk.oci;

import io.jenkins.plugins.dtk.text.Quote;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an image, or of a repository when it has neither tag nor digest: {@code quay.io/acme/driver-toolkit:1.0}.
 *
 * <p>The grammar is that of the container ecosystem (distribution/reference), with one difference: the registry's host
 * must be written. A name without one means Docker Hub to some tools and something else to others.
 *
 * @param registry host with optional port, as the user wrote it: {@code quay.io}, {@code 127.0.0.1:5000}
 * @param repository path below the registry, without a leading slash
 * @param tag the tag, or null
 * @param digest such as {@code sha256:...}, or null; where both are present the digest decides
 */
public record ImageReference(String registry, String repository, String tag, Digest digest) {

    private static final String LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
    private static final Pattern REGISTRY =
            Pattern.compile("(?:" + LABEL + "(?:\\." + LABEL + ")*|\\[[a-fA-F0-9:]+])(?::[0-9]{1,5})?");
    private static final String PATH = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final Pattern REPOSITORY = Pattern.compile(PATH + "(?:/" + PATH + ")*");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

    /** The longest path the distribution grammar allows. */
    private static final int LONGEST_REPOSITORY = 255;

    /** Longer text is no reference; the bound keeps the error message and the patterns short. */
    private static final int LONGEST_TEXT = 1024;

    /**
     * Checks each part.
     *
     * @throws IllegalArgumentException with one line that names the wrong part
     */
    public ImageReference {
        Objects.requireNonNull(registry, "registry");
        Objects.requireNonNull(repository, "repository");
        require(REGISTRY.matcher(registry).matches(), Quote.of(registry) + " is not a registry host");
        require(portIsValid(registry), Quote.of(registry) + " has a port above 65535");
        require(
                repository.length() <= LONGEST_REPOSITORY,
                "the repository path is longer than " + LONGEST_REPOSITORY + " characters");
        require(REPOSITORY.matcher(repository).matches(), repositoryFault(repository));
        require(
                tag == null || isTag(tag),
                Quote.of(tag) + " is not a tag: letters, digits, '_', '.', '-', at"
                        + " most 128, not starting with '.' or '-'");
    }

    /**
     * Reads {@code registry/repository[:tag][@digest]}.
     *
     * @throws IllegalArgumentException with one line that quotes the text and says what is wrong
     */
    public static ImageReference parse(String text) {
        try {
            return split(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not an image reference: " + Quote.of(text) + ": " + e.getMessage());
        }
    }

    private static ImageReference split(String text) {
        require(text.length() <= LONGEST_TEXT, "it is longer than " + LONGEST_TEXT + " characters");
        require(!text.contains("://"), "it is an address; leave out all up to '://'");
        int at = text.indexOf('@');
        String name = at < 0 ? text : text.substring(0, at);
        int slash = name.indexOf('/');
        require(
                slash > 0 && isHost(name.substring(0, slash)),
                "it names no registry; write it in full, such as quay.io/acme/driver-toolkit:1.0");
        int colon = name.indexOf(':', slash);
        String tag = colon < 0 ? null : name.substring(colon + 1);
        String repository = name.substring(slash + 1, colon < 0 ? name.length() : colon);
        Digest digest = at < 0 ? null : Digest.parse(text.substring(at + 1));
        return new ImageReference(name.substring(0, slash), repository, tag, digest);
    }

    /** Whether the first part of a name is a host by the rule of all container tools. */
    private static boolean isHost(String part) {
        return part.contains(".")
                || part.contains(":")
                || part.equals("localhost")
                || !part.toLowerCase(Locale.ROOT).equals(part);
    }

    private static boolean portIsValid(String registry) {
        Matcher port = Pattern.compile(":([0-9]+)$").matcher(registry);
        return !port.find() || Integer.parseInt(port.group(1)) <= 65535;
    }

    private static String repositoryFault(String repository) {
        return repository.toLowerCase(Locale.ROOT).equals(repository)
                ? Quote.of(repository) + " is not a repository path"
                : "the repository path must be in lower case";
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Whether this text can be a tag. */
    public static boolean isTag(String text) {
        return TAG.matcher(text).matches();
    }

    /** Registry and repository, without tag and digest. */
    public String name() {
        return registry + "/" + repository;
    }

    /** The same repository with this tag and without a digest. */
    public ImageReference withTag(String newTag) {
        return new ImageReference(registry, repository, newTag, null);
    }

    /** The same repository with this digest and without a tag. */
    public ImageReference withDigest(Digest newDigest) {
        return new ImageReference(registry, repository, null, newDigest);
    }

    /** The form {@link #parse} reads. */
    @Override
    public String toString() {
        return name() + (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
    }
}
