package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.oci.Digest;

/** Whether an image is in the library: there are three answers, and "could not tell" is never "no". */
public sealed interface Existence {

    /**
     * It is there, for every platform and on the base that was asked for.
     *
     * @param digest of the image or index
     */
    record Present(Digest digest) implements Existence {}

    /**
     * It is not there, or not as asked.
     *
     * @param why one line: the tag, a platform or the base
     */
    record Absent(String why) implements Existence {}

    /**
     * The registry gave no answer.
     *
     * @param failure what went wrong
     */
    record Unknown(Failure failure) implements Existence {}
}
