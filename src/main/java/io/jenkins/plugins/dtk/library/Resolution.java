package io.jenkins.plugins.dtk.library;

import java.util.List;

/**
 * Which image to use.
 *
 * @param nodes what the nodes of a release run, in one line; empty when a kernel was asked for
 * @param names the image: by its tag, where it has one, and by its digest; empty when there is none to use
 * @param why one line when there is none
 */
public record Resolution(String nodes, List<String> names, String why) {

    /** Makes the list unmodifiable. */
    public Resolution {
        names = List.copyOf(names);
    }

    /** Whether there is an image to use. */
    public boolean isThere() {
        return !names.isEmpty();
    }
}
