package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.text.Quote;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A package that rpm has installed.
 *
 * @param name {@code kernel-core}
 * @param epoch a number, or empty where the package has none
 * @param version with its release: {@code 4.18.0-305.el8}
 * @param architecture {@code x86_64}, {@code noarch}
 */
record InstalledPackage(String name, String epoch, String version, String architecture) {

    /** A line of {@code rpm -qa}, name-version-release.architecture, where the version may come with its epoch. */
    private static final Pattern LINE = Pattern.compile(
            "([A-Za-z0-9._+-]{1,200})-(?:([0-9]{1,9}):)?([!-,.-9;-~]{1,100}-[!-,.-9;-~]{1,100})\\.([a-z0-9_]+)");

    private static final Pattern OTHERS = Pattern.compile("[^A-Za-z0-9._~:-]");

    /**
     * Reads a line of {@code rpm -qa}.
     *
     * @throws IllegalArgumentException when it is something else; one line
     */
    static InstalledPackage parse(String line) {
        Matcher rpm = LINE.matcher(line);
        if (!rpm.matches()) {
            throw new IllegalArgumentException(
                    "not a package: " + Quote.of(line) + "; a line should be as 'rpm -qa' prints it");
        }
        String epoch = rpm.group(2) == null || rpm.group(2).matches("0+") ? "" : rpm.group(2);
        return new InstalledPackage(rpm.group(1), epoch, rpm.group(3), rpm.group(4));
    }

    /** The version as rpm compares it. */
    String fullVersion() {
        return epoch.isEmpty() ? version : epoch + ":" + version;
    }

    /**
     * Its canonical package URL, as scanners look it up (package-url/purl-spec, PURL-TYPES: rpm). Qualifiers are sorted.
     *
     * @param distribution what it was built for, or null where that is not known
     */
    String url(Distribution distribution) {
        StringBuilder url = new StringBuilder("pkg:rpm/");
        if (distribution != null) {
            url.append(encoded(distribution.vendor())).append('/');
        }
        url.append(encoded(name)).append('@').append(encoded(version));
        url.append("?arch=").append(encoded(architecture));
        if (distribution != null) {
            url.append("&distro=").append(encoded(distribution.toString()));
        }
        return epoch.isEmpty()
                ? url.toString()
                : url.append("&epoch=").append(epoch).toString();
    }

    /** All but what purl-spec leaves as it is, in percent encoding. */
    private static String encoded(String text) {
        return OTHERS.matcher(text)
                .replaceAll(found -> "%%%02X".formatted((int) found.group().charAt(0)));
    }
}
