package io.jenkins.plugins.dtk.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * The token service of a {@code docker-registry}: signs JSON web tokens by RS256 with a key of its own (distribution
 * docs/content/spec/auth/jwt.md). One user may do everything; who gives no login may pull.
 */
public final class TokenServer implements AutoCloseable {

    /** The name of the registry, and of this service, in tokens. */
    public static final String SERVICE = "registry.test";

    public static final String USER = "user";
    public static final String PASSWORD = "correct-horse-battery-staple";

    /** docker-registry takes a token so long after its end (distribution registry/auth/token/token.go). */
    private static final Duration LEEWAY = Duration.ofSeconds(60);

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final ScriptedServer server = ScriptedServer.start();
    private final SelfSigned identity;
    private final AtomicInteger issued = new AtomicInteger();
    private volatile Duration life = Duration.ofMinutes(5);

    private TokenServer(SelfSigned identity) {
        this.identity = identity;
        server.on("GET", "/token\\?.*", this::answer);
    }

    /** Starts one on a free loopback port. */
    public static TokenServer start(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        return new TokenServer(SelfSigned.create(folder, "dns:" + SERVICE, "RSA"));
    }

    /** The registry refuses the tokens issued from now on so soon, whatever the service says of their life. */
    public void tokensLive(Duration newLife) {
        life = newLife;
    }

    /** Where it is asked. */
    public String realm() {
        return "http://" + address() + "/token";
    }

    /** Where it listens: {@code 127.0.0.1:PORT}. */
    public String address() {
        return server.address();
    }

    /** The certificate of the key that signs. */
    public String certificate() throws GeneralSecurityException {
        return identity.certificate();
    }

    /** How many tokens it has issued. */
    public int issued() {
        return issued.get();
    }

    private ScriptedReply answer(ScriptedServer.Request request) {
        String login = request.header("Authorization");
        String own =
                "Basic " + Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        if (login != null && !login.equals(own)) {
            return ScriptedReply.json(401, "{\"details\":\"incorrect username or password\"}");
        }
        Predicate<String> permitted = action -> login != null || action.equals("pull");
        try {
            String token = token(request.path(), permitted);
            issued.incrementAndGet();
            return ScriptedReply.json(200, "{\"token\":\"" + token + "\",\"expires_in\":300}");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String token(String path, Predicate<String> permitted) throws GeneralSecurityException {
        ObjectNode header = MAPPER.createObjectNode();
        header.put("typ", "JWT").put("alg", "RS256");
        header.putArray("x5c").add(Base64.getEncoder().encodeToString(identity.encodedCertificate()));
        Instant end = Instant.now().plus(life).minus(LEEWAY);
        ObjectNode claims = MAPPER.createObjectNode();
        claims.put("iss", SERVICE).put("sub", USER).put("aud", SERVICE);
        claims.put("exp", end.getEpochSecond());
        claims.put("nbf", end.minus(Duration.ofHours(1)).getEpochSecond());
        claims.put("jti", UUID.randomUUID().toString());
        addAccess(claims, path, permitted);
        String content = BASE64.encodeToString(bytes(header)) + "." + BASE64.encodeToString(bytes(claims));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(identity.privateKey());
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + BASE64.encodeToString(signature.sign());
    }

    private static void addAccess(ObjectNode claims, String path, Predicate<String> permitted) {
        var access = claims.putArray("access");
        for (String pair : path.substring(path.indexOf('?') + 1).split("&")) {
            String value = URLDecoder.decode(pair.substring(pair.indexOf('=') + 1), StandardCharsets.UTF_8);
            String[] scope = value.split(":");
            if (pair.startsWith("scope=") && scope.length == 3) {
                ObjectNode entry = access.addObject().put("type", scope[0]).put("name", scope[1]);
                var actions = entry.putArray("actions");
                Arrays.stream(scope[2].split(",")).filter(permitted).forEach(actions::add);
            }
        }
    }

    private static byte[] bytes(ObjectNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
