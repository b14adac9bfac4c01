package io.jenkins.plugins.dtk.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLSession;

/** Hands a scripted reply over as Java's client hands over what comes from a socket. */
record InMemoryAnswer(ScriptedReply reply, HttpRequest request) {

    private static final int PIECE = 16 << 10;

    <T> CompletableFuture<HttpResponse<T>> to(BodyHandler<T> handler) {
        if (reply.isSilent()) {
            return new CompletableFuture<>();
        }
        HttpHeaders headers = reply.headers();
        BodySubscriber<T> subscriber = handler.apply(new Head(reply.status(), headers));
        subscriber.onSubscribe(new Transfer(subscriber));
        return subscriber
                .getBody()
                .toCompletableFuture()
                .thenApply(body -> new Whole<>(reply.status(), request, headers, body));
    }

    private record Head(int statusCode, HttpHeaders headers) implements ResponseInfo {
        @Override
        public Version version() {
            return Version.HTTP_1_1;
        }
    }

    /** Gives pieces as they are asked for, then the end or a broken connection. */
    private final class Transfer implements Flow.Subscription {
        private final BodySubscriber<?> subscriber;
        private final byte[] body = request.method().equals("HEAD") ? new byte[0] : reply.sent();
        private int at;
        private boolean ended;

        Transfer(BodySubscriber<?> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long pieces) {
            for (long i = 0; i < pieces && !ended; i++) {
                if (at < body.length) {
                    int length = Math.min(PIECE, body.length - at);
                    at += length;
                    ByteBuffer piece =
                            ByteBuffer.wrap(body, at - length, length).asReadOnlyBuffer();
                    if (at == body.length && reply.isEndless()) {
                        at = 0;
                    }
                    subscriber.onNext(List.of(piece));
                } else if (reply.stops()) {
                    return;
                } else {
                    ended = true;
                    if (reply.isCut() && !request.method().equals("HEAD")) {
                        subscriber.onError(new IOException("connection closed"));
                    } else {
                        subscriber.onComplete();
                    }
                }
            }
        }

        @Override
        public void cancel() {
            ended = true;
        }
    }

    private record Whole<T>(int statusCode, HttpRequest request, HttpHeaders headers, T body)
            implements HttpResponse<T> {
        @Override
        public Optional<HttpResponse<T>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return Optional.empty();
        }

        @Override
        public URI uri() {
            return request.uri();
        }

        @Override
        public Version version() {
            return Version.HTTP_1_1;
        }
    }
}
