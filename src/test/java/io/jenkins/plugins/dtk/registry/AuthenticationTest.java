package io.jenkins.plugins.dtk.registry;

import static io.jenkins.plugins.dtk.registry.Scripted.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import io.jenkins.plugins.dtk.testing.ScriptedServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A login")
class AuthenticationTest {

    private static final String BASIC = "Basic dXNlcjpzM2NyZXQ=";

    @AutoClose
    private final ScriptedServer registry = ScriptedServer.start();

    @AutoClose
    private final ScriptedServer tokens = ScriptedServer.start();

    private final AtomicInteger issued = new AtomicInteger();

    /** A registry that takes the token issued last, and a token service that issues token-1, token-2, ... */
    @BeforeEach
    void scripts() {
        registry.on(
                "GET",
                "/v2/.*",
                request -> ("Bearer token-" + issued).equals(request.header("Authorization"))
                        ? Scripted.index()
                        : unauthorized());
        tokens.on("GET", "/token.*", request -> token("\"expires_in\":300"));
    }

    private ScriptedReply unauthorized() {
        return ScriptedReply.error(401, "UNAUTHORIZED", "access is not authorized")
                .header("WWW-Authenticate", "Bearer realm=\"http://" + tokens.address() + "/token\",service=\"reg\"");
    }

    private ScriptedReply token(String more) {
        return ScriptedReply.json(200, "{\"token\":\"token-" + issued.incrementAndGet() + "\"," + more + "}");
    }

    private RegistryClient client(RegistryCredentials credentials) {
        return Scripted.client(registry, tokens).credentials(credentials).build();
    }

    private RegistryCredentials credentials() {
        return RegistryCredentials.of(registry.address(), "user", "s3cret");
    }

    @Test
    void isAnonymousWhereNoCredentialsAreGiven() throws Exception {
        client(RegistryCredentials.none()).manifest(image(registry, "acme/x:1"));
        assertThat(tokens.requests()).hasSize(1);
        assertThat(tokens.requests().get(0).header("Authorization")).isNull();
        assertThat(tokens.requests().get(0).path()).isEqualTo("/token?service=reg&scope=repository%3Aacme%2Fx%3Apull");
    }

    @Test
    void sendsThePasswordToTheTokenServiceAndTheTokenToTheRegistry() throws Exception {
        client(credentials()).manifest(image(registry, "acme/x:1"));
        assertThat(tokens.requests().get(0).header("Authorization")).isEqualTo(BASIC);
        assertThat(registry.requests())
                .extracting(request -> request + " " + request.header("Authorization"))
                .containsExactly("GET /v2/ null", "GET /v2/acme/x/manifests/1 Bearer token-1");
    }

    @Test
    void takesOneTokenForAllRequestsOfAScopeAlsoOfManyThreads() throws Exception {
        RegistryClient client = client(credentials());
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<Manifest>> reads = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                reads.add(threads.submit(() -> client.manifest(image(registry, "acme/x:1"))));
            }
            for (Future<Manifest> read : reads) {
                read.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(tokens.requests()).hasSize(1);
        assertThat(registry.count("GET", "/v2/")).isEqualTo(1);
        assertThat(registry.requests()).hasSize(101);
        assertThat(client.stats().requests()).isEqualTo(102);
    }

    @Test
    void takesATokenForEachRepositoryAndForWriting() throws Exception {
        registry.on("GET", "/v2/acme/.*", Scripted.index());
        registry.on("PUT", "/v2/acme/.*", ScriptedReply.status(201));
        RegistryClient client = client(credentials());
        Manifest manifest = client.manifest(image(registry, "acme/x:1"));
        client.manifest(image(registry, "acme/y:1"));
        client.putManifest(image(registry, "acme/x:2"), manifest);
        assertThat(tokens.requests())
                .extracting(request -> request.path().replaceFirst(".*scope=", ""))
                .containsExactly(
                        "repository%3Aacme%2Fx%3Apull",
                        "repository%3Aacme%2Fy%3Apull", "repository%3Aacme%2Fx%3Apull%2Cpush");
    }

    @Test
    void isRenewedOnceWhenTheTokenIsRefusedInTheMiddleOfARun() throws Exception {
        RegistryClient client = client(credentials());
        client.manifest(image(registry, "acme/x:1"));
        issued.incrementAndGet(); // The registry forgets the token that we have.
        client.manifest(image(registry, "acme/x:1"));
        assertThat(tokens.requests()).hasSize(2);
        assertThat(registry.requests()).hasSize(4);
    }

    @Test
    void isRenewedBeforeTheTokenExpires() throws Exception {
        tokens.on("GET", "/token.*", request -> token("\"expires_in\":0"));
        RegistryClient client = client(credentials());
        client.manifest(image(registry, "acme/x:1"));
        client.manifest(image(registry, "acme/x:1"));
        assertThat(tokens.requests()).hasSize(2);
        assertThat(registry.requests()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"access_token\":\"token-1\"}",
                "{\"token\":\"token-1\",\"access_token\":\"other\"}",
                "{\"token\":\"token-1\",\"expires_in\":99999999999}",
                "{\"token\":\"token-1\",\"issued_at\":\"nonsense\"}"
            })
    void takesATokenInEachFormOfTheAnswer(String answer) throws Exception {
        issued.set(1);
        tokens.on("GET", "/token.*", ScriptedReply.json(200, answer));
        RegistryClient client = client(credentials());
        client.manifest(image(registry, "acme/x:1"));
        client.manifest(image(registry, "acme/x:1"));
        assertThat(tokens.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"token\":\"\"}", "{\"token\":\"a\\nb\"}", "{\"token\":5}", "[]", "", "<html>"})
    void failsClearlyWhenTheTokenServiceGivesNoToken(String answer) {
        tokens.on("GET", "/token.*", ScriptedReply.json(200, answer));
        Failure failure = failure(client(credentials()));
        assertThat(failure.kind()).isEqualTo(Kind.INVALID);
        assertThat(failure.getMessage()).doesNotContain("\n", "s3cret");
    }

    @Test
    void withAWrongPasswordSaysWhoseCredentialsWereRefused() {
        tokens.on("GET", "/token.*", ScriptedReply.json(401, "{\"details\":\"Invalid username or password\"}"));
        Failure failure = failure(client(credentials()));
        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure.getMessage())
                .contains("refused the credentials given for " + registry.address())
                .contains("401 (Invalid username or password)")
                .doesNotContain("s3cret");
        assertThat(tokens.requests()).hasSize(1);
    }

    @Test
    void thatIsMissingSaysThatCredentialsAreNeeded() {
        registry.on("GET", "/v2/acme/.*", request -> unauthorized());
        Failure failure = failure(client(RegistryCredentials.none()));
        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure.getMessage())
                .contains("credentials are needed and none are given for it: 401 (UNAUTHORIZED: access is not");
        assertThat(tokens.requests()).as("one renewal, not more").hasSize(2);
    }

    @Test
    void byPasswordAloneIsSentWithEachRequest() throws Exception {
        registry.on(
                "GET",
                "/v2/.*",
                request -> BASIC.equals(request.header("Authorization"))
                        ? Scripted.index()
                        : ScriptedReply.status(401).header("WWW-Authenticate", "Basic realm=\"x\""));
        RegistryClient client = client(credentials());
        client.manifest(image(registry, "acme/x:1"));
        client.manifest(image(registry, "acme/x:1"));
        assertThat(registry.requests()).hasSize(3);
        Failure wrong = failure(client(RegistryCredentials.of(registry.address(), "user", "wrong")));
        assertThat(wrong.getMessage()).contains("refused the credentials given for " + registry.address());
    }

    @Test
    void isForTheNameThatTheUserWroteNotForThePlaceItIsAt() throws Exception {
        RegistryClient client = Scripted.client(registry, tokens)
                .locations(Map.of("quay.io", registry.address()))
                .credentials(RegistryCredentials.of("quay.io/acme", "user", "s3cret"))
                .build();
        client.manifest(ImageReference.parse("quay.io/acme/x:1"));
        client.manifest(ImageReference.parse("quay.io/other/x:1"));
        assertThat(tokens.requests())
                .extracting(request -> request.header("Authorization"))
                .containsExactly(BASIC, null);
    }

    @Test
    void isNeverSentToATokenServiceOverPlainHttpThatTheUserDidNotPermit() {
        RegistryClient client =
                Scripted.client(registry).credentials(credentials()).build();
        Failure failure = failure(client);
        assertThat(failure.kind()).isEqualTo(Kind.INVALID);
        assertThat(failure.getMessage()).contains("sends us for a token to 'http://" + tokens.address() + "/token'");
        assertThat(tokens.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://x/t", "file:///etc/passwd", "//x/t", "not an address", "https://user@x/t", "https://"})
    void isNeverSentToSomethingThatIsNotAnAddressOfATokenService(String realm) {
        registry.on(
                "GET",
                "/v2/.*",
                ScriptedReply.status(401).header("WWW-Authenticate", "Bearer realm=\"" + realm + "\""));
        Failure failure = failure(client(credentials()));
        assertThat(failure.kind()).isEqualTo(Kind.INVALID);
        assertThat(failure.getMessage()).contains("sends us for a token to '" + realm + "'");
    }

    @Test
    void atOpenShiftsRegistryNamesTheHostAsTheServiceThatTheChallengeOmits() throws Exception {
        registry.on(
                "GET",
                "/v2/",
                ScriptedReply.status(401)
                        .header("WWW-Authenticate", "Bearer realm=\"http://" + tokens.address() + "/token?a=b\""));
        client(credentials()).manifest(image(registry, "acme/x:1"));
        assertThat(tokens.requests().get(0).path())
                .startsWith("/token?a=b&service=" + registry.address().replace(":", "%3A") + "&scope=");
    }

    @Test
    void byIdentityTokenIsExchangedByPost() throws Exception {
        tokens.on("POST", "/token", request -> token("\"expires_in\":300"));
        RegistryCredentials identity = RegistryCredentials.fromDockerConfig(
                "{\"auths\":{\"" + registry.address() + "\":{\"identitytoken\":\"r+t\"}}}", "auth file");
        client(identity).manifest(image(registry, "acme/x:1"));
        assertThat(new String(tokens.requests().get(0).body(), StandardCharsets.US_ASCII))
                .contains("grant_type=refresh_token", "refresh_token=r%2Bt", "service=reg");
    }

    @Test
    void ofAKindWeDoNotHaveIsSaidSo() {
        registry.on("GET", "/v2/.*", ScriptedReply.status(401).header("WWW-Authenticate", "Negotiate"));
        assertThat(failure(client(credentials())).getMessage()).endsWith("a login of a kind we do not have: negotiate");
    }

    @Test
    void waitsOutTroubleOfTheTokenService() throws Exception {
        tokens.on("GET", "/token.*", 2, request -> ScriptedReply.status(502).body("<html>"));
        tokens.on("GET", "/token.*", 1, request -> ScriptedReply.status(429));
        client(credentials()).manifest(image(registry, "acme/x:1"));
        assertThat(tokens.requests()).hasSize(4);
    }

    private Failure failure(RegistryClient client) {
        return catchThrowableOfType(Failure.class, () -> client.manifest(image(registry, "acme/x:1")));
    }
}
