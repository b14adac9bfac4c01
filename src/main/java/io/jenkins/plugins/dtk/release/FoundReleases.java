package io.jenkins.plugins.dtk.release;

import java.util.List;

/**
 * The releases that were found.
 *
 * @param releases the releases
 * @param odd what is strange in the answers, a line each: what it is about was left out
 * @param doubts all other reasons why there may be more, a line each
 */
public record FoundReleases(List<Release> releases, List<String> odd, List<String> doubts) {

    /** Makes the lists unmodifiable. */
    public FoundReleases {
        releases = List.copyOf(releases);
        odd = List.copyOf(odd);
        doubts = List.copyOf(doubts);
    }
}
