package io.jenkins.plugins.dtk.http;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import java.net.URI;

/** Where a host may send us: only to https, or to hosts permitted over plain http, and not into our own network. */
final class Redirects {

    private final HttpSettings settings;

    Redirects(HttpSettings settings) {
        this.settings = settings;
    }

    /**
     * The address of the next request.
     *
     * @param asked the first address, which the user or a document named
     * @param from the one that answered
     * @throws Failure when we do not go there; one line
     */
    URI target(URI asked, URI from, Response response) throws Failure {
        String location = response.header("Location").orElse("");
        try {
            // Java resolves by RFC 2396, where a query alone names the folder; by RFC 3986 it is for the same path.
            String path = location.startsWith("?") ? from.getRawPath() : "";
            URI next = from.resolve(URI.create(path + location));
            if (!location.isBlank() && isReachable(next)) {
                if (isOutside(asked, next)) {
                    return next;
                }
                throw new Failure(
                        Kind.INVALID,
                        from.getRawAuthority() + " redirected to " + response.quoted(location)
                                + ", where we do not go: that is an address of this network, and "
                                + asked.getRawAuthority() + " is not in it");
            }
        } catch (IllegalArgumentException e) {
            // Reported below, in our own words.
        }
        throw new Failure(
                Kind.INVALID,
                from.getRawAuthority() + " redirected to " + response.quoted(location)
                        + ", where we do not go: it is neither https nor a host permitted over plain http");
    }

    /** Whether one address may send us to another. */
    boolean isAllowed(URI asked, URI next) {
        return isReachable(next) && isOutside(asked, next);
    }

    private boolean isReachable(URI address) {
        return address.getHost() != null
                && address.getPort() <= 65535
                && address.getRawUserInfo() == null
                && ("https".equalsIgnoreCase(address.getScheme())
                        || ("http".equalsIgnoreCase(address.getScheme())
                                && settings.isPlainHttp(address.getRawAuthority())));
    }

    /**
     * One in the internet has no reason to send us to our own network. Where the user has named the other host in the
     * settings, any may.
     */
    private boolean isOutside(URI asked, URI next) {
        return isSameOrigin(asked, next)
                || settings.isNamed(next.getRawAuthority())
                || !NetworkPlace.isPrivate(next.getHost())
                || NetworkPlace.isPrivate(asked.getHost());
    }

    static boolean isSameOrigin(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && one.getRawAuthority().equalsIgnoreCase(other.getRawAuthority());
    }
}
