package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.kernel.KernelVersion;
import java.util.Optional;

/**
 * What comparing the kernel of nodes with that of a Driver Toolkit image came to.
 *
 * @param answer whether the image is for the nodes' kernel
 * @param image its reference, as exactly as it is known; empty when there is none to name
 * @param kernel the kernel it says it is for, without architecture
 * @param why one line for every answer but {@link Answer#MATCHES}; empty for that
 */
public record Compared(Answer answer, String image, Optional<KernelVersion> kernel, String why) {

    /** "Could not tell" is an answer of its own, and never taken for "absent". */
    public enum Answer {
        /** The image is for the nodes' kernel. */
        MATCHES,
        /** The image is for another kernel or platform. */
        DIFFERS,
        /** There is no image. */
        ABSENT,
        /** The registry did not say, or the image does not. */
        UNKNOWN
    }

    /** Whether nodes cannot use the image. */
    boolean isMismatch() {
        return answer == Answer.DIFFERS || answer == Answer.ABSENT;
    }

    /** This, when a second look came to the same; else it is unknown. */
    Compared confirmedBy(Compared second) {
        return equals(second)
                ? this
                : unknown(
                        image,
                        "the registry gave two answers: " + why + "; and then: "
                                + (second.why().isEmpty() ? second.image() + " is for it" : second.why()));
    }

    static Compared matches(String image, KernelVersion kernel) {
        return new Compared(Answer.MATCHES, image, Optional.of(kernel), "");
    }

    static Compared differs(String image, Optional<KernelVersion> kernel, String why) {
        return new Compared(Answer.DIFFERS, image, kernel, why);
    }

    static Compared absent(String image, String why) {
        return new Compared(Answer.ABSENT, image, Optional.empty(), why);
    }

    static Compared unknown(String image, String why) {
        return new Compared(Answer.UNKNOWN, image, Optional.empty(), why);
    }
}
