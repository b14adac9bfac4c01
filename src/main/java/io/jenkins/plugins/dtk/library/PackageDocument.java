package io.jenkins.plugins.dtk.library;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.dtk.text.Quote;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packages of an image as an SPDX 2.3 document in JSON (spdx/spdx-spec, schemas/spdx-schema.json). */
final class PackageDocument {

    static final String TYPE = "application/spdx+json";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** A line of {@code rpm -qa}: name-version-release.architecture. */
    private static final Pattern LINE = Pattern.compile("([A-Za-z0-9._+-]+)-([^-\\s]+-[^-\\s]+)\\.([a-z0-9_]+)");

    /** The keys that rpm trusts are listed like packages, without an architecture. */
    private static final String KEY = "gpg-pubkey-";

    private PackageDocument() {}

    /**
     * Writes one.
     *
     * @param image with its digest
     * @param lines what {@code rpm -qa} prints in the image
     * @throws IllegalArgumentException when a line is something else, or there is none; one line
     */
    static byte[] write(String image, Collection<String> lines, Instant created) {
        ObjectNode document = MAPPER.createObjectNode();
        document.put("spdxVersion", "SPDX-2.3")
                .put("dataLicense", "CC0-1.0")
                .put("SPDXID", "SPDXRef-DOCUMENT")
                .put("name", image)
                .put("documentNamespace", "https://spdx.org/spdxdocs/" + image.replace('@', '/'));
        ObjectNode creation = document.putObject("creationInfo");
        creation.put("created", created.truncatedTo(ChronoUnit.SECONDS).toString());
        creation.putArray("creators").add("Tool: driver-toolkit");
        ArrayNode packages = document.putArray("packages");
        ArrayNode relationships = document.putArray("relationships");
        List<String> sorted = lines.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith(KEY))
                .sorted()
                .distinct()
                .toList();
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("the list of packages is empty: it should be what 'rpm -qa' prints");
        }
        for (int i = 0; i < sorted.size(); i++) {
            String id = "SPDXRef-Package-" + (i + 1);
            describe(packages.addObject().put("SPDXID", id), sorted.get(i));
            relationships
                    .addObject()
                    .put("spdxElementId", "SPDXRef-DOCUMENT")
                    .put("relationshipType", "DESCRIBES")
                    .put("relatedSpdxElement", id);
        }
        try {
            return MAPPER.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    private static void describe(ObjectNode node, String line) {
        Matcher rpm = LINE.matcher(line);
        if (!rpm.matches()) {
            throw new IllegalArgumentException(
                    "not a package: " + Quote.of(line) + "; a line should be as 'rpm -qa' prints it");
        }
        node.put("name", rpm.group(1)).put("versionInfo", rpm.group(2));
        node.put("downloadLocation", "NOASSERTION").put("filesAnalyzed", false);
        node.putArray("externalRefs")
                .addObject()
                .put("referenceCategory", "PACKAGE-MANAGER")
                .put("referenceType", "purl")
                .put(
                        "referenceLocator",
                        "pkg:rpm/" + rpm.group(1).replace("+", "%2B") + "@" + rpm.group(2) + "?arch=" + rpm.group(3));
    }
}
