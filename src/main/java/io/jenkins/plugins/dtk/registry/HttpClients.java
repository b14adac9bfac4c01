package io.jenkins.plugins.dtk.registry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/** Makes the HTTP clients. Those with equal trust are one for the whole JVM: they share connections and threads. */
final class HttpClients {

    private static final Map<String, HttpClient> SHARED = new ConcurrentHashMap<>();
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);

    private final Supplier<HttpClient.Builder> supplier;
    private final String pem;
    private final TrustManager[] trust;
    private HttpClient verified;
    private HttpClient unverified;

    /**
     * Prepares the clients; each is made when it is first needed.
     *
     * @param supplier null for the shared ones
     * @param pem certificates to trust besides those of Java; empty for none
     * @throws IllegalArgumentException when they are not certificates in PEM
     */
    HttpClients(Supplier<HttpClient.Builder> supplier, String pem) {
        this.supplier = supplier;
        this.pem = pem;
        this.trust = pem.isEmpty() ? null : new TrustManager[] {trusting(pem)};
    }

    /** The client that verifies certificates. */
    synchronized HttpClient verified() {
        if (verified == null) {
            verified = get(pem, trust);
        }
        return verified;
    }

    /** The client that does not, for the registries the user named. */
    synchronized HttpClient unverified() {
        if (unverified == null) {
            unverified = get("unverified", new TrustManager[] {new TrustAnything()});
        }
        return unverified;
    }

    private HttpClient get(String key, TrustManager[] trust) {
        return supplier == null
                ? SHARED.computeIfAbsent(key, any -> build(HttpClient.newBuilder(), trust))
                : build(supplier.get(), trust);
    }

    private static HttpClient build(HttpClient.Builder builder, TrustManager[] trust) {
        builder.followRedirects(HttpClient.Redirect.NEVER).connectTimeout(CONNECT_TIMEOUT);
        if (trust != null) {
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, trust, null);
                builder.sslContext(context);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("no TLS in this Java", e);
            }
        }
        return builder.build();
    }

    private static TrustManager trusting(String pem) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (X509Certificate authority : trustManager(null).getAcceptedIssuers()) {
                store.setCertificateEntry("java-" + store.size(), authority);
            }
            ByteArrayInputStream text = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
            int before = store.size();
            for (Certificate authority : CertificateFactory.getInstance("X.509").generateCertificates(text)) {
                store.setCertificateEntry("added-" + store.size(), authority);
            }
            if (store.size() == before) {
                throw new IllegalArgumentException("the trusted certificates hold no certificate in PEM form");
            }
            return trustManager(store);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("the trusted certificates are not certificates in PEM form", e);
        }
    }

    private static X509TrustManager trustManager(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    /** The user's explicit wish for some registries. An extended manager, so that Java does not check the name either. */
    private static final class TrustAnything extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
