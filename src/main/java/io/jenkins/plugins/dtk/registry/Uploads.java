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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Uploads small blobs: a look whether it is there, a session, and all of it in one piece. */
final class Uploads {

    private static final Pattern SESSION = Pattern.compile("/blobs/uploads?/.*$");

    private final Transport transport;

    Uploads(Transport transport) {
        this.transport = transport;
    }

    /** Uploads a blob, unless the repository has it. */
    Descriptor put(ImageReference repository, String mediaType, byte[] content) throws Failure, InterruptedException {
        Descriptor blob = Descriptor.of(mediaType, Digest.of(content), content.length);
        RepositoryScope scope = transport.scope(repository, "pull,push");
        if (!isThere(scope, blob)) {
            URI session = session(scope);
            URI target = URI.create(session + (session.getRawQuery() == null ? "?" : "&") + "digest="
                    + blob.digest().toString().replace(":", "%3A"));
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

    /**
     * The session's address at the host that was asked: our login goes along, and a registry behind a proxy often names
     * host and path wrongly. What stands behind {@code /blobs/uploads/} counts, some write {@code upload}; Artifact
     * Registry has its sessions elsewhere on the same host (oras-project/rust-oci-client#175).
     */
    private static URI checked(URI asked, String location) throws Failure {
        try {
            URI session = asked.resolve(URI.create(location));
            Matcher known = SESSION.matcher(session.getRawPath());
            String path = known.find()
                    ? SESSION.matcher(asked.getRawPath()).replaceFirst(Matcher.quoteReplacement(known.group()))
                    : session.getRawAuthority().equalsIgnoreCase(asked.getRawAuthority()) ? session.getRawPath() : "";
            if (!location.isBlank() && !path.isEmpty()) {
                return asked.resolve(path + (session.getRawQuery() == null ? "" : "?" + session.getRawQuery()));
            }
        } catch (IllegalArgumentException e) {
            // Reported below, in our own words.
        }
        throw new Failure(
                Kind.INVALID,
                asked.getRawAuthority() + " wants the upload at " + Quote.of(location)
                        + ", where we do not go: it is another host");
    }
}
