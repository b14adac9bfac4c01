package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.oci.ImageReference;

/**
 * One release for one architecture.
 *
 * @param version its version
 * @param architecture whose payload it is
 * @param payload the release image; by digest where the update graph gives one
 */
public record Release(ReleaseVersion version, Architecture architecture, ImageReference payload) {

    /** Version and architecture, for messages: {@code 4.16.20 (x86_64)}. */
    @Override
    public String toString() {
        return version + " (" + architecture + ")";
    }
}
