package io.jenkins.plugins.dtk.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Manifest;
import io.jenkins.plugins.dtk.oci.MediaType;
import io.jenkins.plugins.dtk.registry.RegistryClient.Attachment;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import io.jenkins.plugins.dtk.testing.ScriptedServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What registries do beside the specification, on reading and on writing; each with where it is described in public. */
@DisplayName("A registry's habits:")
class HabitsTest {

    private static Manifest index;

    @AutoClose
    private final ScriptedServer server = ScriptedServer.start();

    @BeforeAll
    static void read() throws Failure {
        index = Manifest.parse(MediaType.OCI_INDEX, Scripted.bytes(Scripted.EMPTY_INDEX));
    }

    private RegistryClient client() {
        return Scripted.client(server)
                .credentials(RegistryCredentials.of(server.address(), "robot", "s3cret"))
                .build()
                .atSource();
    }

    private ImageReference image(String rest) {
        return Scripted.image(server, rest);
    }

    private Failure failure(RegistryClient client, String tag) {
        return catchThrowableOfType(Failure.class, () -> client.head(image("acme/x:" + tag)));
    }

    private void tokens(String service) {
        server.on(
                "GET",
                "/v2/",
                ScriptedReply.error(401, "UNAUTHORIZED", "authentication required")
                        .header(
                                "WWW-Authenticate",
                                "Bearer realm=\"http://" + server.address() + "/token\",service=\"" + service + "\""));
        server.on("GET", "/token.*pull", ScriptedReply.json(200, "{\"token\":\"reader\"}"));
        server.on("GET", "/token.*pull%2Cpush", ScriptedReply.json(200, "{\"token\":\"writer\"}"));
    }

    /** For GET and HEAD, by who asks. */
    private void answer(String path, ScriptedReply toReader, ScriptedReply toWriter) {
        for (String method : List.of("GET", "HEAD")) {
            server.on(
                    method,
                    path,
                    request -> "Bearer writer".equals(request.header("Authorization")) ? toWriter : toReader);
        }
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a repository that no one has pushed to is refused, and not there for a login that may push")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            quay, helm/helm#31567, containers/image#1265           | 401 | UNAUTHORIZED | access to the requested resource is not authorized
            GHCR, docker/build-push-action#981                     | 403 | DENIED       | requested access to the resource is denied
            Docker Hub, distribution/distribution#1291             | 401 | UNAUTHORIZED | authentication required
            Harbor, goharbor/harbor-helm#622                       | 401 | UNAUTHORIZED | unauthorized to access repository: acme/x
            """)
    void notYetThere(String registry, int status, String code, String message) throws Exception {
        tokens("any");
        answer(
                "/v2/acme/.*",
                ScriptedReply.error(status, code, message),
                ScriptedReply.error(404, "NAME_UNKNOWN", "repository name not known to registry"));
        RegistryClient client = client();

        for (String tag : List.of("1", "2", "3")) {
            assertThat(client.head(image("acme/x:" + tag))).isEmpty();
        }
        assertThat(client.findManifest(image("acme/x:1"))).isEmpty();
        assertThat(catchThrowableOfType(Failure.class, () -> client.tags(image("acme/x"), null))
                        .kind())
                .isEqualTo(Kind.ABSENT);
        assertThat(server.count("GET", "/token.*")).as("tokens, each once").isEqualTo(2);
        assertThat(server.count("HEAD", ".*"))
                .as("the second answer is known by then")
                .isEqualTo(4);
    }

    /** getwud/wud#600: GitLab's token service denies a project that is not there, or not for us. */
    @Test
    @DisplayName("GitLab refuses the token itself: asked with the right to push it says what is there, or what to do")
    void deniedToken() throws Exception {
        tokens("container_registry");
        ScriptedReply forbidden = ScriptedReply.error(403, "DENIED", "access forbidden");
        server.on("GET", "/token.*pull", forbidden);
        ScriptedReply absent = ScriptedReply.error(404, "NAME_UNKNOWN", "repository name not known to registry");
        answer("/v2/acme/.*", absent, absent);
        assertThat(client().head(image("acme/x:1"))).isEmpty();

        server.on("GET", "/token.*", forbidden);
        Failure failure = failure(client(), "1");
        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure)
                .hasMessageContaining("the token service " + server.address() + " refused the credentials given for")
                .hasMessageContaining("access forbidden")
                .hasMessageContaining("create the repository acme/x");
    }

    @Test
    @DisplayName("without the right to push the message says what to do, and what is asked twice is asked so once")
    void notYetThereAndNotForUs() {
        tokens("quay.io");
        ScriptedReply no =
                ScriptedReply.error(401, "UNAUTHORIZED", "access to the requested resource is not authorized");
        answer("/v2/acme/.*", no, no);
        RegistryClient client = client();

        assertThat(catchThrowableOfType(Failure.class, () -> client.findManifest(image("acme/x:1"))))
                .hasMessage("Tried to read the manifest of " + server.address() + "/acme/x:1 but failed because: "
                        + server.address()
                        + " refused the credentials given for " + server.address()
                        + ": 401 (UNAUTHORIZED: access to the requested resource is not authorized); if nothing was pushed"
                        + " there yet, create the repository acme/x at " + server.address()
                        + ", or let this login create it; it needs the right to read and to write");
        long before = server.count("GET", ".*pull%2Cpush");
        assertThat(failure(client, "2").kind()).isEqualTo(Kind.REFUSED);
        assertThat(server.count("GET", ".*pull%2Cpush")).isEqualTo(before);
    }

    @Test
    @DisplayName("a repository that is only read is never asked for with the right to push: quay would make it")
    void readingAsksForNoMore() {
        tokens("quay.io");
        ScriptedReply no = ScriptedReply.error(401, "UNAUTHORIZED", "not authorized");
        answer("/v2/acme/.*", no, no);
        RegistryClient reader = Scripted.client(server)
                .credentials(RegistryCredentials.of(server.address(), "robot", "s3cret"))
                .build();

        assertThat(failure(reader, "1").kind()).isEqualTo(Kind.REFUSED);
        assertThat(server.count("GET", ".*push.*")).isZero();
    }

    /** google/go-containerregistry#1691: a virtual repository with a part that the user may not see. */
    @Test
    @DisplayName("Artifactory answers 403 for a missing tag: the list of tags decides, and is read once")
    void forbiddenInsteadOfMissing() throws Exception {
        answer("/v2/acme/x/manifests/.*", forbidden(), forbidden());
        server.on("HEAD", "/v2/acme/x/manifests/there", Scripted.index());
        server.on("GET", "/v2/acme/x/tags/list.*", ScriptedReply.json(200, "{\"tags\":[\"there\",\"secret\"]}"));
        RegistryClient client = client();

        assertThat(client.head(image("acme/x:there"))).isPresent();
        assertThat(client.head(image("acme/x:1"))).isEmpty();
        assertThat(client.findManifest(image("acme/x:2"))).isEmpty();
        assertThat(failure(client, "secret").kind()).isEqualTo(Kind.REFUSED);
        assertThat(server.count("GET", ".*/tags/list.*")).isEqualTo(1);
    }

    @Test
    @DisplayName("the newest list that was read decides: a tag that was written meanwhile is not missing")
    void forbiddenAfterAPush() throws Exception {
        answer("/v2/acme/x/manifests/.*", forbidden(), forbidden());
        server.on("GET", "/v2/acme/x/tags/list.*", ScriptedReply.json(200, "{\"tags\":[\"there\"]}"));
        RegistryClient client = client();
        assertThat(client.head(image("acme/x:1"))).isEmpty();

        server.on("GET", "/v2/acme/x/tags/list.*", ScriptedReply.json(200, "{\"tags\":[\"there\",\"1\"]}"));
        assertThat(client.tags(image("acme/x:1"), null)).contains("1");
        assertThat(failure(client, "1").kind()).isEqualTo(Kind.REFUSED);
    }

    private static ScriptedReply forbidden() {
        return ScriptedReply.json(403, "{\"errors\":[{\"status\":403,\"message\":\"Forbidden\"}]}");
    }

    @Test
    @DisplayName("where even the list is forbidden, a missing tag is not known to be missing")
    void allForbidden() {
        answer("/v2/acme/x/.*", forbidden(), forbidden());
        assertThat(failure(client(), "1").kind()).isEqualTo(Kind.REFUSED);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("the next page of tags is found by its cursor, however its address is written")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            the specification                          | /v2/acme/x/tags/list?n=100&last=a
            a query alone                              | ?n=100&last=a
            ECR, an opaque cursor                      | https://1.dkr.ecr.us-east-1.amazonaws.com/v2/acme/x/tags/list?last=a&n=100
            ACR                                        | /v2/acme/x/tags/list?last=a&n=100&orderby=
            Nexus, sonatype/nexus-public#1011          | /repository/docker/v2/acme/x/tags/list?n=100&last=a
            Artifactory, renovatebot/renovate#15030    | /v2/x/tags/list?n=100&last=a
            Artifactory, renovatebot/renovate#15080    | http://localhost:8081/artifactory/api/docker/key/v2/x/tags/list?n=100&last=a
            Harbor behind a proxy that ends TLS        | http://core/v2/acme/x/tags/list?n=100&last=a
            """)
    void pagesOfTags(String registry, String link) throws Exception {
        server.on(
                "GET",
                "/v2/acme/x/tags/list\\?n=100",
                ScriptedReply.json(200, "{\"tags\":[\"a\"]}").header("Link", "<" + link + ">; rel=\"next\""));
        server.on("GET", "/v2/acme/x/tags/list\\?.*last=a.*", ScriptedReply.json(200, "{\"tags\":[\"b\"]}"));

        assertThat(client().tags(image("acme/x"), null)).containsExactly("a", "b");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("a list of tags is that of the repository, however much of the name the registry writes")
    @CsvSource({
        "the specification, acme/x",
        "Artifactory behind its key, x",
        "a project before the name, project/acme/x",
        "in capitals, ACME/X",
        "an alias of its own, library/other"
    })
    void nameOfAList(String registry, String name) throws Exception {
        server.on(
                "GET",
                "/v2/acme/x/tags/list.*",
                ScriptedReply.json(200, "{\"name\":\"" + name + "\",\"tags\":[\"a\"]}"));
        assertThat(client().tags(image("acme/x"), null)).containsExactly("a");
    }

    @Test
    @DisplayName("a list of tags that a proxy swapped for that of another repository is asked for again")
    void swappedList() throws Exception {
        server.on("GET", "/v2/acme/x/tags/list.*", ScriptedReply.json(200, "{\"name\":\"acme/x\",\"tags\":[\"a\"]}"));
        server.on(
                "GET",
                "/v2/acme/x/tags/list.*",
                1,
                request -> ScriptedReply.json(200, "{\"name\":\"acme/other\",\"tags\":[\"b\"]}"));
        assertThat(client().tags(image("acme/x"), null)).containsExactly("a");
    }

    /** containers/skopeo#2346. */
    @Test
    @DisplayName("Artifactory lists digests among the tags; what is no tag is passed over")
    void digestsAmongTags() throws Exception {
        server.on(
                "GET",
                "/v2/acme/x/tags/list.*",
                ScriptedReply.json(
                        200, "{\"tags\":[\"a\",\"sha256:" + "0".repeat(64) + "\",null,7,\"sha256__b\",\"b\"]}"));
        assertThat(client().tags(image("acme/x"), null)).containsExactly("a", "sha256__b", "b");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a cursor that is no tag is refused, and all are listed")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            zot, project-zot/zot#1771                     | 404 | NAME_UNKNOWN
            distribution/distribution#3143                | 404 | PAGINATION_NUMBER_INVALID
            """)
    void madeUpCursor(String registry, int status, String code) throws Exception {
        server.on("GET", "/v2/acme/x/tags/list.*last=4.8.0-fc.*", ScriptedReply.error(status, code, "no such tag"));
        server.on("GET", "/v2/acme/x/tags/list\\?n=100", ScriptedReply.json(200, "{\"tags\":[\"4.7\",\"4.9\"]}"));
        assertThat(client().tags(image("acme/x"), "4.8.0-fc")).containsExactly("4.7", "4.9");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("an upload goes on at the host that was asked, wherever its address is said to be")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            the specification                              | /v2/acme/x/blobs/uploads/7?state=s            | /v2/acme/x/blobs/uploads/7\\?state=s&digest=.*
            the singular, oras-project/rust-oci-client#175 | /v2/acme/x/blobs/upload/7                     | /v2/acme/x/blobs/upload/7\\?digest=.*
            Nexus, sonatype/nexus-public#1011              | /repository/docker/v2/acme/x/blobs/uploads/7  | /v2/acme/x/blobs/uploads/7\\?digest=.*
            Artifactory, renovatebot/renovate#15030        | http://inner:8081/v2/x/blobs/uploads/7        | /v2/acme/x/blobs/uploads/7\\?digest=.*
            Artifact Registry, oras-project/rust-oci-client#175 | /artifacts-uploads/namespaces/p/repositories/r/uploads/7 | /artifacts-uploads/namespaces/p/repositories/r/uploads/7\\?digest=.*
            docker-registry behind a proxy that ends TLS   | http://registry/v2/acme/x/blobs/uploads/7?_state=a | /v2/acme/x/blobs/uploads/7\\?_state=a&digest=.*
            """)
    void uploads(String registry, String location, String path) throws Exception {
        server.on("HEAD", "/v2/acme/x/blobs/.*", ScriptedReply.status(404));
        server.on("POST", "/v2/acme/x/blobs/uploads/", ScriptedReply.status(202).header("Location", location));
        server.on("PUT", path, ScriptedReply.status(201));
        server.on(
                "PUT",
                "/v2/acme/x/manifests/.*",
                ScriptedReply.status(201).header("OCI-Subject", index.digest().toString()));

        client().attach(image("acme/x"), index, new Attachment("text/plain", new byte[] {1}, Map.of()));

        assertThat(server.count("PUT", path)).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a tag that may be written once is distinguished from a login that may not write")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            ECR, moby/buildkit#3776                             | 400 | TAG_INVALID  | The image tag '1' already exists in the 'acme/x' repository and cannot be overwritten because the repository is immutable.
            ECR, aws/containers-roadmap#878                     | 400 | TAG_INVALID  | The image tag '1' already exists in the 'acme/x' repository and cannot be overwritten because the tag is immutable.
            Harbor, goharbor/harbor src/server/middleware/immutable/errors.go | 412 | PRECONDITION | Failed to process request due to 'x:1' configured as immutable.
            Docker Hub, docker/hub-feedback#2466                | 403 | DENIED       | requested access to the resource is denied - This tag is already assigned to an image in this repository and cannot be updated due to immutability settings.
            quay, quay/quay endpoints/v2/manifest.py            | 409 | TAG_IMMUTABLE | tag '1' is immutable
            Artifact Registry, cloud.google.com/artifact-registry/docs/docker/troubleshoot (status by the code) | 400 | MANIFEST_INVALID | cannot update tag 1. The repository has enabled tag immutability
            ACR, a locked tag, Azure/acr-cli#70                 | 405 | REGISTRY_DISALLOWED_OPERATION | The operation is disallowed on this registry, repository or image.
            Alibaba, alibabacloud.com/help/doc-detail/186029.htm (status and code assumed) | 400 | TAG_INVALID | The requested tag already exists and cannot be overwritten
            Nexus, redeploy disabled, GoogleContainerTools/jib#3057 | 400 | BLOB_UPLOAD_INVALID | blob upload invalid","detail":"Repository does not allow updating assets: docker
            Nexus, redeploy disabled, since 3.96 (status and words those of its npm) | 409 | UNSUPPORTED  | x/manifests/1 - cannot be updated as asset already exists and redeploy is not allowed
            GitLab, gitlab-org/container-registry registry/handlers/manifests.go | 401 | IMMUTABLE_TAG | the tag cannot be changed","detail":"tag \"1\" is immutable
            Artifactory, no overwrite, pypa/twine tests/test_upload.py (status and words those of its PyPI) | 403 | DENIED | Not enough permissions to delete/overwrite artifact 'docker-local:acme/x/1/manifest.json'(user 'ci' needs DELETE permission).
            """)
    void immutableTags(String registry, int status, String code, String message) {
        server.on("PUT", "/v2/acme/x/manifests/1", ScriptedReply.error(status, code, message));
        Failure failure = catchThrowableOfType(Failure.class, () -> client().putManifest(image("acme/x:1"), index));
        assertThat(failure.kind()).isEqualTo(Kind.IMMUTABLE);
        assertThat(failure.advice())
                .startsWith("tags there cannot be written twice")
                .contains("exempt this repository");
        assertThat(server.count("PUT", ".*")).isEqualTo(1);
    }

    /**
     * At zot a tag that exists is an update, which a login may lack; else it is a create. Artifactory reports how its own
     * write ended, in the detail; its status is assumed.
     */
    @ParameterizedTest(name = "{0}")
    @DisplayName(
            "an update is refused like any other request: a manifest that is taken without its tag shows the reason")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            zot, project-zot/zot pkg/api/authz.go            | 403 | DENIED           | requested access to the resource is denied | REFUSED
            Artifactory, GoogleContainerTools/kaniko#1095    | 400 | MANIFEST_INVALID | manifest invalid","detail":{"description":"HTTP 403 Forbidden"},"x":" | INVALID
            """)
    void createWithoutUpdate(String registry, int status, String code, String message, Kind otherwise) {
        ScriptedReply denied = ScriptedReply.error(status, code, message);
        server.on("PUT", "/v2/acme/x/manifests/.*", denied);
        server.on("PUT", "/v2/acme/x/manifests/sha256.*", ScriptedReply.status(201));
        server.on("HEAD", "/v2/acme/x/manifests/1", Scripted.index());
        server.on("HEAD", "/v2/acme/x/manifests/new", ScriptedReply.error(404, "MANIFEST_UNKNOWN", ""));
        server.on("GET", "/v2/acme/x/manifests/new", ScriptedReply.error(404, "MANIFEST_UNKNOWN", ""));

        assertThat(catchThrowableOfType(Failure.class, () -> client().putManifest(image("acme/x:1"), index))
                        .kind())
                .isEqualTo(Kind.IMMUTABLE);
        assertThat(catchThrowableOfType(Failure.class, () -> client().putManifest(image("acme/x:new"), index))
                        .kind())
                .isEqualTo(otherwise);
        server.on("PUT", "/v2/acme/x/manifests/.*", denied);
        assertThat(catchThrowableOfType(Failure.class, () -> client().putManifest(image("acme/x:1"), index))
                        .kind())
                .as("a login that may write nothing")
                .isEqualTo(otherwise);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("what is protected from deletes is distinguished from a login that may not delete")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            Harbor, goharbor/harbor src/server/middleware/immutable/deletemf.go | 412 | PRECONDITION | Failed to process request due to 'x:1' configured as immutable. | what such a rule protects stays
            quay, quay/quay endpoints/v2/manifest.py | 409 | TAG_IMMUTABLE | tag '1' is immutable | what such a rule protects stays
            GitLab, any image of a repository with such a rule, gitlab-org/container-registry registry/handlers/manifests.go | 401 | PROTECTED_MANIFEST | manifest is protected | what such a rule protects stays
            ACR, a locked image, Azure/acr-cli#70    | 405 | REGISTRY_DISALLOWED_OPERATION | The operation is disallowed on this registry, repository or image. | what such a rule protects stays
            Artifact Registry, GCR, genuinetools/reg#136 | 400 | GOOGLE_MANIFEST_DANGLING_TAG | Manifest is still referenced by tag: cdd65fd | delete its tags first
            """)
    void protectedFromDeletes(String registry, int status, String code, String message, String advice) {
        server.on("DELETE", ".*", ScriptedReply.error(status, code, message));
        Failure failure = catchThrowableOfType(
                Failure.class, () -> client().deleteManifest(image("acme/x").withDigest(index.digest())));
        assertThat(failure.kind()).isEqualTo(Kind.IMMUTABLE);
        assertThat(failure.advice()).contains(advice);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a delete that is not permitted says why")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            docker-registry without storage.delete.enabled | 405 | UNSUPPORTED | The operation is unsupported. | deletes are switched off there, or it is read-only
            Docker Hub, docker/hub-feedback#2360           | 405 | UNSUPPORTED | manifest delete is not supported | deletes are switched off there, or it is read-only
            """)
    void refusedDelete(String registry, int status, String code, String message, String words) {
        server.on("DELETE", ".*", ScriptedReply.error(status, code, message));
        Failure failure = catchThrowableOfType(
                Failure.class, () -> client().deleteManifest(image("acme/x").withDigest(index.digest())));
        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure).hasMessageContaining(words);
    }

    /** quay/quay endpoints/v2/v2auth.py: the scope is a pattern of push, pull and *; anything else is status 400. */
    @Test
    @DisplayName("quay knows no scope 'delete': who may push may delete")
    void deleteAtQuay() throws Exception {
        tokens("quay.io");
        server.on(
                "GET",
                "/token.*delete.*",
                ScriptedReply.json(
                        400,
                        "{\"errors\":[{\"code\":\"INVALID_REQUEST\",\"message\":\"Unable to decode repository and actions\"}]}"));
        server.on(
                "DELETE",
                "/v2/acme/x/manifests/.*",
                request -> ScriptedReply.status("Bearer writer".equals(request.header("Authorization")) ? 202 : 401));

        client().deleteManifest(image("acme/x").withDigest(index.digest()));

        assertThat(server.count("DELETE", ".*")).isEqualTo(1);
    }
}
