package io.jenkins.plugins.dtk.http;

import io.jenkins.plugins.dtk.text.Foreign;
import io.jenkins.plugins.dtk.text.Quote;
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
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/** Makes the HTTP clients. Those with equal trust are one for the whole JVM: they share connections and threads. */
final class HttpClients {

    private static final Map<String, HttpClient> SHARED = new ConcurrentHashMap<>();
    private static final String UNVERIFIED = "unverified";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);

    private final Supplier<HttpClient.Builder> supplier;
    private final Certificates certificates;

    /** By what they trust. */
    private final Map<String, TrustManager[]> trust = new HashMap<>();

    private final Map<String, HttpClient> clients = new ConcurrentHashMap<>();

    /**
     * Prepares the clients; each is made when it is first needed.
     *
     * @param supplier null for the shared ones
     * @param certificates to trust in addition to those of Java
     * @throws IllegalArgumentException when they are not certificates in PEM
     */
    HttpClients(Supplier<HttpClient.Builder> supplier, Certificates certificates) {
        this.supplier = supplier;
        this.certificates = certificates;
        certificates.byHost().forEach((host, pem) -> {
            TrustManager own = trusting(host, pem);
            String all = host.isEmpty() ? pem : certificates.of(host);
            trust.put(all, new TrustManager[] {all.equals(pem) ? own : trusting(host, all)});
        });
        trust.put(UNVERIFIED, new TrustManager[] {new TrustAnything()});
    }

    /** The client that verifies the certificate of this registry. */
    HttpClient verified(String authority) {
        return get(certificates.of(authority));
    }

    /** The client that does not, for the registries the user named. */
    HttpClient unverified() {
        return get(UNVERIFIED);
    }

    private HttpClient get(String trusted) {
        return supplier == null
                ? SHARED.computeIfAbsent(trusted, any -> build(HttpClient.newBuilder(), null, trust.get(trusted)))
                : clients.computeIfAbsent(trusted, any -> build(supplier.get(), null, trust.get(trusted)));
    }

    /** One that identifies itself, so that it is not shared, and verifies the certificate of this host. */
    HttpClient identified(String authority, KeyManager... identity) {
        return build(
                supplier == null ? HttpClient.newBuilder() : supplier.get(),
                identity,
                trust.get(certificates.of(authority)));
    }

    private static HttpClient build(HttpClient.Builder builder, KeyManager[] identity, TrustManager[] trust) {
        builder.followRedirects(HttpClient.Redirect.NEVER).connectTimeout(CONNECT_TIMEOUT);
        if (identity != null || trust != null) {
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(identity, trust, null);
                builder.sslContext(context);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("no TLS in this Java", e);
            }
        }
        return builder.build();
    }

    private static TrustManager trusting(String host, String pem) {
        String what = "the trusted certificates" + (host.isEmpty() ? "" : " of " + Quote.shorten(host));
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
                throw new IllegalArgumentException(what
                        + Foreign.form(pem).map(form -> " are " + form).orElse(" hold no certificate in PEM form"));
            }
            return trustManager(store);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(what + " are not certificates in PEM form", e);
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
