package io.jenkins.plugins.dtk.registry;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.http.Response;
import io.jenkins.plugins.dtk.json.JsonDocument;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an answer with an error status says.
 *
 * @param code the registry's own, such as {@code MANIFEST_UNKNOWN}; empty where the body is not a registry's error
 * @param text one line for people, such as {@code 404 (MANIFEST_UNKNOWN: manifest unknown)}
 */
record Refusal(int status, boolean empty, String code, String text) {

    /**
     * Codes with which a registry says that it has no such thing. The first two are of the specification; quay says
     * TAG_EXPIRED for a tag that was deleted (quay/quay endpoints/v2/errors.py) and Harbor NOT_FOUND for anything that
     * it does not have (goharbor/harbor src/lib/errors/const.go).
     */
    private static final Set<String> ABSENT = Set.of("MANIFEST_UNKNOWN", "NAME_UNKNOWN", "TAG_EXPIRED", "NOT_FOUND");

    /**
     * What S3 (Amazon S3 API Reference, "Error responses"), Azure Blob Storage ("Status and error codes") and Google Cloud
     * Storage ("HTTP status and error codes for XML") say.
     */
    private static final List<String> STORAGE_CODES = List.of(
            "AccessDenied",
            "ExpiredToken",
            "SignatureDoesNotMatch",
            "InvalidAccessKeyId",
            "RequestTimeTooSkewed",
            "NoSuchKey",
            "NoSuchBucket",
            "SlowDown",
            "AuthenticationFailed",
            "AuthorizationFailure",
            "BlobNotFound",
            "ContainerNotFound",
            "ServerBusy",
            "InternalError");

    /** Reads the error body of an answer. */
    static Refusal of(Response response) throws Failure, InterruptedException {
        byte[] body = response.readError();
        String status = String.valueOf(response.status());
        String content = new String(body, StandardCharsets.UTF_8);
        if (content.isBlank()) {
            return new Refusal(response.status(), true, "", status);
        }
        if (response.elsewhere()) {
            return new Refusal(response.status(), false, "", status + elsewhere(content));
        }
        try {
            ErrorBody error = JsonDocument.named("the error").parse(body, ErrorBody::parse);
            String code = error.code();
            String text = code.isEmpty()
                    ? error.message()
                    : error.message().isEmpty() ? code : code + ": " + error.message() + error.detail();
            return new Refusal(response.status(), false, code, status + " (" + response.shown(text) + ")");
        } catch (Failure e) {
            String words = content.replaceAll("<[^>]{0,200}>", " ");
            return new Refusal(
                    response.status(),
                    false,
                    "",
                    status + ", not in the form of a registry: \"" + response.shown(words) + "\"");
        }
    }

    /**
     * What may be shown of the words of a host that the registry sent us to: its code alone, if it is one of those that
     * storages have. A registry could send us to any host of our network to read what that says.
     */
    private static String elsewhere(String content) {
        return STORAGE_CODES.stream()
                .filter(content::contains)
                .findFirst()
                .map(code -> " (" + code + ")")
                .orElse("");
    }

    /**
     * How registries say that what is there may not be changed: ECR (moby/buildkit#3776), Harbor (goharbor/harbor
     * src/server/middleware/immutable), Docker Hub (docker/hub-feedback#2466), quay (quay/quay endpoints/v2/manifest.py),
     * Artifact Registry (cloud.google.com/artifact-registry/docs/docker/troubleshoot), ACR for what is locked
     * (Azure/acr-cli#70), Nexus where a redeploy is disabled (GoogleContainerTools/jib#3057), Artifactory where the login
     * may not overwrite.
     */
    private static final Pattern IMMUTABLE = Pattern.compile(
            "immutab|cannot be overwritten|does not allow updating|redeploy is not allowed|to delete/overwrite"
                    + "|tag .{1,150} already exists|disallowed on this registry, repository or image",
            Pattern.CASE_INSENSITIVE);

    /**
     * With status 401 only GitLab says it: for an immutable tag, and for every delete by digest in a repository with such
     * rules (gitlab-org/container-registry registry/handlers/manifests.go, validateTagImmutability and
     * validateManifestDeleteRestriction; the codes by the names of their variables).
     */
    private static final Pattern IMMUTABLE_BY_LOGIN =
            Pattern.compile("tag .{1,150} is immutable|IMMUTABLE_TAG|PROTECTED_MANIFEST");

    /** Whether it is about something that may not be changed: a tag that may not be written again, a locked image. */
    boolean isImmutable() {
        if (status == 401) {
            return IMMUTABLE_BY_LOGIN.matcher(text).find();
        }
        return status / 100 == 4
                && status != 404
                && status != 429
                && IMMUTABLE.matcher(text).find();
    }

    /** Whether the registry itself says that it has no such thing; a proxy's page with status 404 does not. */
    boolean isAbsence() {
        return status == 404 && (empty || ABSENT.contains(code));
    }

    /** This refusal as a failure, for the statuses that no caller treats on its own. */
    Failure failure(Response response) {
        String who = response.address().getRawAuthority();
        if (isAbsence() && !response.elsewhere()) {
            return new Failure(Kind.ABSENT, who + " has no such image: " + text);
        }
        if (isImmutable()) {
            return new Failure(Kind.IMMUTABLE, who + " answered " + text);
        }
        Kind kind = status == 401 || status == 403 || status == 405
                ? Kind.REFUSED
                : status == 429 ? Kind.LIMITED : response.isPassing() ? Kind.UNREACHABLE : Kind.INVALID;
        String what = status == 429 ? " answered that there are too many requests: " : " answered ";
        return new Failure(kind, who + what + text);
    }
}
