package io.jenkins.plugins.dtk.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** An HTTP client that asks scripted servers without a network, a hundred times as fast. */
public final class InMemory extends HttpClient {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Map<String, ScriptedServer> servers = new HashMap<>();

    /** Reaches these servers, by their addresses. */
    public InMemory(ScriptedServer... reachable) {
        Arrays.stream(reachable).forEach(server -> servers.put(server.address(), server));
    }

    /** Reaches a server under another address, too. */
    public InMemory named(String authority, ScriptedServer server) {
        servers.put(authority, server);
        return this;
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, HttpResponse.BodyHandler<T> responseBodyHandler) {
        ScriptedServer server = servers.get(request.uri().getRawAuthority());
        if (server == null) {
            return CompletableFuture.failedFuture(new IOException("no server in memory at " + request.uri()));
        }
        Map<String, String> headers = new HashMap<>();
        request.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        String query = request.uri().getRawQuery();
        ScriptedReply reply = server.answer(new ScriptedServer.Request(
                request.method(),
                request.uri().getRawPath() + (query == null ? "" : "?" + query),
                headers,
                body(request)));
        return new InMemoryAnswer(reply, request).to(responseBodyHandler);
    }

    /** A body in memory is published at once. */
    private static byte[] body(HttpRequest request) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        request.bodyPublisher()
                .ifPresent(publisher -> publisher.subscribe(new Flow.Subscriber<>() {
                    @Override
                    public void onSubscribe(Flow.Subscription subscription) {
                        subscription.request(Long.MAX_VALUE);
                    }

                    @Override
                    public void onNext(ByteBuffer piece) {
                        byte[] bytes = new byte[piece.remaining()];
                        piece.get(bytes);
                        body.writeBytes(bytes);
                    }

                    @Override
                    public void onError(Throwable error) {
                        throw new IllegalStateException(error);
                    }

                    @Override
                    public void onComplete() {}
                }));
        return body.toByteArray();
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request,
            HttpResponse.BodyHandler<T> responseBodyHandler,
            HttpResponse.PushPromiseHandler<T> pushPromiseHandler) {
        return sendAsync(request, responseBodyHandler);
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> responseBodyHandler)
            throws IOException, InterruptedException {
        Duration limit = request.timeout().orElse(LONGEST);
        try {
            return sendAsync(request, responseBodyHandler).get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw (IOException) new HttpTimeoutException("request timed out").initCause(e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return Optional.empty();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return Optional.empty();
    }

    @Override
    public Redirect followRedirects() {
        return Redirect.NEVER;
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return Optional.empty();
    }

    @Override
    public SSLContext sslContext() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SSLParameters sslParameters() {
        return new SSLParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return Optional.empty();
    }

    @Override
    public Version version() {
        return Version.HTTP_1_1;
    }

    @Override
    public Optional<Executor> executor() {
        return Optional.empty();
    }

    /** A builder that gives this client whatever it is set to. */
    public HttpClient.Builder asBuilder() {
        return new Fixed(this);
    }

    private record Fixed(HttpClient client) implements HttpClient.Builder {
        @Override
        public Builder cookieHandler(CookieHandler cookieHandler) {
            return this;
        }

        @Override
        public Builder connectTimeout(Duration duration) {
            return this;
        }

        @Override
        public Builder sslContext(SSLContext sslContext) {
            return this;
        }

        @Override
        public Builder sslParameters(SSLParameters sslParameters) {
            return this;
        }

        @Override
        public Builder executor(Executor executor) {
            return this;
        }

        @Override
        public Builder followRedirects(Redirect policy) {
            return this;
        }

        @Override
        public Builder version(Version version) {
            return this;
        }

        @Override
        public Builder priority(int priority) {
            return this;
        }

        @Override
        public Builder proxy(ProxySelector proxySelector) {
            return this;
        }

        @Override
        public Builder authenticator(Authenticator authenticator) {
            return this;
        }

        @Override
        public HttpClient build() {
            return client;
        }
    }
}
