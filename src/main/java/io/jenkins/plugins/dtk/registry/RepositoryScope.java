package io.jenkins.plugins.dtk.registry;

import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.text.Quote;

/**
 * What a request wants to do, and as whom.
 *
 * @param place the repository as it is really reached
 * @param login ours for the name the user wrote; null: anonymous
 * @param helper the credential helper that keeps the login, where there is none; null where none is known
 * @param actions as in the scope of a token (distribution docs/content/spec/auth/scope.md): {@code pull}, {@code pull,push}; quay deletes with {@code push}, others with {@code delete}
 */
record RepositoryScope(ImageReference place, Login login, String helper, String actions) {

    /** The same with other actions. */
    RepositoryScope with(String otherActions) {
        return new RepositoryScope(place, login, helper, otherActions);
    }

    /** Who was refused, when that was us. */
    String refused() {
        if (login != null) {
            return "refused the credentials given for " + login.prefix() + ": ";
        }
        return "refused an anonymous request; credentials are needed and "
                + (helper == null
                        ? "none are given for it: "
                        : "those for it are with the credential helper " + Quote.of(helper)
                                + ", which is not run here: ");
    }
}
