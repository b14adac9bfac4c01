package io.jenkins.plugins.dtk.registry;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.http.Response;
import io.jenkins.plugins.dtk.json.JsonCursor;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.text.Quote;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
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

    /** Ten times as many as the largest repositories of releases have. */
    private static final int MOST_TAGS = 200_000;

    /** By the specification. */
    private static final int LONGEST_TAG = 128;

    private static final int LONGEST_NAME = 512;

    private static final Pattern LINK = Pattern.compile("<([^<>]*)>([^<]*)");
    private static final Pattern NEXT = Pattern.compile(";\\s*rel\\s*=\\s*\"?next\"?", Pattern.CASE_INSENSITIVE);

    private final Transport transport;

    Tags(Transport transport) {
        this.transport = transport;
    }

    /**
     * A page.
     *
     * @param name of the repository, as the registry writes it; null where it writes none
     */
    private record Page(String name, List<String> tags, URI next) {

        /** Whether it may be of a repository: a registry behind a path writes more or less of the name than we do. */
        boolean isOf(String repository) {
            String own = "/" + (name == null ? repository : name).toLowerCase(Locale.ROOT);
            String asked = "/" + repository;
            return own.endsWith(asked) || asked.endsWith(own);
        }
    }

    /**
     * Those behind {@code last}, or all. zot answers 404 to a {@code last} that is no tag (project-zot/zot#1771), and so
     * do others (distribution/distribution#3143).
     */
    List<String> list(RepositoryScope scope, String last) throws Failure, InterruptedException {
        if (last == null) {
            return listFrom(scope, "");
        }
        try {
            return listFrom(scope, "&last=" + encode(last));
        } catch (Failure e) {
            if (e.kind() != Kind.ABSENT && e.kind() != Kind.INVALID) {
                throw e;
            }
            return listFrom(scope, "");
        }
    }

    private List<String> listFrom(RepositoryScope scope, String cursor) throws Failure, InterruptedException {
        URI address = transport.address(scope, "/tags/list?n=" + PAGE + cursor);
        List<String> tags = new ArrayList<>();
        Set<URI> seen = new HashSet<>();
        while (address != null) {
            if (!seen.add(address) || seen.size() > MOST_PAGES) {
                throw new Failure(Kind.INVALID, "its pages do not come to an end");
            }
            Page page = pageOf(scope, address);
            tags.addAll(page.tags());
            if (tags.size() > MOST_TAGS) {
                throw tooMany();
            }
            address = page.next();
        }
        return tags;
    }

    /**
     * One that is of another repository is asked for again, because a proxy may mix up answers; a registry that calls the
     * repository so does it twice.
     */
    private Page pageOf(RepositoryScope scope, URI address) throws Failure, InterruptedException {
        Page first = page(scope, address);
        if (first.isOf(scope.place().repository())) {
            return first;
        }
        Page second = page(scope, address);
        if (second.isOf(scope.place().repository()) || second.name().equals(first.name())) {
            return second;
        }
        throw new Failure(
                Kind.INVALID,
                "asked twice, the registry answered with the tags of " + Quote.of(first.name()) + " and of "
                        + Quote.of(second.name()));
    }

    private Page page(RepositoryScope scope, URI address) throws Failure, InterruptedException {
        return transport.send(scope, Transport.get(address, Map.of()), response -> {
            if (response.status() != 200) {
                throw Refusal.of(response).failure(response);
            }
            return DocumentBody.parse(
                    response, LARGEST_PAGE, "the list of tags", root -> parse(root, next(address, response)));
        });
    }

    /** Registries write {@code null} for an empty list. */
    private static Page parse(JsonCursor root, URI next) throws IOException {
        String[] repository = {null};
        List<List<String>> found = new ArrayList<>();
        root.fields((name, value) -> {
            if (name.equals("name") && value.isText()) {
                repository[0] = value.shortText(LONGEST_NAME);
            } else if (name.equals("tags") && value.isList()) {
                List<String> tags = new ArrayList<>();
                value.elements(tag -> add(tag, tags));
                found.add(tags);
            } else if (name.equals("tags") && value.isNull()) {
                found.add(List.of());
            }
        });
        if (found.isEmpty()) {
            throw new Failure(Kind.INVALID, "the answer has no list of tags");
        }
        return new Page(repository[0], found.get(0), next);
    }

    /** Artifactory lists digests too (containers/skopeo#2346): what is no tag cannot be asked for. */
    private static void add(JsonCursor tag, List<String> tags) throws IOException {
        String text = tag.isText() ? tag.shortText(LONGEST_TAG) : null;
        if (text != null && ImageReference.isTag(text)) {
            if (tags.size() == MOST_TAGS) {
                throw tooMany();
            }
            tags.add(text);
        }
    }

    private static Failure tooMany() {
        return new Failure(Kind.INVALID, "it has more than " + MOST_TAGS + " tags");
    }

    /** The address of the next page (RFC 8288); quay and others write it relative to the registry. */
    private static URI next(URI address, Response response) throws Failure {
        for (String header : response.headers().allValues("Link")) {
            Matcher link = LINK.matcher(header);
            while (link.find()) {
                if (NEXT.matcher(link.group(2)).find()) {
                    return checked(address, link.group(1), response);
                }
            }
        }
        return null;
    }

    /**
     * The same list with the cursor of the link. What stands before it is often wrong: a registry behind a proxy does not
     * know its own name, Nexus names its path below {@code /repository/} (sonatype/nexus-public#1011), Artifactory leaves
     * out the key of the repository (renovatebot/renovate#15030).
     */
    private static URI checked(URI address, String target, Response response) throws Failure {
        try {
            String query = URI.create(target.strip()).getRawQuery();
            if (query != null && !query.isEmpty()) {
                return address.resolve(address.getRawPath() + "?" + query);
            }
        } catch (IllegalArgumentException e) {
            // Reported below, in our own words.
        }
        throw new Failure(
                Kind.INVALID, "its next page is said to be " + response.quoted(target) + ", which names no page");
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
