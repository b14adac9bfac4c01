package io.jenkins.plugins.dtk.plan;

import io.jenkins.plugins.dtk.http.Certificates;
import io.jenkins.plugins.dtk.oci.ImageReference;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How the registries of one branch are reached, as its variables. */
final class Reach {

    private Reach() {}

    /**
     * The variables.
     *
     * @param images all that the branch pulls and pushes
     * @param mirrors where what the image is built on is looked for first
     */
    static Map<String, String> of(Places places, Collection<ImageReference> images, List<ImageReference> mirrors) {
        Set<String> registries = new LinkedHashSet<>();
        images.forEach(image -> registries.add(image.registry()));
        mirrors.forEach(mirror -> registries.add(mirror.registry()));
        Map<String, String> variables = new LinkedHashMap<>();
        Map<String, String> others = new LinkedHashMap<>();
        others.put(
                "DTK_BASE_MIRRORS",
                String.join(" ", mirrors.stream().map(Object::toString).toList()));
        others.put("DTK_UNVERIFIED_TLS", listed(registries, places::isUnverifiedTls));
        others.values().removeIf(String::isEmpty);
        variables.put("DTK_PLAIN_HTTP", listed(registries, places::isPlainHttp));
        variables.putAll(others);
        variables.putAll(LongVariable.of("DTK_CERTIFICATES", certificates(places, registries)));
        return variables;
    }

    private static String listed(Set<String> registries, Predicate<String> wanted) {
        return registries.stream().filter(wanted).collect(Collectors.joining(" "));
    }

    /** The trusted certificates in the form of the global configuration, without those of other registries. */
    private static String certificates(Places places, Set<String> registries) {
        StringBuilder text = new StringBuilder();
        Certificates.parse(places.trustedCertificates()).byHost().forEach((host, pem) -> {
            if (host.isEmpty()) {
                text.insert(0, pem);
            } else if (registries.stream().anyMatch(host::equalsIgnoreCase)) {
                text.append('[').append(host).append("]\n").append(pem);
            }
        });
        return text.toString();
    }
}
