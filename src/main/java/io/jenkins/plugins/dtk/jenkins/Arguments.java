package io.jenkins.plugins.dtk.jenkins;

import hudson.AbortException;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.release.ReleaseRange;
import io.jenkins.plugins.dtk.text.CommaList;
import io.jenkins.plugins.dtk.text.Quote;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Reads the arguments of steps. What is wrong with one is said in one place, and so in the same words in a form and in
 * the log.
 */
final class Arguments {

    private Arguments() {}

    /** Reads arguments while a pipeline runs: what is wrong ends the step with one line. */
    static <T> T checked(String step, Supplier<T> arguments) throws AbortException {
        try {
            return arguments.get();
        } catch (IllegalArgumentException e) {
            throw new AbortException(step + ": " + e.getMessage());
        }
    }

    /** Reads a field of a form. What is left empty is fine: it has a default, or is filled in later. */
    static FormValidation check(String value, Runnable reading) {
        if (Util.fixEmptyAndTrim(value) == null) {
            return FormValidation.ok();
        }
        try {
            reading.run();
            return FormValidation.ok();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** A whole number of a form; what is left empty is 0. */
    static int wholeNumber(String parameter, String value) {
        try {
            return value.isBlank() ? 0 : Integer.parseInt(value.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + parameter + "' is '" + value + "', which is no whole number", e);
        }
    }

    /** A repository without tag and digest. */
    static ImageReference repository(String image) {
        if (image == null || image.isBlank()) {
            throw new IllegalArgumentException("'image' is missing; name the library's repository, HOST/REPO");
        }
        return repository("image", image);
    }

    /** The repository that a parameter names, without tag and digest. */
    static ImageReference repository(String parameter, String image) {
        ImageReference reference;
        try {
            reference = ImageReference.parse(image.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + parameter + "' is " + e.getMessage(), e);
        }
        if (reference.tag() != null || reference.digest() != null) {
            throw new IllegalArgumentException("'" + parameter + "' is '" + image
                    + "', with a tag or digest; name the repository alone, HOST/REPO");
        }
        return reference;
    }

    /** One of some words; null is fine. */
    static void oneOf(String parameter, String value, List<String> words) {
        if (value != null && !words.contains(value)) {
            String all = String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.get(words.size() - 1);
            throw new IllegalArgumentException("'" + parameter + "' is '" + value + "'; use " + all);
        }
    }

    /**
     * The items of a list: a list, of which each item may be a comma list, or one text of them; null and a blank text
     * mean none. An empty item stays, so that who reads it refuses it: a setter of a step cannot report one in a line.
     */
    static List<String> items(Object list) {
        if (list == null || list instanceof CharSequence text && text.toString().isBlank()) {
            return List.of();
        }
        Collection<?> items = list instanceof Collection<?> many ? many : List.of(list);
        return items.stream()
                .flatMap(item -> CommaList.parts(String.valueOf(item)).stream())
                .toList();
    }

    /** A map as lines NAME=VALUE, as a form has it; null for none. */
    static String lines(Object map) {
        if (map instanceof Map<?, ?> entries) {
            return entries.isEmpty()
                    ? null
                    : entries.entrySet().stream()
                            .map(entry -> entry.getKey() + "=" + entry.getValue())
                            .collect(Collectors.joining("\n"));
        }
        return map == null ? null : Util.fixEmptyAndTrim(String.valueOf(map));
    }

    /**
     * Lines NAME=VALUE as a map, in their order.
     *
     * @throws IllegalArgumentException when a line is none; one line
     */
    static Map<String, String> pairs(String parameter, String lines) {
        Map<String, String> pairs = new LinkedHashMap<>();
        (lines == null ? "" : lines).lines().filter(line -> !line.isBlank()).forEach(line -> {
            int at = line.indexOf('=');
            if (at <= 0 || line.substring(0, at).isBlank()) {
                throw new IllegalArgumentException(
                        "'" + parameter + "' has the line " + Quote.of(line) + "; give a map, or lines NAME=VALUE");
            }
            pairs.put(line.substring(0, at).strip(), line.substring(at + 1).strip());
        });
        return pairs;
    }

    /** The wanted releases; null means the usual ones. */
    static ReleaseRange releases(String range) {
        return ReleaseRange.parse(range == null ? MatrixRequest.DEFAULT_RELEASES : range);
    }
}
