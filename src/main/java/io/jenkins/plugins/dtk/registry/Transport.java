package io.jenkins.plugins.dtk.registry;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.oci.ImageReference;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Sends requests with our authorization, and again after failures that may pass. The waits are {@link Host}'s. */
final class Transport {

    private static final int MOST_ATTEMPTS = 5;

    /** Patience is what a registry asks for with status 429, so it gets more of it. */
    private static final int MOST_ATTEMPTS_WHEN_LIMITED = 12;

    private final Settings settings;
    private final Wire wire;
    private final Authenticator authenticator;
    final LongAdder retries = new LongAdder();

    Transport(Settings settings) {
        this.settings = settings;
        this.wire = new Wire(settings);
        this.authenticator = new Authenticator(settings, wire);
    }

    Wire wire() {
        return wire;
    }

    /** Makes a result of an answer; its failures of kind {@link Kind#UNREACHABLE} lead to another attempt. */
    interface Reader<T> {
        T read(Response response) throws Failure, InterruptedException;
    }

    /** What we may do at the place of this repository, with the login for the name that the user wrote. */
    Access access(ImageReference repository, String actions) throws Failure {
        return access(settings.locations().apply(repository), repository, actions);
    }

    /** What we may do at a mirror, with the login for its own name: those for others are none of its business. */
    Access mirror(ImageReference place) throws Failure {
        return access(place, place, "pull");
    }

    private Access access(ImageReference place, ImageReference name, String actions) throws Failure {
        Login login = settings.credentials().find(name).orElse(null);
        if (login != null && login.unusable() != null) {
            throw new Failure(Kind.REFUSED, login.unusable());
        }
        return new Access(place, login, settings.credentials().helper(name).orElse(null), actions);
    }

    /** The address of something below a repository. */
    URI address(Access access, String path) {
        String registry = access.place().registry();
        return URI.create(settings.scheme(registry) + "://" + registry + "/v2/"
                + access.place().repository() + path);
    }

    /** Waits as long as before the first repetition of a request. */
    void pause(String waitingFor) throws Failure, InterruptedException {
        settings.deadline().sleep(settings.pause().toNanos(), waitingFor);
    }

    /** Sends a request until it is answered, and closes the answer after reading. */
    <T> T send(Access access, Wire.Request request, Reader<T> reader) throws Failure, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            long startedAt = System.nanoTime();
            try (Response response = authorized(access, request)) {
                return reader.read(checked(response));
            } catch (Failure e) {
                giveUpAfter(attempt, request.address(), e);
                wire.pause(request.address(), startedAt, e);
            }
        }
    }

    /** Sends a request until it is answered, and leaves the body to the caller, who must close it. */
    Response open(Access access, Wire.Request request) throws Failure, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                Response response = authorized(access, request);
                try {
                    return checked(response);
                } catch (Failure | InterruptedException e) {
                    response.close();
                    throw e;
                }
            } catch (Failure e) {
                giveUpAfter(attempt, request.address(), e);
            }
        }
    }

    private void giveUpAfter(int attempt, URI address, Failure failure) throws Failure {
        int most =
                switch (failure.kind()) {
                    case LIMITED -> MOST_ATTEMPTS_WHEN_LIMITED;
                    case UNREACHABLE -> wire.isGivenUp(address) ? 1 : MOST_ATTEMPTS;
                    default -> 1;
                };
        if (attempt >= most) {
            throw failure;
        }
        retries.increment();
    }

    private static Response checked(Response response) throws Failure, InterruptedException {
        if (response.isPassing()) {
            throw Refusal.of(response).failure(response);
        }
        return response;
    }

    /** Sends a request, and once more with a new token when the present one is refused. */
    private Response authorized(Access access, Wire.Request request) throws Failure, InterruptedException {
        String authorization = authenticator.authorization(access);
        Response first = wire.send(request, authorization);
        if (first.status() != 401 || first.elsewhere() || !authenticator.renew(access, authorization, first)) {
            return unlessRefused(access, first);
        }
        try (first) {
            first.readError();
        }
        retries.increment();
        return unlessRefused(access, wire.send(request, authenticator.authorization(access)));
    }

    private static Response unlessRefused(Access access, Response response) throws Failure, InterruptedException {
        if (response.status() != 401 && response.status() != 403) {
            return response;
        }
        try {
            throw refused(access, response);
        } finally {
            response.close();
        }
    }

    private static Failure refused(Access access, Response response) throws Failure, InterruptedException {
        String text = Refusal.of(response).text();
        if (response.elsewhere()) {
            return new Failure(
                    Kind.REFUSED,
                    response.address().getRawAuthority() + ", where "
                            + access.place().registry() + " redirected to, answered " + text);
        }
        return new Failure(Kind.REFUSED, access.place().registry() + " " + access.refused() + text);
    }

    /** A request without a body. */
    static Wire.Request get(URI address, Map<String, String> headers) {
        return new Wire.Request("GET", address, headers, null, false);
    }
}
