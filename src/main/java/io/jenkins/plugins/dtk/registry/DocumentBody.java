package io.jenkins.plugins.dtk.registry;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.http.Response;
import io.jenkins.plugins.dtk.json.JsonDocument;
import io.jenkins.plugins.dtk.oci.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/** A body that is one JSON document, read as it arrives: bounded in size, and verified where its digest is known. */
final class DocumentBody extends FilterInputStream {

    private final String what;
    private final MessageDigest computed;

    private DocumentBody(InputStream body, String what, Digest digest) throws Failure {
        super(body);
        this.what = what;
        this.computed = digest == null ? null : digest.algorithm();
    }

    /** Takes what it needs from an answer of which no digest is known. */
    static <T> T parse(Response response, int limit, String what, JsonDocument.Content<T> content)
            throws Failure, InterruptedException {
        return parse(response, limit, what, null, content);
    }

    /**
     * Takes what it needs from an answer.
     *
     * @param limit in bytes
     * @param what it is, for messages
     * @param digest that it should have; null for unknown
     * @throws Failure also when the digest is another one: then nothing that the body says is believed
     */
    static <T> T parse(Response response, int limit, String what, Digest digest, JsonDocument.Content<T> content)
            throws Failure, InterruptedException {
        try (DocumentBody body = new DocumentBody(response.body().upTo(limit, what), what, digest)) {
            return body.verified(digest, content);
        } catch (InterruptedIOException e) {
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException().initCause(e);
        } catch (Failure e) {
            throw e;
        } catch (IOException e) {
            throw new Failure(Failure.Kind.UNREACHABLE, what + " broke off", e);
        }
    }

    private <T> T verified(Digest digest, JsonDocument.Content<T> content) throws IOException {
        T said = null;
        Failure malformed = null;
        try {
            said = JsonDocument.named(what).parse(this, content);
        } catch (Failure e) {
            if (digest == null || e.kind() != Failure.Kind.INVALID) {
                throw e;
            }
            malformed = e; // Damaged on its way, perhaps; what is too large fails again below.
        }
        if (digest != null) {
            transferTo(OutputStream.nullOutputStream());
            if (!digest.isOf(computed.digest())) {
                throw new Failure(Failure.Kind.INVALID, "the content of " + digest + " has another digest");
            }
        }
        if (malformed != null) {
            throw malformed;
        }
        return said;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        if (read > 0 && computed != null) {
            computed.update(target, offset, read);
        }
        return read;
    }
}
