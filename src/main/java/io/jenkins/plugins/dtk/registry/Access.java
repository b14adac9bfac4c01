package io.jenkins.plugins.dtk.registry;

import io.jenkins.plugins.dtk.oci.ImageReference;

/**
 * What a request wants to do, and as whom.
 *
 * @param place the repository as it is really reached
 * @param login ours for the name the user wrote; null: anonymous
 * @param actions as in the scope of a token: {@code pull}, {@code pull,push}; quay deletes with {@code push}, others with {@code delete}
 */
record Access(ImageReference place, Login login, String actions) {

    /** The scope of a token that permits it (distribution docs/content/spec/auth/scope.md). */
    String scope() {
        return "repository:" + place.repository() + ":" + actions;
    }
}
