package io.jenkins.plugins.dtk.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An answer in memory, from a host that is as hostile as a registry: bounded in size, and in time to its last byte. */
public final class WholeAnswer {

    private WholeAnswer() {}

    /**
     * Sends a request and waits for the end of the answer, not just for its start as the request's own timeout does.
     *
     * @param limit in bytes; of a larger answer comes little more than this, so that its length tells
     * @param timeout for one whole answer
     * @throws HttpTimeoutException when it is over
     */
    public static HttpResponse<byte[]> of(HttpClient http, HttpRequest request, int limit, Duration timeout)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, headers -> new BoundedBody(limit));
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw (IOException) new HttpTimeoutException("no answer in time").initCause(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException known) {
                throw known;
            }
            throw new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }
}
