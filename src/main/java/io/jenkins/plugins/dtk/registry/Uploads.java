package io.jenkins.plugins.dtk.registry;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.http.HttpExchange;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.text.Quote;
import java.net.URI;
import java.util.Map;

/** Uploads small blobs: a look whether it is there, a session, and all of it in one piece. */
final class Uploads {

    private final Transport transport;

    Uploads(Transport transport) {
        this.transport = transport;
    }

    /** Uploads a blob, unless the repository has it. */
    Descriptor put(ImageReference repository, String mediaType, byte[] content) throws Failure, InterruptedException {
        Descriptor blob = Descriptor.of(mediaType, Digest.sha256(content), content.length);
        RepositoryScope scope = transport.scope(repository, "pull,push");
        if (!isThere(scope, blob)) {
            URI session = session(scope);
            URI target = URI.create(session + (session.getRawQuery() == null ? "?" : "&") + "digest="
                    + blob.digest().replace(":", "%3A"));
            send(scope, "PUT", target, content);
        }
        return blob;
    }

    private boolean isThere(RepositoryScope scope, Descriptor blob) throws Failure, InterruptedException {
        URI address = transport.address(scope, "/blobs/" + blob.digest());
        return transport.send(
                scope,
                new HttpExchange.Request("HEAD", address, Map.of(), null, false),
                response -> response.status() == 200);
    }

    private URI session(RepositoryScope scope) throws Failure, InterruptedException {
        URI address = transport.address(scope, "/blobs/uploads/");
        return checked(address, send(scope, "POST", address, new byte[0]));
    }

    /** Sends it and gives the place that the answer names. */
    private String send(RepositoryScope scope, String method, URI address, byte[] body)
            throws Failure, InterruptedException {
        Map<String, String> headers = Map.of("Content-Type", "application/octet-stream");
        return transport.send(scope, new HttpExchange.Request(method, address, headers, body, false), response -> {
            if (response.status() / 100 != 2) {
                throw Refusal.of(response).failure(response);
            }
            response.readError();
            return response.header("Location").orElse("");
        });
    }

    /** Our login goes along, so the session must be of the same repository; a proxy may have named its host wrongly. */
    private static URI checked(URI asked, String location) throws Failure {
        try {
            URI session = asked.resolve(URI.create(location));
            if (!location.isBlank() && session.getRawPath().startsWith(asked.getRawPath())) {
                return asked.resolve(
                        session.getRawPath() + (session.getRawQuery() == null ? "" : "?" + session.getRawQuery()));
            }
        } catch (IllegalArgumentException e) {
            // Told below, in our own words.
        }
        throw new Failure(
                Kind.INVALID,
                asked.getRawAuthority() + " wants the upload at " + Quote.of(location)
                        + ", which is another repository");
    }
}
