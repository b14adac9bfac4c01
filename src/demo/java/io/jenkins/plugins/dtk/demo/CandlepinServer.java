package io.jenkins.plugins.dtk.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.jenkins.plugins.dtk.demo.RhsmServer.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.DeflaterOutputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * The door of a {@link RhsmServer} for those who speak to it as subscription-manager does: over TLS with an authority of
 * its own, in the requests and answers of Candlepin (candlepin/candlepin api/candlepin-api-spec.yaml), as seen in runs of
 * 4.4.25:
 *
 * <ul>
 *   <li>whoever asks for a system must have that system's identity certificate; to others there is no such system (404)
 *   <li>the certificate for downloads has the key of the identity, and the extensions by which Candlepin refuses it as an
 *       identity (SSLAuth.java, checkForInvalidCertificateType)
 *   <li>without the fact system.certificate_version there is none (V3CapabilityCheck.java)
 *   <li>one that was removed is gone: 410 with its uuid as deletedId, which subscription-manager insists on
 *   <li>registering known hardware gives the same identity, certificate and key again
 * </ul>
 */
public final class CandlepinServer implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Red Hat's extension of certificates for downloads, as text and encoded: candlepin/candlepin pki/OID.java. */
    private static final String ENTITLEMENT_VERSION = "1.3.6.1.4.1.2312.9.6";

    private static final String ENTITLEMENT_VERSION_ENCODED = "2b0601040192080906";

    private static final String CONSUMERS = "/subscription/consumers";

    /** As large as what a real organisation may use: its certificate is too large for a variable of the environment. */
    private static final int PAYLOAD = 170_000;

    private final RhsmServer rhsm;
    private final Authority authority;
    private final Map<String, Authority.Pair> identities = new ConcurrentHashMap<>();
    private final Map<String, Authority.Pair> entitlements = new ConcurrentHashMap<>();
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> privateKeys = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> troubles = new ConcurrentHashMap<>();
    private final Map<String, Integer> lost = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
    private final AtomicInteger holding = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean simpleContentAccess = true;

    private CandlepinServer(RhsmServer rhsm) throws IOException, GeneralSecurityException {
        this.rhsm = rhsm;
        authority = new Authority();
        SSLContext context = authority.serverContext();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
                wanted.setWantClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        server.setExecutor(threads);
        server.createContext("/", this::answer);
    }

    /** Opens the door. */
    public static CandlepinServer start(RhsmServer rhsm) throws IOException, GeneralSecurityException {
        CandlepinServer candlepin = new CandlepinServer(rhsm);
        candlepin.server.start();
        return candlepin;
    }

    /** Its address: {@code https://127.0.0.1:PORT/subscription}. */
    public String url() {
        return "https://127.0.0.1:" + server.getAddress().getPort() + "/subscription";
    }

    /** The certificate of its authority, in PEM. */
    public String certificate() throws GeneralSecurityException {
        return authority.certificate();
    }

    /** The private key of the certificate that the last system got, in PEM: that of its identity too. */
    public String entitlementKey() {
        return privateKeys.get(privateKeys.size() - 1);
    }

    /** All private keys that it has given away, in PEM. */
    public List<String> privateKeys() {
        return List.copyOf(privateKeys);
    }

    /** From now on answers requests of this method with this status alone; 0: as it should. */
    public void answer(String method, int status) {
        troubles.put(method, status);
    }

    /** From now on does so many requests of this method, and answers 502 all the same. */
    public void loseAnswers(String method, int times) {
        lost.put(method, times);
    }

    /** From now on lets requests of this method wait until the latch is open, and does them then. */
    public void hold(String method, CountDownLatch latch) {
        held.put(method, latch);
    }

    /** How many requests wait for a latch, or are done since it is open and not answered yet. */
    public int waiting() {
        return holding.get();
    }

    /** Answers the next requests for certificates as Candlepin 5.0 does while it makes them: TooManyRequestsException. */
    public void comeBackLater(int times) {
        waiting.set(times);
    }

    /** From now on gives no system a certificate, as of an organisation without simple content access. */
    public void withoutSimpleContentAccess() {
        simpleContentAccess = false;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] request = exchange.getRequestBody().readNBytes(1 << 16);
        CountDownLatch latch = held.get(exchange.getRequestMethod());
        if (latch == null) {
            answer(exchange, request);
            return;
        }
        holding.incrementAndGet();
        try {
            latch.await();
            answer(exchange, request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.close();
        } finally {
            holding.decrementAndGet();
        }
    }

    private void answer(HttpExchange exchange, byte[] request) throws IOException {
        try (exchange) {
            int trouble = troubles.getOrDefault(exchange.getRequestMethod(), 0);
            Answer answer;
            try {
                answer = trouble == 0 ? handle((HttpsExchange) exchange, request) : new Answer(trouble, "");
                if (lost.merge(exchange.getRequestMethod(), -1, (left, less) -> Math.max(left + less, -1)) >= 0) {
                    answer = new Answer(502, "");
                }
            } catch (GeneralSecurityException e) {
                throw new IOException(e);
            }
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            if (answer.status() == 429 && trouble == 0) {
                exchange.getResponseHeaders().set("Retry-After", "1");
            }
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer handle(HttpsExchange exchange, byte[] request) throws IOException, GeneralSecurityException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals(CONSUMERS) && exchange.getRequestMethod().equals("POST")) {
            return register(query(exchange), MAPPER.readTree(request));
        }
        if (!path.startsWith(CONSUMERS + "/")) {
            return error(404, "Runtime Error Could not find resource for full path");
        }
        String[] parts = path.substring(CONSUMERS.length() + 1).split("/");
        X509Certificate shown = client(exchange);
        if (shown == null || shown.getExtensionValue(ENTITLEMENT_VERSION) != null) {
            return error(401, shown == null ? "Invalid Credentials" : "Invalid Certificate Type");
        }
        String client = shown.getSubjectX500Principal().getName().replace("CN=", "");
        if (!rhsm.isRegistered(client)) {
            return gone(client);
        }
        if (!parts[0].equals(client)) {
            return error(404, "Consumer with ID(s) " + parts[0] + " could not be found.");
        }
        if (parts.length == 2 && parts[1].equals("certificates")) {
            return certificates(parts[0]);
        }
        return exchange.getRequestMethod().equals("DELETE")
                ? rhsm.unregister(parts[0]).status() == 200 ? new Answer(204, "") : gone(parts[0])
                : error(405, "Method not allowed");
    }

    private static Answer gone(String uuid) throws IOException {
        return new Answer(
                410,
                MAPPER.writeValueAsString(Map.of(
                        "displayMessage",
                        "Unit " + uuid + " has been deleted",
                        "requestUuid",
                        "stand-in",
                        "deletedId",
                        uuid)));
    }

    private Answer register(Map<String, String> query, JsonNode system) throws IOException, GeneralSecurityException {
        if (!system.path("type").asText().equals("system")) {
            return error(400, "Unit type must be specified.");
        }
        JsonNode facts = system.path("facts");
        boolean guest = facts.path("virt.is_guest").asText().equals("true");
        String owner = query.getOrDefault("owner", "");
        Answer made = rhsm.register(String.join(
                "\n",
                owner,
                query.getOrDefault("activation_keys", ""),
                system.path("name").asText(),
                guest ? "" : facts.path("dmi.system.uuid").asText()));
        if (made.status() != 200) {
            String why = made.body().isEmpty()
                    ? rhsm.knows(owner)
                            ? "None of the activation keys specified exist for this org."
                            : "Organization " + owner + " does not exist."
                    : made.body().strip();
            return error(made.status(), why);
        }
        String uuid = made.body().strip();
        if (!identities.containsKey(uuid)) {
            issue(uuid, facts.path("system.certificate_version").asText().startsWith("3."));
        }
        Authority.Pair identity = identities.get(uuid);
        return json(Map.of(
                "uuid",
                uuid,
                "name",
                system.path("name").asText(),
                "idCert",
                Map.of("cert", identity.certificate(), "key", identity.key())));
    }

    private void issue(String uuid, boolean understood) throws GeneralSecurityException {
        Authority.Pair identity = authority.issue(uuid);
        privateKeys.add(identity.key());
        identities.put(uuid, identity);
        if (understood) {
            byte[] version = Der.value(0x0c, "3.4".getBytes(StandardCharsets.UTF_8));
            entitlements.put(uuid, authority.issue(uuid, identity.keys(), ENTITLEMENT_VERSION_ENCODED, version));
        }
    }

    private Answer certificates(String uuid) throws IOException {
        if (waiting.getAndUpdate(left -> Math.max(left - 1, 0)) > 0) {
            return error(429, "come back later");
        }
        Authority.Pair entitlement = entitlements.get(uuid);
        return json(
                simpleContentAccess && entitlement != null
                        ? List.of(Map.of("cert", entitlement.certificate() + data(uuid), "key", entitlement.key()))
                        : List.of());
    }

    /** What follows the certificate: what it gives access to, in Candlepin's packing. */
    private static String data(String uuid) throws IOException {
        byte[] filler = new byte[PAYLOAD];
        RANDOM.nextBytes(filler);
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("consumer", uuid);
        payload.put("products", List.of(Map.of("content", Base64.getEncoder().encodeToString(filler))));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            out.write(MAPPER.writeValueAsBytes(payload));
        }
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(packed.toByteArray());
        return "-----BEGIN ENTITLEMENT DATA-----\n" + body + "\n-----END ENTITLEMENT DATA-----\n"
                + "-----BEGIN RSA SIGNATURE-----\nTm90IHNpZ25lZA==\n-----END RSA SIGNATURE-----\n";
    }

    /** The certificate that the client has shown; null for none. */
    private static X509Certificate client(HttpsExchange exchange) {
        try {
            return (X509Certificate) exchange.getSSLSession().getPeerCertificates()[0];
        } catch (SSLPeerUnverifiedException e) {
            return null;
        }
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : exchange.getRequestURI().getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            values.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return values;
    }

    private static Answer error(int status, String message) throws IOException {
        return new Answer(
                status, MAPPER.writeValueAsString(Map.of("displayMessage", message, "requestUuid", "stand-in")));
    }

    private static Answer json(Object value) throws IOException {
        return new Answer(200, MAPPER.writeValueAsString(value));
    }
}
