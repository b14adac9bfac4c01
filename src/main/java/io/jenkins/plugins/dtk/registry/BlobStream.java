package io.jenkins.plugins.dtk.registry;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.http.Response;
import io.jenkins.plugins.dtk.oci.Descriptor;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.text.SecretMask;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.security.MessageDigest;

/** The content of a blob. A transfer that breaks off goes on where it was; the end is reached only with the right digest. */
final class BlobStream extends InputStream {

    private static final int MOST_BREAKS = 5;

    private final Blobs blobs;
    private final ImageReference repository;
    private final Descriptor blob;
    private final MessageDigest digest;
    private final Runnable onRetry;
    private final SecretMask mask;
    private Response response;
    private long read;
    private int breaks;
    private boolean verified;

    BlobStream(Blobs blobs, ImageReference repository, Descriptor blob, Runnable onRetry, SecretMask mask)
            throws Failure, InterruptedException {
        this.blobs = blobs;
        this.repository = repository;
        this.blob = blob;
        this.digest = blob.digest().algorithm();
        this.onRetry = onRetry;
        this.mask = mask;
        this.response = blobs.open(repository, blob, 0);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            int count = pull(target, offset, length);
            if (count > 0) {
                digest.update(target, offset, count);
                read += count;
                if (read > blob.size()) {
                    throw Blobs.tooLong(blob);
                }
            } else {
                verify();
            }
            return count;
        } catch (Failure e) {
            close();
            throw e.reworded(mask::hide).during("read the blob " + blob.digest() + " of " + repository.name());
        }
    }

    /** Bytes of the body, or -1 at the end of the blob. */
    private int pull(byte[] target, int offset, int length) throws Failure, InterruptedIOException {
        while (true) {
            Failure broken;
            try {
                int count = response.body().read(target, offset, length);
                if (count > 0 || read == blob.size()) {
                    return count;
                }
                broken =
                        new Failure(Kind.UNREACHABLE, "the blob ended after " + read + " of " + blob.size() + " bytes");
            } catch (Failure e) {
                broken = e;
            }
            if (broken.kind() != Kind.UNREACHABLE || ++breaks > MOST_BREAKS) {
                throw broken;
            }
            goOn();
        }
    }

    private void goOn() throws Failure, InterruptedIOException {
        response.close();
        onRetry.run();
        try {
            response = blobs.open(repository, blob, read);
            byte[] known = new byte[8192];
            long ahead = read - Blobs.offset(response, read);
            while (ahead > 0) {
                int count = response.body().read(known, 0, (int) Math.min(known.length, ahead));
                if (count < 0) {
                    return; // Broken again: the next read will see it.
                }
                ahead -= count;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted =
                    new InterruptedIOException("interrupted while reading from a registry");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    private void verify() throws Failure {
        if (!verified && !blob.digest().isOf(digest.digest())) {
            throw new Failure(Kind.INVALID, "its content has another digest");
        }
        verified = true;
    }

    /** Ends the transfer; what was not read is not transferred. */
    @Override
    public void close() {
        response.close();
    }
}
