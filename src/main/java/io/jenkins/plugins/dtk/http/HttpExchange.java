package io.jenkins.plugins.dtk.http;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.text.Quote;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.KeyManager;

/** Sends single requests: takes a turn at the host, follows redirects, bounds the time. It does not retry. */
public final class HttpExchange {

    private static final Logger LOGGER = Logger.getLogger(HttpExchange.class.getName());

    private static final int MOST_REDIRECTS = 5;

    private final HttpSettings settings;
    private final Hosts hosts;
    private final Redirects redirects;
    private final Sender sender;

    /**
     * Prepares to reach hosts.
     *
     * @throws IllegalArgumentException when the trusted certificates are not PEM; one line
     */
    public HttpExchange(HttpSettings settings) {
        this(settings, new Sender(settings));
    }

    private HttpExchange(HttpSettings settings, Sender sender) {
        this.settings = settings;
        this.hosts = new Hosts(settings);
        this.redirects = new Redirects(settings);
        this.sender = sender;
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
        HttpSettings its = settings.until(end);
        return new HttpExchange(its, sender.with(its, us));
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

        /** Whether it changes nothing. */
        boolean isReading() {
            return method.equals("GET") || method.equals("HEAD");
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
        URI address = request.address();
        String secret = authorization;
        boolean elsewhere = false;
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            Response response = sendOnce(request, address, secret, elsewhere);
            if (!request.isReading() || !response.isRedirect()) {
                return response;
            }
            try (response) {
                URI next = redirects.target(request.address(), address, response);
                if (!Redirects.isSameOrigin(address, next)) {
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

    /** Whether an address that a host gave us may be asked at all. */
    public boolean isAllowed(URI asked, URI next) {
        return redirects.isAllowed(asked, next);
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
            HttpResponse<BodyStream> answer = sender.send(host, request, address, authorization);
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
        return sender.requests();
    }

    /** How many bytes of bodies were received so far. */
    public long bytes() {
        return sender.bytes();
    }
}
