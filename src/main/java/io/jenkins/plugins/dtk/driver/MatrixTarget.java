package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.kernel.RhelVersion;
import io.jenkins.plugins.dtk.kernel.Stream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One image of a driver in a matrix: for one kernel, architecture and flavour.
 *
 * @param target the kernel
 * @param rhel the RHEL release that the kernel is of
 * @param stream the operating system's line
 * @param releases the releases that ship the kernel, oldest first
 * @param tags all tags of the image, in the order of the patterns
 * @param state how it stands
 * @param toolkits the Driver Toolkits to build it with, by digest: the first one that has the kernel's table of symbols is
 *     used; empty where none is known
 * @param why the reason for the state, in one line; where there are toolkits, why it is unknown whether there are more;
 *     empty where there is nothing to say
 * @param indexes the tags of the indexes that it belongs to; empty where there are none
 * @param stale why it should be built again although it is there, in one line; empty where it should not, or was not
 *     looked at
 */
public record MatrixTarget(
        DriverTarget target,
        RhelVersion rhel,
        Stream stream,
        List<String> releases,
        List<String> tags,
        State state,
        List<String> toolkits,
        String why,
        List<String> indexes,
        String stale) {

    /** How an image stands before a run. */
    public enum State {
        /** It is to be built. */
        MISSING,
        /** It is there, with all of its tags. */
        THERE,
        /** It is there, and lacks a tag, or its index does not name it. */
        UNTAGGED,
        /** There is no Driver Toolkit for its kernel. */
        NO_TOOLKIT,
        /** Whether there is a Driver Toolkit could not be found out. */
        FAILED,
        /** The user said that it is not wanted. */
        EXCLUDED,
        /** The registry was not asked. */
        UNKNOWN;

        /** As users read it: {@code no toolkit}. */
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        /**
         * Reads the words.
         *
         * @throws IllegalArgumentException when they are none; one line
         */
        static State ofWords(String words) {
            return Arrays.stream(values())
                    .filter(state -> state.words().equals(words))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("'" + words + "', which is none of "
                            + String.join(
                                    ", ",
                                    Arrays.stream(values()).map(State::words).toList())));
        }
    }

    /** Makes the lists unmodifiable. */
    public MatrixTarget {
        releases = List.copyOf(releases);
        tags = List.copyOf(tags);
        toolkits = List.copyOf(toolkits);
        indexes = List.copyOf(indexes);
    }

    /** The Driver Toolkit to build it with, by digest, as far as labels show; empty where none is known. */
    public String toolkit() {
        return toolkits.isEmpty() ? "" : toolkits.get(0);
    }

    /** Why it is unknown whether there are more toolkits, in one line; empty where there are none. */
    public String untried() {
        return toolkits.isEmpty() ? "" : why;
    }

    /** Whether the image is in the registry. */
    public boolean isThere() {
        return state == State.THERE || state == State.UNTAGGED;
    }
}
