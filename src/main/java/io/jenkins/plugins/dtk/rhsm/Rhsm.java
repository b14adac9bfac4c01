package io.jenkins.plugins.dtk.rhsm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.http.HttpExchange;
import io.jenkins.plugins.dtk.http.HttpSettings;
import io.jenkins.plugins.dtk.json.JsonCursor;
import io.jenkins.plugins.dtk.text.Quote;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;

/**
 * Red Hat's subscription service (RHSM), or a Satellite: registers a system, fetches the certificate with which
 * packages are downloaded, and unregisters the system. The requests are those of subscription-manager
 * (candlepin/subscription-manager src/rhsm/connection.py: registerConsumer, getCertificates, unregisterConsumer), the
 * answers those of Candlepin (candlepin/candlepin api/candlepin-api-spec.yaml).
 *
 * <p>One registration is one system. The name of a system decides by which hardware RHSM knows it, and whoever registers
 * known hardware gets the identity of the system that is there: at Candlepin by the fact dmi.system.uuid, unless the
 * system is a guest (ConsumerResource.java, createConsumer; seen in runs of 4.4.25: the same certificate and key), at a
 * Satellite by that and the host's name (Katello/katello app/services/katello/registration_manager.rb). So after an
 * answer that was lost the identity is asked for, by registering again.
 */
public final class Rhsm {

    /** Red Hat's own: candlepin/subscription-manager etc-conf/rhsm.conf. */
    public static final String DEFAULT_URL = "https://subscription.rhsm.redhat.com/subscription";

    /** Red Hat's authority, which Java does not know: candlepin/subscription-manager-rhsm-certificates etc-conf. */
    private static final String AUTHORITY = "redhat-uep.pem";

    /**
     * As subscription-manager waits (src/rhsm/config.py, server_timeout). To register a system Candlepin makes a key of
     * 4096 bits, which took 38 s at worst on a busy machine.
     */
    private static final Duration TIMEOUT = Duration.ofSeconds(180);

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final RhsmRequests requests;

    /**
     * Prepares to speak to the service.
     *
     * @param url see {@link #url}
     * @param http how hosts are reached; Red Hat's authority is trusted in addition to those it names
     * @throws IllegalArgumentException when they are not certificates in PEM; one line
     */
    public Rhsm(URI url, HttpSettings http) {
        this(url, new HttpExchange(http.trusting(authority())));
    }

    /** Settings with the patience that the service needs. */
    public static HttpSettings patient(HttpSettings http) {
        return http.patience(TIMEOUT, Duration.ofSeconds(1));
    }

    private Rhsm(URI url, HttpExchange http) {
        this.requests = new RhsmRequests(url, http);
    }

    /**
     * Reads the service's address as a user writes it; null or empty means Red Hat's. A Satellite's is
     * {@code https://HOST/rhsm}.
     *
     * @throws IllegalArgumentException when it is malformed or not https; one line
     */
    public static URI url(String text) {
        String address = text == null || text.isBlank() ? DEFAULT_URL : text.strip();
        try {
            URI url = new URI(address.replaceFirst("/+$", ""));
            if ("https".equals(url.getScheme())
                    && url.getHost() != null
                    && url.getUserInfo() == null
                    && url.getQuery() == null
                    && url.getFragment() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Reported below, in the words of the option.
        }
        throw new IllegalArgumentException("not the address of a subscription service: "
                + Quote.of(address.replaceFirst("//[^/]*@", "//***@")) + " (expected a form like " + DEFAULT_URL + ")");
    }

    /** Whether both addresses are of the same service. */
    public static boolean isSame(URI one, URI other) {
        return one.getHost().equalsIgnoreCase(other.getHost())
                && port(one) == port(other)
                && one.getRawPath().equals(other.getRawPath());
    }

    private static int port(URI url) {
        return url.getPort() == -1 ? 443 : url.getPort();
    }

    private static String authority() {
        try (InputStream in = Rhsm.class.getResourceAsStream(AUTHORITY)) {
            if (in == null) {
                throw new IllegalStateException("the plugin was packaged without " + AUTHORITY);
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new IllegalStateException(AUTHORITY + " cannot be read", e);
        }
    }

    /**
     * Registers a system, or finds one of this name that is registered.
     *
     * @param name what the service calls the system; of letters, digits and {@code ._-}
     * @param doubt hears of each answer that was lost, in one line: the system may be registered from then on, whatever
     *     comes of this
     * @throws Failure when it is not registered, or that is unknown; neither organisation nor key is in the message
     */
    public RhsmSystem register(String name, String organisation, String activationKey, Consumer<String> doubt)
            throws Failure, InterruptedException {
        String path = "/consumers?owner=" + encoded(organisation) + "&activation_keys=" + encoded(activationKey);
        Map<String, Object> system = Map.of("type", "system", "name", name, "facts", SystemFacts.of(name));
        RhsmRequests.Task task = requests.task("register the system " + name, List.of(organisation, activationKey));
        RhsmSystem registered = task.register(path, json(system), doubt).read(root -> system(name, root));
        if (!registered.uuid().matches("[A-Za-z0-9-]{1,64}")) {
            throw task.failure(Kind.INVALID, "the answer names no uuid" + RhsmRequests.look(name));
        }
        keys(registered, task);
        return registered;
    }

    private static RhsmSystem system(String name, JsonCursor root) throws IOException {
        Map<String, String> found = new HashMap<>();
        root.fields((field, value) -> {
            if (field.equals("uuid") && value.isText()) {
                found.put(field, value.text());
            } else if (field.equals("idCert") && value.isObject()) {
                found.putAll(RhsmAnswer.texts(value, "cert", "key"));
            }
        });
        return new RhsmSystem(
                name, found.getOrDefault("uuid", ""), found.getOrDefault("cert", ""), found.getOrDefault("key", ""));
    }

    /**
     * The certificate, with its key and what it gives access to, with which a registered system may download packages;
     * in PEM. With simple content access it is one for all that the organisation has (Candlepin's
     * SCACertificateGenerator); without, a system that no one attached a subscription to has none.
     *
     * @throws Failure when there is none, or it could not be fetched
     */
    public String certificate(RhsmSystem system) throws Failure, InterruptedException {
        RhsmRequests.Task task = requests.task("fetch the certificate of the system " + system, List.of());
        RhsmAnswer answer = task.get("/consumers/" + system.uuid() + "/certificates", keys(system, task));
        List<Map<String, String>> parts = new ArrayList<>();
        answer.read(root -> root.elements(part -> parts.add(RhsmAnswer.texts(part, "cert", "key"))));
        StringBuilder pem = new StringBuilder();
        for (Map<String, String> part : parts) {
            String certificate = part.getOrDefault("cert", "");
            String key = part.getOrDefault("key", "");
            if (!certificate.contains("-----BEGIN CERTIFICATE-----") || !key.contains(" PRIVATE KEY-----")) {
                throw task.failure(Kind.INVALID, "the answer holds no certificate with its key in PEM");
            }
            pem.append(certificate.strip()).append('\n').append(key.strip()).append('\n');
        }
        if (pem.length() == 0) {
            throw task.failure(
                    Kind.REFUSED,
                    "the system may download nothing: let the organisation have simple content access, or use another"
                            + " activation key");
        }
        return pem.toString();
    }

    /**
     * Unregisters a system. One that is gone already is fine.
     *
     * @throws Failure when it is still registered, or that is unknown
     */
    public void unregister(RhsmSystem system) throws Failure, InterruptedException {
        RhsmRequests.Task task = requests.task("unregister the system " + system, List.of());
        task.delete(system.uuid(), keys(system, task));
    }

    private static KeyManager[] keys(RhsmSystem system, RhsmRequests.Task task) throws Failure {
        try {
            return Identity.of(system.certificate(), system.key());
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw task.failure(Kind.INVALID, "the answer holds no usable identity" + RhsmRequests.look(system.name()));
        }
    }

    private static byte[] json(Map<String, Object> value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is always JSON", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
