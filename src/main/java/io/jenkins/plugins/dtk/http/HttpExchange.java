package io.jenkins.plugins.dtk.http;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.text.Quote;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.KeyManager;

/** Sends single requests: takes a turn at the host, follows redirects, bounds the time. It does not retry. */
public final class HttpExchange {

    private static final Logger LOGGER = Logger.getLogger(HttpExchange.class.getName());

    private static final int MOST_REDIRECTS = 5;
    private static final Duration LONGEST_WAIT_FOR_OTHERS = Duration.ofSeconds(5);

    /** Of thirty requests under way, nginx may be set to take seven to each connection: each needs a few, seldom many. */
    private static final int MOST_CONNECTIONS = 40;

    private final HttpSettings settings;
    private final Hosts hosts;
    private final HttpClients clients;

    /** Null: not a session. */
    private final KeyManager[] identity;

    private final LongAdder requests = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    /**
     * Prepares to reach hosts.
     *
     * @throws IllegalArgumentException when the trusted certificates are not PEM; one line
     */
    public HttpExchange(HttpSettings settings) {
        this(settings, new HttpClients(settings.httpClient(), settings.certificates()), null);
    }

    private HttpExchange(HttpSettings settings, HttpClients clients, KeyManager[] identity) {
        this.settings = settings;
        this.hosts = new Hosts(settings);
        this.clients = clients;
        this.identity = identity;
    }

    /**
     * The same for some work with an end, at a host that may ask who we are. It may do so after a request has come in,
     * which HTTP/2 has no way to do: all requests go over HTTP/1.1.
     *
     * Certificates are verified, also of hosts that may have others otherwise.
     *
     * @param us our certificates with their keys; none: anonymous
     */
    public HttpExchange session(Deadline end, KeyManager... us) {
        return new HttpExchange(settings.until(end), clients, us.clone());
    }

    /**
     * One request.
     *
     * @param body null for none
     * @param streamed whether its answer is a long one that is read while other requests go on
     */
    public record Request(String method, URI address, Map<String, String> headers, byte[] body, boolean streamed) {

        /** One that reads, without a body. */
        public static Request get(URI address, Map<String, String> headers) {
            return new Request("GET", address, headers, null, false);
        }
    }

    /** The end of a question that is asked now, with all its repetitions. */
    Deadline attempts(URI address) {
        return settings.deadline()
                .within(
                        settings.limits().attempts(),
                        address.getRawAuthority() + " gave no answer to all our attempts");
    }

    /**
     * Sends it, and on reading follows redirects: only to https, or to hosts permitted over plain http, and without the
     * authorization once the host is another.
     *
     * @param authorization the header's value, or null
     */
    public Response send(Request request, String authorization) throws Failure, InterruptedException {
        boolean reading = request.method().equals("GET") || request.method().equals("HEAD");
        URI address = request.address();
        String secret = authorization;
        boolean elsewhere = false;
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            Response response = sendOnce(request, address, secret, elsewhere);
            if (!reading || !response.isRedirect()) {
                return response;
            }
            try (response) {
                URI next = target(request.address(), address, response);
                if (!sameOrigin(address, next)) {
                    secret = null;
                    elsewhere = true;
                }
                response.readError();
                address = next;
            }
        }
        throw new Failure(
                Kind.INVALID,
                request.address().getRawAuthority() + " redirected more than " + MOST_REDIRECTS + " times");
    }

    /** Sends it to its own host and nowhere else: a redirect is an answer like any other. */
    public Response sendDirectly(Request request) throws Failure, InterruptedException {
        return sendOnce(request, request.address(), null, false);
    }

    /** Whether a request that failed cannot have reached its host: there was no connection. */
    public static boolean isNeverSent(Failure failure) {
        return ConnectionFailure.isBeforeAnyRequest(failure.getCause());
    }

    private URI target(URI asked, URI from, Response response) throws Failure {
        String location = response.header("Location").orElse("");
        try {
            URI next = from.resolve(URI.create(location));
            if (!location.isBlank() && isAllowed(next)) {
                if (isAllowedFrom(asked, next)) {
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

    /** Whether an address that a registry gave us may be asked at all. */
    public boolean isAllowed(URI address) {
        return address.getHost() != null
                && address.getPort() <= 65535
                && address.getRawUserInfo() == null
                && ("https".equalsIgnoreCase(address.getScheme())
                        || ("http".equalsIgnoreCase(address.getScheme())
                                && settings.isPlainHttp(address.getRawAuthority())));
    }

    /**
     * Whether a host may send us to an address: one in the internet has no reason to send us to our own network. Where
     * the user has named the other host in the settings, any may.
     */
    public boolean isAllowedFrom(URI asked, URI next) {
        return sameOrigin(asked, next)
                || settings.isNamed(next.getRawAuthority())
                || !NetworkPlace.isPrivate(next.getHost())
                || NetworkPlace.isPrivate(asked.getHost());
    }

    private static boolean sameOrigin(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && one.getRawAuthority().equalsIgnoreCase(other.getRawAuthority());
    }

    private Response sendOnce(Request request, URI address, String authorization, boolean elsewhere)
            throws Failure, InterruptedException {
        Host host = hosts.of(address);
        host.enter(attempts(address));
        AtomicBoolean left = new AtomicBoolean();
        Runnable turn = () -> {
            if (left.compareAndSet(false, true)) {
                host.leave();
            }
        };
        boolean handedOver = false;
        long startedAt = System.nanoTime();
        try {
            HttpResponse<BodyStream> answer =
                    exchangeOnAnyConnection(host, prepare(request, address, authorization), ofBody(request, address));
            Response response = new Response(
                    address,
                    elsewhere,
                    answer.statusCode(),
                    answer.headers(),
                    answer.body(),
                    answer.version() == HttpClient.Version.HTTP_2,
                    settings.mask(),
                    turn);
            LOGGER.log(
                    Level.FINE,
                    () -> request.method() + " " + withoutQuery(address) + ": " + response.status() + " after "
                            + (System.nanoTime() - startedAt) / 1_000_000 + " ms");
            note(host, response, startedAt);
            checkWait(response);
            handedOver = !request.streamed();
            return response;
        } catch (Failure e) {
            if (e.kind() == Kind.UNREACHABLE) {
                host.unreachable(startedAt, e);
            }
            throw e;
        } finally {
            if (!handedOver) {
                turn.run();
            }
        }
    }

    /** What stands behind the question mark of a redirect is often a signature, which opens what it names. */
    private static String withoutQuery(URI address) {
        return Quote.shorten(address.getScheme() + "://" + address.getRawAuthority() + address.getRawPath());
    }

    private Deadline ofBody(Request request, URI address) {
        return settings.deadline()
                .within(
                        request.streamed()
                                ? settings.limits().transfer()
                                : settings.limits().answer(),
                        address.getRawAuthority() + " did not send the whole answer");
    }

    /** A wait that the host asks for and that is longer than our time is the end now. */
    private void checkWait(Response response) throws Failure {
        Duration asked = Duration.ofNanos(response.isPassing() ? response.retryAfter() : 0);
        String host = response.address().getRawAuthority();
        Duration longest = settings.limits().attempts();
        long left = Math.max(0, settings.deadline().left());
        if (asked.toNanos() > left && left < longest.toNanos()) {
            response.close();
            throw settings.deadline().tooEarlyFor(host, asked);
        }
        if (asked.compareTo(longest) > 0) {
            response.close();
            throw new Failure(
                    Kind.REFUSED,
                    host + " asks us to wait " + Deadline.text(asked) + " (Retry-After), longer than the "
                            + Deadline.text(longest) + " that one request may take");
        }
    }

    private static void note(Host host, Response response, long startedAt) {
        if (response.status() == 429) {
            host.limited(startedAt, response.retryAfter());
        } else if (response.isPassing()) {
            host.troubled(startedAt, response.retryAfter());
        } else {
            host.answered(startedAt, response.http2());
        }
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
        if (identity != null || address.getScheme().equalsIgnoreCase("http")) {
            // The attempt to upgrade to HTTP/2 in clear text costs half of the speed.
            builder.version(HttpClient.Version.HTTP_1_1);
        }
        return builder;
    }

    /**
     * Servers close a connection of HTTP/2 after some number of requests (nginx after 1000), and Java lets all fail that
     * are under way on it. That is no trouble of the host: they go out again on the next connection.
     */
    private HttpResponse<BodyStream> exchangeOnAnyConnection(Host host, HttpRequest.Builder request, Deadline ofBody)
            throws Failure, InterruptedException {
        boolean alone = false;
        for (int connection = 1; ; connection++) {
            try {
                return exchange(request, ofBody);
            } catch (Failure e) {
                if (connection == MOST_CONNECTIONS || !ConnectionFailure.isEndOfConnection(e.getCause())) {
                    throw e;
                }
            } finally {
                if (alone) {
                    host.reconnecting().unlock();
                }
            }
            // One at a time: each that begins while there is no connection makes one of its own, for nothing.
            alone = host.reconnecting().tryLock(LONGEST_WAIT_FOR_OTHERS.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /**
     * Waits in this thread for the head of the answer: the client's other form hands each answer to a thread of its own
     * on machines with one or two processors.
     */
    private HttpResponse<BodyStream> exchange(HttpRequest.Builder prepared, Deadline ofBody)
            throws Failure, InterruptedException {
        Duration limit = Duration.ofNanos(
                settings.deadline().leftWithin(settings.limits().request()));
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
            if (response.statusCode() == 407) { // An answer to CONNECT has not even a body.
                throw settings.refusedByProxy(request.uri());
            }
            done = true;
            return response;
        } catch (HttpConnectTimeoutException e) {
            throw ConnectionFailure.of(way, e);
        } catch (HttpTimeoutException e) {
            throw limit.compareTo(settings.limits().request()) < 0
                    ? settings.deadline().passed()
                    : new Failure(
                            Kind.UNREACHABLE,
                            way + " did not answer within "
                                    + Deadline.text(settings.limits().request()));
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

    private HttpClient client(String authority) {
        if (identity != null) {
            return identity.length > 0 ? clients.identified(authority, identity) : clients.verified(authority);
        }
        return settings.isUnverified(authority) ? clients.unverified() : clients.verified(authority);
    }

    /** Whether no one should ask the host of an address again, as it never answered. */
    public boolean isGivenUp(URI address) {
        return hosts.of(address).isGivenUp();
    }

    /** Lets the host of an address rest after a failure, such as a body that broke off. */
    public void pause(URI address, long startedAt, Failure failure) {
        if (!ConnectionFailure.isEndOfConnection(failure.getCause())) {
            hosts.of(address).troubled(startedAt, 0);
        }
    }

    /** How many requests were sent so far. */
    public long requests() {
        return requests.sum();
    }

    /** How many bytes of bodies were received so far. */
    public long bytes() {
        return bytes.sum();
    }
}
