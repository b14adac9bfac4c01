package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.library.LibraryTag;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.text.Quote;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a vendor names the images of a driver: a text with placeholders, such as {@code {version}-{kernel}}.
 *
 * <table>
 * <caption>Placeholders</caption>
 * <tr><td>{@code {version}}</td><td>of the driver</td></tr>
 * <tr><td>{@code {kernel}}</td><td>what {@code uname -r} prints, as KMM writes it in a tag: {@code +} as {@code _}</td></tr>
 * <tr><td>{@code {nvr}}</td><td>the same without architecture and flavour</td></tr>
 * <tr><td>{@code {rhel}}</td><td>{@code 9.4}</td></tr>
 * <tr><td>{@code {openshift}}</td><td>{@code 4.16}; a tag for each minor release that ships the kernel</td></tr>
 * <tr><td>{@code {arch}}, {@code {goarch}}</td><td>{@code x86_64}, {@code amd64}</td></tr>
 * <tr><td>{@code {flavour}}</td><td>{@code standard}, {@code rt}, {@code 64k}</td></tr>
 * </table>
 */
public final class TagPattern {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
    private static final String OPENSHIFT = "openshift";
    private static final Set<String> KNOWN =
            Set.of("version", "kernel", "nvr", "rhel", OPENSHIFT, "arch", "goarch", "flavour");

    /** Of a version that is not known. */
    private static final String ANY = "[A-Za-z0-9_.-]+";

    private final String text;

    private TagPattern(String text) {
        this.text = text;
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException when it names no kernel, an unknown placeholder, or can make no tag; one line
     */
    public static TagPattern parse(String text) {
        Matcher placeholders = PLACEHOLDER.matcher(text);
        while (placeholders.find()) {
            if (!KNOWN.contains(placeholders.group(1))) {
                throw invalid(
                        text,
                        placeholders.group() + " is none of {version}, {kernel}, {nvr}, {rhel}, {openshift},"
                                + " {arch}, {goarch}, {flavour}");
            }
        }
        if (!text.contains("{kernel}") && !text.contains("{nvr}")) {
            throw invalid(text, "it has no {kernel}, so all kernels would get one tag");
        }
        if (!ImageReference.isTag(PLACEHOLDER.matcher(text).replaceAll("x"))) {
            throw invalid(text, "a tag has letters, digits, '_', '.' and '-', and does not start with '.' or '-'");
        }
        return new TagPattern(text);
    }

    private static IllegalArgumentException invalid(String text, String why) {
        return new IllegalArgumentException("not a pattern of tags: " + Quote.of(text) + " (" + why + ")");
    }

    /** Whether it needs the driver's version. */
    public boolean needsVersion() {
        return text.contains("{version}");
    }

    /**
     * The tags of an image.
     *
     * @param openshift the minor releases that ship the kernel, such as {@code 4.16}
     * @param values what stands for each other placeholder
     * @throws IllegalArgumentException when one is no tag, as one of more than 128 characters is; one line
     */
    List<String> tags(List<String> openshift, Map<String, String> values) {
        Set<String> tags = new LinkedHashSet<>();
        for (String minor : text.contains("{" + OPENSHIFT + "}") ? openshift : List.of("")) {
            String tag = fill(fill(text, Map.of(OPENSHIFT, minor)), values).replace('+', '_');
            if (!ImageReference.isTag(tag)) {
                throw new IllegalArgumentException(Quote.of(tag)
                        + (tag.length() > 128
                                ? " is no tag: it has " + tag.length() + " characters, and 128 are allowed"
                                : " is no tag"));
            }
            tags.add(tag);
        }
        return List.copyOf(tags);
    }

    /**
     * What a tag says that one of these patterns made, as a tag of a library: all flavours of a kernel belong to the
     * standard one. Nothing when no pattern can have made it, or when it can be read in more than one way.
     *
     * @param version the driver's, which the tag must have; empty: any
     */
    public static Optional<LibraryTag> libraryTag(String tag, Collection<TagPattern> patterns, String version) {
        return DriverTag.parse(tag, patterns, version).map(DriverTag::ofLibrary);
    }

    /** What a tag says that this pattern made, in each way that it can be read: a version may hold anything. */
    Set<DriverTag> parse(String tag, String version) {
        Set<DriverTag> found = new LinkedHashSet<>();
        for (String any :
                version.isEmpty() ? List.of(ANY + "?", ANY) : List.of(Pattern.quote(version.replace('+', '_')))) {
            Matcher matched = expression(any).matcher(tag);
            if (matched.matches()) {
                TagParts.of(matched, version).ifPresent(found::add);
            }
        }
        return found;
    }

    /** Each placeholder is a group of its name; where it stands again, it says the same again. */
    private Pattern expression(String version) {
        StringBuilder expression = new StringBuilder();
        Set<String> seen = new HashSet<>();
        Matcher placeholders = PLACEHOLDER.matcher(text);
        int end = 0;
        while (placeholders.find()) {
            String name = placeholders.group(1);
            expression.append(Pattern.quote(text.substring(end, placeholders.start())));
            String form = name.equals("version") ? version : TagParts.FORMS.get(name);
            expression.append(seen.add(name) ? "(?<" + name + ">" + form + ")" : "\\k<" + name + ">");
            end = placeholders.end();
        }
        return Pattern.compile(expression + Pattern.quote(text.substring(end)));
    }

    /** A text with its placeholders filled; one that has no value stays as it is. */
    public static String fill(String text, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
    }

    @Override
    public String toString() {
        return text;
    }
}
