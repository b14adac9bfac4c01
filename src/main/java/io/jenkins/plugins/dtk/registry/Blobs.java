package io.jenkins.plugins.dtk.registry;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.http.HttpExchange;
import io.jenkins.plugins.dtk.http.Response;
import io.jenkins.plugins.dtk.json.JsonDocument;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.ImageReference;
import java.util.Arrays;
import java.util.Map;

/** The blobs of a registry: {@code /v2/<name>/blobs/<digest>}. */
final class Blobs {

    private final Transport transport;
    private final MirroredRead reads;

    Blobs(Transport transport, MirroredRead reads) {
        this.transport = transport;
        this.reads = reads;
    }

    /** Takes what it needs from a blob that is one JSON document, verified. */
    <T> T document(ImageReference repository, Descriptor blob, int limit, String what, JsonDocument.Content<T> content)
            throws Failure, InterruptedException {
        if (blob.size() > limit) {
            throw new Failure(
                    Kind.INVALID, what + " has " + blob.size() + " bytes; more than " + limit + " are not read");
        }
        return reads.run(
                repository,
                any -> true,
                scope -> transport.send(scope, request(scope, blob, Map.of(), false), response -> {
                    check(response, blob, 0);
                    return DocumentBody.parse(response, (int) blob.size(), what, blob.digest(), content);
                }));
    }

    /** The first bytes of a blob; verified when they are all of it. */
    byte[] start(ImageReference repository, Descriptor blob, int bytes) throws Failure, InterruptedException {
        int wanted = (int) Math.min(bytes, blob.size());
        if (wanted <= 0) {
            return new byte[0];
        }
        return reads.run(repository, any -> true, scope -> start(scope, blob, wanted));
    }

    private byte[] start(RepositoryScope scope, Descriptor blob, int wanted) throws Failure, InterruptedException {
        boolean whole = wanted == blob.size();
        Map<String, String> range = whole ? Map.of() : Map.of("Range", "bytes=0-" + (wanted - 1));
        return transport.send(scope, request(scope, blob, range, false), response -> {
            check(response, blob, 0);
            // A body that is read to its end leaves the connection for the next request.
            boolean ends = whole || response.status() == 206;
            byte[] content = response.body().readUpTo(ends ? wanted + 1 : wanted);
            if (content.length < wanted) {
                throw new Failure(
                        Kind.UNREACHABLE, "the blob ended after " + content.length + " of " + wanted + " bytes");
            }
            if (whole && content.length > wanted) {
                throw tooLong(blob);
            }
            if (whole && !blob.digest().matches(content)) {
                throw new Failure(Kind.INVALID, "the content of " + blob.digest() + " has another digest");
            }
            return content.length > wanted ? Arrays.copyOf(content, wanted) : content;
        });
    }

    /** Starts the transfer of a blob at an offset. The registry may start earlier: see {@link #offset}. */
    Response open(ImageReference repository, Descriptor blob, long offset) throws Failure, InterruptedException {
        return reads.run(repository, any -> true, scope -> open(scope, blob, offset));
    }

    private Response open(RepositoryScope scope, Descriptor blob, long offset) throws Failure, InterruptedException {
        Map<String, String> range = offset == 0 ? Map.of() : Map.of("Range", "bytes=" + offset + "-");
        Response response = transport.open(scope, request(scope, blob, range, true));
        try {
            check(response, blob, offset);
            return response;
        } catch (Failure | InterruptedException e) {
            response.close();
            throw e;
        }
    }

    /** Where in the blob the body of this answer starts, when {@code offset} was asked for. */
    static long offset(Response response, long offset) {
        return response.status() == 206 ? offset : 0;
    }

    static Failure tooLong(Descriptor blob) {
        return new Failure(
                Kind.INVALID, "the content of " + blob.digest() + " is longer than its " + blob.size() + " bytes");
    }

    private HttpExchange.Request request(
            RepositoryScope scope, Descriptor blob, Map<String, String> headers, boolean streamed) {
        return new HttpExchange.Request(
                "GET", transport.address(scope, "/blobs/" + blob.digest()), headers, null, streamed);
    }

    private static void check(Response response, Descriptor blob, long offset) throws Failure, InterruptedException {
        if (response.status() == 206) {
            String range = response.header("Content-Range").orElse("");
            if (!range.startsWith("bytes " + offset + "-")) {
                throw new Failure(
                        Kind.INVALID,
                        "asked for the bytes from " + offset + ", the registry sent " + response.quoted(range));
            }
            return;
        }
        if (response.status() != 200) {
            throw Refusal.of(response).failure(response);
        }
        long length = response.headers().firstValueAsLong("Content-Length").orElse(blob.size());
        if (length != blob.size()) {
            throw new Failure(
                    Kind.INVALID,
                    "the content of " + blob.digest() + " should have " + blob.size() + " bytes, the registry sends "
                            + length);
        }
    }
}
