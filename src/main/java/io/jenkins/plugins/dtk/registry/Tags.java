package io.jenkins.plugins.dtk.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.http.Response;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.oci.Json;
import io.jenkins.plugins.dtk.text.Quote;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The list of tags of a repository: {@code /v2/<name>/tags/list}, page by page. */
final class Tags {

    /** quay answers 413 when asked for more (google/go-containerregistry issue 1963). */
    private static final int PAGE = 100;

    private static final int MOST_PAGES = 5_000;

    /** Some registries ignore the size of the page and send all at once. */
    private static final int LARGEST_PAGE = 16 * 1024 * 1024;

    private static final Pattern LINK = Pattern.compile("<([^<>]*)>([^<]*)");
    private static final Pattern NEXT = Pattern.compile(";\\s*rel\\s*=\\s*\"?next\"?", Pattern.CASE_INSENSITIVE);

    private final Transport transport;

    Tags(Transport transport) {
        this.transport = transport;
    }

    private record Page(List<String> tags, URI next) {}

    List<String> list(ImageReference repository, String last) throws Failure, InterruptedException {
        RepositoryScope scope = transport.scope(repository, "pull");
        String cursor = last == null ? "" : "&last=" + encode(last);
        URI address = transport.address(scope, "/tags/list?n=" + PAGE + cursor);
        List<String> tags = new ArrayList<>();
        Set<URI> seen = new HashSet<>();
        while (address != null) {
            if (!seen.add(address) || seen.size() > MOST_PAGES) {
                throw new Failure(Kind.INVALID, "its pages do not come to an end");
            }
            Page page = page(scope, address);
            tags.addAll(page.tags());
            address = page.next();
        }
        return tags;
    }

    private Page page(RepositoryScope scope, URI address) throws Failure, InterruptedException {
        return transport.send(scope, Transport.get(address, Map.of()), response -> {
            if (response.status() != 200) {
                throw Refusal.of(response).failure(response);
            }
            JsonNode json = Json.object(response.readAll(LARGEST_PAGE, "the list of tags"), "the list of tags");
            if (!json.path("tags").isArray() && !json.path("tags").isNull()) {
                throw new Failure(Kind.INVALID, "the answer has no list of tags");
            }
            List<String> tags = new ArrayList<>();
            for (JsonNode tag : json.path("tags")) {
                if (!tag.isTextual() || !ImageReference.isTag(tag.textValue())) {
                    throw new Failure(Kind.INVALID, "it lists " + Quote.of(tag.asText()) + ", which is not a tag");
                }
                tags.add(tag.textValue());
            }
            return new Page(tags, next(address, response));
        });
    }

    /** The address of the next page (RFC 8288); quay and others write it relative to the registry. */
    private static URI next(URI address, Response response) throws Failure {
        for (String header : response.headers().allValues("Link")) {
            Matcher link = LINK.matcher(header);
            while (link.find()) {
                if (NEXT.matcher(link.group(2)).find()) {
                    return checked(address, link.group(1));
                }
            }
        }
        return null;
    }

    /** Our authorization goes along, so the next page must be of the same list. */
    private static URI checked(URI address, String target) throws Failure {
        try {
            // Java resolves a query alone against the folder, not against the page.
            String link = target.strip().startsWith("?") ? address.getRawPath() + target.strip() : target.strip();
            URI next = address.resolve(URI.create(link));
            if (address.getRawAuthority().equalsIgnoreCase(next.getRawAuthority())
                    && address.getPath().equals(next.getPath())
                    && address.getScheme().equalsIgnoreCase(next.getScheme())) {
                return next;
            }
            // A registry behind a proxy that ends TLS names itself wrongly, but the query is right.
            if (address.getPath().equals(next.getPath()) && next.getRawQuery() != null) {
                return address.resolve(next.getRawPath() + "?" + next.getRawQuery());
            }
        } catch (IllegalArgumentException e) {
            // Told below, in our own words.
        }
        throw new Failure(Kind.INVALID, "its next page is said to be " + Quote.of(target) + ", which is another list");
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
