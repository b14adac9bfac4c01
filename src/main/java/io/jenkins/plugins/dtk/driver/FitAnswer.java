package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.kmod.Misfit;
import java.util.List;

/**
 * Whether the modules of an image fit a kernel.
 *
 * @param target the kernel
 * @param releases those that ship it, oldest first
 * @param answer the answer
 * @param toolkit the Driver Toolkit image that the kernel's symbols were read from; empty when there is none
 * @param misfits the modules that do not fit, each with its reason
 * @param why one line for all answers but {@link Answer#FITS}; empty for that
 */
public record FitAnswer(
        DriverTarget target, List<String> releases, Answer answer, String toolkit, List<Misfit> misfits, String why) {

    /** "Could not tell" is an answer of its own. */
    public enum Answer {
        /** All modules fit. */
        FITS,
        /** At least one does not. */
        MISFIT,
        /** The kernel's symbols could not be read, or the image has no module for this architecture and flavour. */
        UNKNOWN
    }
}
