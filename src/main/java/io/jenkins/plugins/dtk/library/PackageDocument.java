package io.jenkins.plugins.dtk.library;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;

/** The packages of an image as an SPDX 2.3 document in JSON (spdx/spdx-spec, schemas/spdx-schema.json). */
final class PackageDocument {

    static final String TYPE = "application/spdx+json";

    private static final JsonFactory FACTORY = new JsonFactory();

    /** Packages in one document; the largest images of Red Hat have some 3,000. Each takes about 500 bytes. */
    private static final int MOST = 20_000;

    /** The keys that rpm trusts are listed like packages, without an architecture. */
    private static final String KEY = "gpg-pubkey-";

    private final JsonGenerator json;
    private final Distribution distribution;
    private final List<InstalledPackage> packages;

    private PackageDocument(JsonGenerator json, Distribution distribution, List<InstalledPackage> packages) {
        this.json = json;
        this.distribution = distribution;
        this.packages = packages;
    }

    /**
     * Writes one.
     *
     * @param image with its digest
     * @param lines what {@code rpm -qa} prints in the image, each with its epoch or without; a line {@code #distro=ID-VERSION}
     *     says what they were built for
     * @throws IllegalArgumentException when a line is something else, there is none, or there are more than an image
     *     has; one line
     */
    static byte[] write(String image, Collection<String> lines, Instant created) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(image, lines, created, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("memory can always be written", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads the lines, as {@link #write} does, before an image is asked for.
     *
     * @throws IllegalArgumentException as there
     */
    static void check(Collection<String> lines) {
        packages(lines);
    }

    private static void write(String image, Collection<String> lines, Instant created, OutputStream out)
            throws IOException {
        List<InstalledPackage> packages = packages(lines);
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            new PackageDocument(json, Distribution.of(lines), packages).write(image, created);
        }
    }

    private static List<InstalledPackage> packages(Collection<String> lines) {
        List<InstalledPackage> packages = lines.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith(KEY) && !line.startsWith("#"))
                .sorted()
                .distinct()
                .limit(MOST + 1L)
                .map(InstalledPackage::parse)
                .toList();
        if (packages.isEmpty()) {
            throw new IllegalArgumentException("the list of packages is empty: it should be what 'rpm -qa' prints");
        }
        if (packages.size() > MOST) {
            throw new IllegalArgumentException(
                    "the list has more than " + MOST + " packages, and no image has so many");
        }
        return packages;
    }

    private void write(String image, Instant created) throws IOException {
        json.writeStartObject();
        json.writeStringField("spdxVersion", "SPDX-2.3");
        json.writeStringField("dataLicense", "CC0-1.0");
        json.writeStringField("SPDXID", "SPDXRef-DOCUMENT");
        json.writeStringField("name", image);
        json.writeStringField("documentNamespace", "https://spdx.org/spdxdocs/" + image.replace('@', '/'));
        json.writeObjectFieldStart("creationInfo");
        json.writeStringField("created", created.truncatedTo(ChronoUnit.SECONDS).toString());
        json.writeArrayFieldStart("creators");
        json.writeString("Tool: driver-toolkit");
        json.writeEndArray();
        json.writeEndObject();
        json.writeArrayFieldStart("packages");
        for (int i = 0; i < packages.size(); i++) {
            describe(packages.get(i), id(i));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("relationships");
        for (int i = 0; i < packages.size(); i++) {
            json.writeStartObject();
            json.writeStringField("spdxElementId", "SPDXRef-DOCUMENT");
            json.writeStringField("relationshipType", "DESCRIBES");
            json.writeStringField("relatedSpdxElement", id(i));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String id(int index) {
        return "SPDXRef-Package-" + (index + 1);
    }

    private void describe(InstalledPackage rpm, String id) throws IOException {
        json.writeStartObject();
        json.writeStringField("SPDXID", id);
        json.writeStringField("name", rpm.name());
        json.writeStringField("versionInfo", rpm.fullVersion());
        json.writeStringField("downloadLocation", "NOASSERTION");
        json.writeBooleanField("filesAnalyzed", false);
        json.writeArrayFieldStart("externalRefs");
        json.writeStartObject();
        json.writeStringField("referenceCategory", "PACKAGE-MANAGER");
        json.writeStringField("referenceType", "purl");
        json.writeStringField("referenceLocator", rpm.url(distribution));
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }
}
