package io.jenkins.plugins.dtk.http;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.http.HttpExchange.Request;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.KeyManager;

/**
 * Sends one request to its host and waits for the head of the answer, on whatever connection there is.
 *
 * <p>Servers close a connection of HTTP/2 after some number of requests: nginx after 1000, or as many as
 * {@code keepalive_requests} says. Java lets all fail that are under way on it: they go out again on the next one. It may
 * also lose a request without a word, which it hands to the connection in the moment in which that ends: so a question
 * that is long without an answer is asked again over HTTP/1.1. Where connections end often, all goes over HTTP/1.1.
 */
final class Sender {

    private static final Duration LONGEST_WAIT_FOR_OTHERS = Duration.ofSeconds(5);

    /**
     * A question without an answer for this part of the time that it has may be lost: 20 s of the usual minute; sooner
     * where the host is known to end connections.
     */
    private static final int MAYBE_LOST = 3;

    private static final int LIKELY_LOST = 12;

    /** Until it is known that a host ends its connections often, a request may meet several such ends. */
    private static final int MOST_CONNECTIONS = 40;

    private final HttpSettings settings;
    private final HttpClients clients;

    /** Null: not a session. */
    private final KeyManager[] identity;

    private final LongAdder requests = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    Sender(HttpSettings settings) {
        this(settings, new HttpClients(settings.httpClient(), settings.certificates()), null);
    }

    private Sender(HttpSettings settings, HttpClients clients, KeyManager[] identity) {
        this.settings = settings;
        this.clients = clients;
        this.identity = identity;
    }

    /** The same for a session: see {@link HttpExchange#session}. */
    Sender with(HttpSettings other, KeyManager... us) {
        return new Sender(other, clients, us.clone());
    }

    /** How many requests were sent so far. */
    long requests() {
        return requests.sum();
    }

    /** How many bytes of bodies were received so far. */
    long bytes() {
        return bytes.sum();
    }

    HttpResponse<BodyStream> send(Host host, Request request, URI address, String authorization)
            throws Failure, InterruptedException {
        HttpRequest.Builder prepared = prepare(request, address, authorization);
        // The attempt to upgrade to HTTP/2 in clear text costs half of the speed.
        boolean alone = identity != null || address.getScheme().equalsIgnoreCase("http");
        Deadline ofBody = ofBody(request, address);
        Duration time = settings.limits().request();
        boolean reconnects = false;
        for (int connection = 1; ; connection++) {
            alone |= host.endsConnections();
            Duration patience =
                    alone || !request.isReading() ? time : time.dividedBy(host.hasLost() ? LIKELY_LOST : MAYBE_LOST);
            try {
                return exchange(alone ? prepared.version(HttpClient.Version.HTTP_1_1) : prepared, ofBody, patience);
            } catch (Failure e) {
                boolean lost = patience.compareTo(time) < 0 && isUnanswered(e);
                if (connection == MOST_CONNECTIONS || !lost && !ConnectionFailure.isEndOfConnection(e.getCause())) {
                    throw e;
                }
                host.lost();
                alone |= lost;
                time = lost ? time.minus(patience) : time;
            } finally {
                if (reconnects) {
                    host.reconnecting().unlock();
                }
            }
            // One at a time: each that begins while there is no connection makes one of its own, for nothing.
            reconnects = !alone && host.reconnecting().tryLock(LONGEST_WAIT_FOR_OTHERS.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private static boolean isUnanswered(Failure failure) {
        return failure.getCause() instanceof HttpTimeoutException
                && !(failure.getCause() instanceof HttpConnectTimeoutException);
    }

    private Deadline ofBody(Request request, URI address) {
        return settings.deadline()
                .within(
                        request.streamed()
                                ? settings.limits().transfer()
                                : settings.limits().answer(),
                        address.getRawAuthority() + " did not send the whole answer");
    }

    private HttpRequest.Builder prepare(Request request, URI address, String authorization) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(address)
                .method(
                        request.method(),
                        request.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(request.body()));
        builder.header("User-Agent", "driver-toolkit");
        request.headers().forEach(builder::header);
        settings.proxyAuthorization(address).ifPresent(login -> builder.header("Proxy-Authorization", login));
        if (authorization != null) {
            builder.header("Authorization", authorization);
        }
        return builder;
    }

    /**
     * Waits in this thread for the head of the answer: the client's other form hands each answer to a thread of its own
     * on machines with one or two processors.
     */
    private HttpResponse<BodyStream> exchange(HttpRequest.Builder prepared, Deadline ofBody, Duration patience)
            throws Failure, InterruptedException {
        Duration limit = Duration.ofNanos(settings.deadline().leftWithin(patience));
        if (limit.isNegative() || limit.isZero()) {
            throw settings.deadline().passed();
        }
        HttpRequest request = prepared.timeout(limit).build();
        String way = settings.way(request.uri());
        HttpClient client = client(request.uri().getRawAuthority());
        requests.increment();
        AtomicReference<BodyStream> body = new AtomicReference<>();
        boolean done = false;
        try {
            HttpResponse<BodyStream> response = client.send(request, head -> {
                body.set(new BodyStream(settings.limits().request(), ofBody, bytes));
                return body.get();
            });
            if (response.statusCode() == 407 || isOfProxy(response)) { // An answer to CONNECT has not even a body.
                throw settings.refusedByProxy(request.uri());
            }
            done = true;
            return response;
        } catch (HttpConnectTimeoutException e) {
            throw ConnectionFailure.of(way, e);
        } catch (HttpTimeoutException e) {
            String late = Deadline.text(settings.limits().request());
            throw limit.compareTo(patience) < 0
                    ? settings.deadline().passed()
                    : new Failure(Kind.UNREACHABLE, way + " did not answer within " + late, e);
        } catch (Failure e) {
            throw e;
        } catch (IOException e) {
            throw ConnectionFailure.isUnknownToProxy(e)
                    ? settings.refusedByProxy(request.uri())
                    : ConnectionFailure.of(way, e);
        } finally {
            BodyStream late = body.get();
            if (!done && late != null) {
                late.close();
            }
        }
    }

    /** Whether a proxy that relays plain http does not take our login: tinyproxy says 401 of itself then, not 407. */
    private boolean isOfProxy(HttpResponse<?> response) {
        return response.statusCode() == 401
                && response.uri().getScheme().equalsIgnoreCase("http")
                && response.headers().firstValue("Server").orElse("").startsWith("tinyproxy")
                && settings.proxyAuthorization(response.uri()).isPresent();
    }

    private HttpClient client(String authority) {
        if (identity != null) {
            return identity.length > 0 ? clients.identified(authority, identity) : clients.verified(authority);
        }
        return settings.isUnverified(authority) ? clients.unverified() : clients.verified(authority);
    }
}
