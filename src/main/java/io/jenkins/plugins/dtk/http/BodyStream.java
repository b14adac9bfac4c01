package io.jenkins.plugins.dtk.http;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The body of an answer, pulled piece by piece, so that nothing of it is held but what is being read. The JDK's own
 * stream has no limit on the time between two pieces, and misses interrupts.
 */
public final class BodyStream extends InputStream implements HttpResponse.BodySubscriber<BodyStream> {

    private static final Object END = new Object();

    /** What may be set aside for a body before it is there. */
    private static final int MOST_AT_ONCE = 1 << 17;

    private static final int MIB = 1 << 20;

    private final BlockingQueue<Object> signals = new LinkedBlockingQueue<>();
    private final Deque<ByteBuffer> pieces = new ArrayDeque<>();
    private final Duration longestPause;
    private final Deadline deadline;
    private final LongAdder counter;
    private Flow.Subscription subscription;
    private boolean closed;
    private volatile boolean ended;
    private final AtomicLong received = new AtomicLong();

    /** In bytes; below 0 for none. */
    private volatile int limit = -1;

    private String what = "the answer";

    BodyStream(Duration longestPause, Deadline deadline, LongAdder counter) {
        this.longestPause = longestPause;
        this.deadline = deadline;
        this.counter = counter;
    }

    /**
     * Fails from now on, of kind INVALID, once there is more than this.
     *
     * @param bytes at most
     * @param named what it is, for the message
     */
    public BodyStream upTo(int bytes, String named) {
        limit = bytes;
        what = named;
        return this;
    }

    @Override
    public CompletionStage<BodyStream> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription newSubscription) {
        if (closed) {
            newSubscription.cancel();
        } else {
            subscription = newSubscription;
            newSubscription.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        signals.add(buffers);
    }

    @Override
    public void onError(Throwable failure) {
        signals.add(failure);
    }

    @Override
    public void onComplete() {
        signals.add(END);
    }

    @Override
    public int read() throws Failure, InterruptedIOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws Failure, InterruptedIOException {
        try {
            return pull(target, offset, length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted =
                    new InterruptedIOException("interrupted while reading from a registry");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    /** Reads to the end, or until there are so many bytes. */
    public byte[] readUpTo(int limit) throws Failure, InterruptedException {
        byte[] content = new byte[limit <= MOST_AT_ONCE ? limit : 8192];
        int length = 0;
        while (length < limit) {
            if (length == content.length) {
                content = Arrays.copyOf(content, (int) Math.min(limit, 2L * length));
            }
            int count = pull(content, length, content.length - length);
            if (count < 0) {
                break;
            }
            length += count;
        }
        return length == content.length ? content : Arrays.copyOf(content, length);
    }

    private int pull(byte[] target, int offset, int length) throws Failure, InterruptedException {
        if (length == 0) {
            return 0;
        }
        while (pieces.isEmpty() && !isTooLarge()) {
            if (ended || !await()) {
                return -1;
            }
        }
        if (isTooLarge()) {
            close();
            throw new Failure(
                    Kind.INVALID,
                    what + " is larger than " + (limit % MIB == 0 ? limit / MIB + " MiB" : limit + " bytes"));
        }
        ByteBuffer piece = pieces.peek();
        int count = Math.min(length, piece.remaining());
        piece.get(target, offset, count);
        if (!piece.hasRemaining()) {
            pieces.remove();
        }
        return count;
    }

    private boolean isTooLarge() {
        return limit >= 0 && received.get() > limit;
    }

    /** Waits for the next pieces; false at the end of the body. */
    private boolean await() throws Failure, InterruptedException {
        Object signal;
        try {
            signal = signals.poll(deadline.leftWithin(longestPause), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            close();
            throw e;
        }
        if (signal == null) {
            close();
            throw deadline.left() <= 0
                    ? deadline.passed()
                    : new Failure(
                            Kind.UNREACHABLE,
                            "the answer stopped after " + received + " bytes for " + Deadline.text(longestPause));
        }
        if (signal == END) {
            ended = true;
            return false;
        }
        if (signal instanceof Throwable failure) {
            ended = true;
            throw new Failure(Kind.UNREACHABLE, "the answer broke off after " + received + " bytes", failure);
        }
        for (Object buffer : (List<?>) signal) {
            ByteBuffer piece = (ByteBuffer) buffer;
            if (piece.hasRemaining()) {
                received.addAndGet(piece.remaining());
                counter.add(piece.remaining());
                pieces.add(piece);
            }
        }
        synchronized (this) {
            if (!closed) {
                subscription.request(1);
            }
        }
        return true;
    }

    /** Ends the transfer; the connection is lost unless the body was read to its end. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            ended = true;
            pieces.clear();
            if (subscription != null) {
                subscription.cancel();
            }
        }
    }
}
