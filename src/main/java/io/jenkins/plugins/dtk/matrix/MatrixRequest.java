package io.jenkins.plugins.dtk.matrix;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.release.Discovery;
import io.jenkins.plugins.dtk.release.ReleaseRange;
import io.jenkins.plugins.dtk.text.CommaList;
import io.jenkins.plugins.dtk.text.Quote;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which kernels are wanted.
 *
 * @param releases the releases
 * @param architectures the architectures
 * @param channel the update graph's channel: {@code candidate}, {@code fast}, {@code stable}, {@code eus}
 * @param baseImages names the base image of each kernel
 * @param baseDigests whether the base images are looked up
 * @param skipUnreadable whether a release that cannot be read is listed and left out, instead of failing the whole
 * @param discovery how releases are found
 * @param verifyLayers whether every layer that holds a fact is read to its end and verified against its digest
 */
public record MatrixRequest(
        ReleaseRange releases,
        Set<Architecture> architectures,
        String channel,
        BaseImagePattern baseImages,
        boolean baseDigests,
        boolean skipUnreadable,
        Discovery discovery,
        boolean verifyLayers) {

    /** What a user gets who names no releases. */
    public static final String DEFAULT_RELEASES = "4.12+";

    /** The widest channel: releases that were withdrawn stay in it. */
    public static final String DEFAULT_CHANNEL = "candidate";

    /** The channels of the update graph, the widest first. */
    public static final List<String> CHANNELS = List.of(DEFAULT_CHANNEL, "fast", "stable", "eus");

    /**
     * Checks the request and puts the architectures into their fixed order.
     *
     * @throws IllegalArgumentException when there is no architecture, or the channel is none; one line
     */
    public MatrixRequest {
        if (architectures.isEmpty()) {
            throw new IllegalArgumentException("no architecture is wanted: name at least one, such as x86_64");
        }
        architectures = Collections.unmodifiableSet(EnumSet.copyOf(architectures));
        checkChannel(channel);
    }

    /** A request by the update graph, that reads of a layer no more than it has to. */
    public MatrixRequest(
            ReleaseRange releases,
            Set<Architecture> architectures,
            String channel,
            BaseImagePattern baseImages,
            boolean baseDigests,
            boolean skipUnreadable) {
        this(releases, architectures, channel, baseImages, baseDigests, skipUnreadable, Discovery.GRAPH, false);
    }

    /**
     * Checks a channel.
     *
     * @throws IllegalArgumentException when it is none; one line
     */
    public static void checkChannel(String channel) {
        if (!CHANNELS.contains(channel)) {
            throw new IllegalArgumentException(
                    "not a channel: " + Quote.of(channel) + " (use one of " + String.join(", ", CHANNELS) + ")");
        }
    }

    /**
     * Reads architectures as a user lists them; none given means x86_64 and aarch64.
     *
     * @throws IllegalArgumentException when one is unknown; one line
     */
    public static Set<Architecture> architectures(Collection<String> names) {
        Set<Architecture> set = EnumSet.noneOf(Architecture.class);
        names.stream()
                .flatMap(item -> CommaList.of(item).stream())
                .map(Architecture::parse)
                .forEach(set::add);
        if (set.isEmpty()) {
            set.addAll(List.of(Architecture.X86_64, Architecture.AARCH64));
        }
        return Collections.unmodifiableSet(set);
    }
}
