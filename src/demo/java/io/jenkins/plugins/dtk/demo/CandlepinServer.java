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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.DeflaterOutputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * The door of a {@link RhsmServer} for those who speak to it as subscription-manager does: over TLS with an authority of
 * its own, in the requests and answers of Candlepin (candlepin/candlepin api/candlepin-api-spec.yaml). Whoever asks for
 * a system must have that system's certificate.
 */
public final class CandlepinServer implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String CONSUMERS = "/subscription/consumers";

    /** As large as what a real organisation may use: its certificate is too large for a variable of the environment. */
    private static final int PAYLOAD = 170_000;

    private final RhsmServer rhsm;
    private final Authority authority;
    private final Authority.Pair entitlement;
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> privateKeys = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> troubles = new ConcurrentHashMap<>();
    private volatile boolean simpleContentAccess = true;

    private CandlepinServer(RhsmServer rhsm) throws IOException, GeneralSecurityException {
        this.rhsm = rhsm;
        authority = new Authority();
        entitlement = authority.issue("entitlement");
        privateKeys.add(entitlement.key());
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

    /** The private key of the certificate that all systems get, in PEM. */
    public String entitlementKey() {
        return entitlement.key();
    }

    /** All private keys that it has given away, in PEM. */
    public List<String> privateKeys() {
        return List.copyOf(privateKeys);
    }

    /** From now on answers requests of this method with this status alone; 0: as it should. */
    public void answer(String method, int status) {
        troubles.put(method, status);
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
        try (exchange) {
            byte[] request = exchange.getRequestBody().readNBytes(1 << 16);
            int trouble = troubles.getOrDefault(exchange.getRequestMethod(), 0);
            Answer answer;
            try {
                answer = trouble == 0 ? handle((HttpsExchange) exchange, request) : new Answer(trouble, "");
            } catch (GeneralSecurityException e) {
                throw new IOException(e);
            }
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
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
        if (!parts[0].equals(client(exchange))) {
            return error(401, "Invalid Credentials");
        }
        if (!rhsm.isRegistered(parts[0])) {
            return error(410, "Unit " + parts[0] + " has been deleted");
        }
        if (parts.length == 2 && parts[1].equals("certificates")) {
            return certificates(parts[0]);
        }
        return exchange.getRequestMethod().equals("DELETE")
                ? new Answer(rhsm.unregister(parts[0]).status() == 200 ? 204 : 410, "")
                : error(405, "Method not allowed");
    }

    private Answer register(Map<String, String> query, JsonNode system) throws IOException, GeneralSecurityException {
        if (!system.path("type").asText().equals("system")
                || !system.path("facts")
                        .path("system.certificate_version")
                        .asText()
                        .startsWith("3.")) {
            return error(400, "Unit type must be specified.");
        }
        String owner = query.getOrDefault("owner", "");
        Answer made = rhsm.register(String.join(
                "\n",
                owner,
                query.getOrDefault("activation_keys", ""),
                system.path("name").asText(),
                ""));
        if (made.status() != 200) {
            String why = made.body().isEmpty()
                    ? rhsm.knows(owner)
                            ? "None of the activation keys specified exist for this org."
                            : "Organization " + owner + " does not exist."
                    : made.body().strip();
            return error(made.status(), why);
        }
        String uuid = made.body().strip();
        Authority.Pair identity = authority.issue(uuid);
        privateKeys.add(identity.key());
        return json(Map.of(
                "uuid",
                uuid,
                "name",
                system.path("name").asText(),
                "idCert",
                Map.of("cert", identity.certificate(), "key", identity.key())));
    }

    private Answer certificates(String uuid) throws IOException {
        return json(
                simpleContentAccess
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

    /** The system whose certificate the client has shown; empty for none. */
    private static String client(HttpsExchange exchange) {
        try {
            X509Certificate shown = (X509Certificate) exchange.getSSLSession().getPeerCertificates()[0];
            return shown.getSubjectX500Principal().getName().replace("CN=", "");
        } catch (SSLPeerUnverifiedException e) {
            return "";
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
