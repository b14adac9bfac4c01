package io.jenkins.plugins.dtk.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import io.jenkins.plugins.dtk.testing.ScriptedServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Scripts of what registries say beside the specification: how they ask for a login, and how they say no. */
@DisplayName("A registry as it is")
class RegistriesAsTheyAreTest {

    @AutoClose
    private final ScriptedServer server = ScriptedServer.start();

    /**
     * One registry.
     *
     * @param challenge its {@code WWW-Authenticate}; {@code HOST} stands for its address
     * @param token what its token service answers; null where it has none
     * @param tokenPath where it is asked, as far as it is the registry's own way
     * @param missing how it says that a tag is not there
     * @param hidden how it answers for a repository that is not there, or not for us
     * @param headFails whether it has no good answer to HEAD
     */
    private record Registry(
            String name,
            String challenge,
            String token,
            String tokenPath,
            ScriptedReply missing,
            ScriptedReply hidden,
            boolean headFails) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Registry> registries() {
        return Stream.of(
                new Registry(
                        "quay: a deleted tag has a code of its own, the token comes from the registry's own host",
                        "Bearer realm=\"http://HOST/v2/auth\",service=\"quay.io\"",
                        "{\"token\":\"t\"}",
                        "/v2/auth\\?service=quay.io&scope=repository%3Aacme%2F.*",
                        ScriptedReply.error(404, "TAG_EXPIRED", "Tag 2 was deleted or has expired"),
                        ScriptedReply.error(401, "UNAUTHORIZED", "access to the requested resource is not authorized"),
                        false),
                new Registry(
                        "GHCR: the challenge has a scope of its own, and a repository that is not ours is denied",
                        "Bearer realm=\"http://HOST/token\",service=\"ghcr.io\",scope=\"repository:user/image:pull\"",
                        "{\"token\":\"t\"}",
                        "/token\\?service=ghcr.io&scope=repository%3Aacme%2F.*",
                        ScriptedReply.error(404, "MANIFEST_UNKNOWN", "manifest unknown"),
                        ScriptedReply.error(403, "DENIED", "requested access to the resource is denied"),
                        false),
                new Registry(
                        "Harbor: all that is missing is NOT_FOUND, the token is an access_token too",
                        "Bearer realm=\"http://HOST/service/token\",service=\"harbor-registry\"",
                        "{\"token\":\"\",\"access_token\":\"t\",\"expires_in\":1800,\"issued_at\":\"2026-01-01T00:00:00Z\"}",
                        "/service/token\\?service=harbor-registry&.*",
                        ScriptedReply.error(404, "NOT_FOUND", "artifact acme/x:2 not found"),
                        ScriptedReply.error(401, "UNAUTHORIZED", "unauthorized to access repository: acme/x"),
                        false),
                new Registry(
                        "Artifactory: two ways to log in at once, details that are objects, HEAD without a digest",
                        "Basic realm=\"Artifactory Realm\", Bearer realm=\"http://HOST/artifactory/api/docker/x/v2/token\","
                                + "service=\"HOST\"",
                        "{\"token\":\"t\",\"expires_in\":3600}",
                        "/artifactory/api/docker/x/v2/token\\?service=.*",
                        ScriptedReply.json(
                                404,
                                "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"The named manifest is not"
                                        + " known to the registry.\",\"detail\":{\"manifest\":\"acme/x/2\"}}]}"),
                        ScriptedReply.json(403, "{\"errors\":[{\"status\":403,\"message\":\"Forbidden\"}]}"),
                        true),
                new Registry(
                        "OpenShift's own: the challenge names no service",
                        "Bearer realm=\"http://HOST/openshift/token\"",
                        "{\"access_token\":\"t\"}",
                        "/openshift/token\\?service=127.0.0.1%3A[0-9]+&scope=.*",
                        ScriptedReply.error(404, "MANIFEST_UNKNOWN", "manifest unknown"),
                        ScriptedReply.error(403, "DENIED", "requested access to the resource is denied"),
                        false),
                new Registry(
                        "docker-registry: a password with each request",
                        "Basic realm=\"Registry\"",
                        null,
                        "/none",
                        ScriptedReply.error(404, "MANIFEST_UNKNOWN", "manifest unknown"),
                        ScriptedReply.error(401, "UNAUTHORIZED", "authentication required"),
                        false));
    }

    private void play(Registry registry) {
        String allowed = registry.token == null ? "Basic dXNlcjpzM2NyZXQ=" : "Bearer t";
        ScriptedReply refusal = ScriptedReply.error(401, "UNAUTHORIZED", "authentication required")
                .header("WWW-Authenticate", registry.challenge.replace("HOST", server.address()));
        server.on("GET", "/v2/", refusal);
        answer(allowed, refusal, "/v2/acme/x/manifests/1", Scripted.index());
        answer(allowed, refusal, "/v2/acme/x/manifests/2", registry.missing);
        answer(allowed, refusal, "/v2/acme/hidden/manifests/1", registry.hidden);
        if (registry.headFails) {
            server.on("HEAD", "/v2/acme/x/manifests/1", ScriptedReply.status(200));
        }
        server.on("GET", registry.tokenPath, ScriptedReply.json(200, String.valueOf(registry.token)));
    }

    private void answer(String allowed, ScriptedReply refusal, String path, ScriptedReply reply) {
        for (String method : new String[] {"GET", "HEAD"}) {
            server.on(method, path, request -> allowed.equals(request.header("Authorization")) ? reply : refusal);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("registries")
    @DisplayName("is distinguished: there, not there, and could not tell")
    void answers(Registry registry) throws Exception {
        play(registry);
        RegistryClient client = Scripted.client(server)
                .credentials(RegistryCredentials.of(server.address(), "user", "s3cret"))
                .build();

        assertThat(client.head(Scripted.image(server, "acme/x:1"))).isPresent();
        assertThat(client.head(Scripted.image(server, "acme/x:2"))).isEmpty();
        assertThat(client.findManifest(Scripted.image(server, "acme/x:2"))).isEmpty();
        Failure failure =
                catchThrowableOfType(Failure.class, () -> client.head(Scripted.image(server, "acme/hidden:1")));
        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure).hasMessageContaining("refused the credentials given for " + server.address());
        assertThat(server.count("GET", registry.tokenPath)).isEqualTo(server.count("GET", ".*[?&]scope=.*"));
        assertThat(server.count("GET", ".*scope=repository%3Aacme%2Fx%3Apull"))
                .isEqualTo(registry.token == null ? 0 : 1);
    }
}
