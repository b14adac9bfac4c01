package io.jenkins.plugins.dtk.registry;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.http.HttpExchange;
import io.jenkins.plugins.dtk.http.Response;
import io.jenkins.plugins.dtk.http.Retries;
import io.jenkins.plugins.dtk.oci.ImageReference;
import java.net.URI;
import java.util.Map;

/** Sends requests with our authorization, and again after failures that may pass. The waits are the host's. */
final class Transport {

    private final ClientSettings settings;
    private final HttpExchange exchange;
    private final Authenticator authenticator;
    private final Retries retries;

    Transport(ClientSettings settings) {
        this.settings = settings;
        this.exchange = new HttpExchange(settings.http());
        this.retries = new Retries(exchange);
        this.authenticator = new Authenticator(settings, exchange);
    }

    HttpExchange exchange() {
        return exchange;
    }

    Retries retries() {
        return retries;
    }

    /** Makes a result of an answer; its failures of kind {@link Kind#UNREACHABLE} lead to another attempt. */
    interface Reader<T> {
        T of(Response response) throws Failure, InterruptedException;
    }

    /** What we may do at the place of this repository, with the login for the name that the user wrote. */
    RepositoryScope scope(ImageReference repository, String actions) throws Failure {
        return scope(settings.locations().apply(repository), repository, actions);
    }

    /** What we may do at a mirror, with the login for its own name: those for others are none of its business. */
    RepositoryScope mirror(ImageReference place) throws Failure {
        return scope(place, place, "pull");
    }

    private RepositoryScope scope(ImageReference place, ImageReference name, String actions) throws Failure {
        Login login = settings.credentials().find(name).orElse(null);
        if (login != null && login.unusable() != null) {
            throw new Failure(Kind.REFUSED, login.unusable());
        }
        return new RepositoryScope(
                place, login, settings.credentials().helper(name).orElse(null), actions);
    }

    /** Whether another token may permit more. */
    boolean hasTokens(RepositoryScope scope) {
        return authenticator.hasTokens(scope);
    }

    /** The address of something below a repository. */
    URI address(RepositoryScope scope, String path) {
        String registry = scope.place().registry();
        return URI.create(settings.http().scheme(registry) + "://" + registry + "/v2/"
                + scope.place().repository() + path);
    }

    /** Waits as long as before the first repetition of a request. */
    void pause(String waitingFor) throws Failure, InterruptedException {
        settings.http().deadline().sleep(settings.http().pause().toNanos(), waitingFor);
    }

    /** Sends a request until it is answered, and closes the answer after reading. */
    <T> T send(RepositoryScope scope, HttpExchange.Request request, Reader<T> reader)
            throws Failure, InterruptedException {
        return retries.run(request.address(), () -> {
            try (Response response = authorized(scope, request)) {
                return reader.of(checked(response));
            }
        });
    }

    /** Sends a request once, whatever comes of it, and closes the answer after reading. */
    <T> T sendOnce(RepositoryScope scope, HttpExchange.Request request, Reader<T> reader)
            throws Failure, InterruptedException {
        return retries.once(request.address(), () -> {
            try (Response response = authorized(scope, request)) {
                return reader.of(checked(response));
            }
        });
    }

    /** Sends a request until it is answered, and leaves the body to the caller, who must close it. */
    Response open(RepositoryScope scope, HttpExchange.Request request) throws Failure, InterruptedException {
        return retries.run(request.address(), () -> {
            Response response = authorized(scope, request);
            try {
                return checked(response);
            } catch (Failure | InterruptedException e) {
                response.close();
                throw e;
            }
        });
    }

    private static Response checked(Response response) throws Failure, InterruptedException {
        if (response.isPassing()) {
            throw Refusal.of(response).failure(response);
        }
        return response;
    }

    /** Sends a request, and once more with a new token when the present one is refused. */
    private Response authorized(RepositoryScope scope, HttpExchange.Request request)
            throws Failure, InterruptedException {
        String authorization = authenticator.authorization(scope);
        Response first = exchange.send(request, authorization);
        if (first.status() != 401 || first.elsewhere() || !authenticator.renew(scope, authorization, first)) {
            return unlessRefused(scope, first);
        }
        try (first) {
            first.readError();
        }
        retries.count();
        return unlessRefused(scope, exchange.send(request, authenticator.authorization(scope)));
    }

    private static Response unlessRefused(RepositoryScope scope, Response response)
            throws Failure, InterruptedException {
        if (response.status() != 401 && response.status() != 403) {
            return response;
        }
        try {
            throw refused(scope, response);
        } finally {
            response.close();
        }
    }

    private static Failure refused(RepositoryScope scope, Response response) throws Failure, InterruptedException {
        Refusal refusal = Refusal.of(response);
        String text = refusal.text();
        if (refusal.isImmutable()) {
            return refusal.failure(response);
        }
        if (response.elsewhere()) {
            return new Failure(
                    Kind.REFUSED,
                    response.address().getRawAuthority() + ", where "
                            + scope.place().registry() + " redirected to, answered " + text);
        }
        return new Failure(Kind.REFUSED, scope.place().registry() + " " + scope.refused() + text);
    }

    /** A request without a body. */
    static HttpExchange.Request get(URI address, Map<String, String> headers) {
        return new HttpExchange.Request("GET", address, headers, null, false);
    }
}
