package io.jenkins.plugins.dtk.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.jenkins.plugins.dtk.json.JsonTree;
import io.jenkins.plugins.dtk.text.Quote;
import java.util.List;
import java.util.Map;

/**
 * Reads the tables {@code [[registry]]} and {@code [[registry.mirror]]} of a registries.conf of version 2
 * (containers/image docs/containers-registries.conf.5.md), which is TOML. What else it holds is passed over.
 */
final class RegistriesConf {

    private static final TomlMapper MAPPER = new TomlMapper();

    private final MirrorSettings settings;

    private RegistriesConf(MirrorSettings settings) {
        this.settings = settings;
    }

    static void addTo(String text, MirrorSettings settings) {
        Map<?, ?> conf;
        try {
            conf = MAPPER.readValue(text, Map.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("is not usable TOML" + JsonTree.position(e));
        }
        if (conf.containsKey("registries")) {
            throw new IllegalArgumentException(
                    "is of version 1 ([registries...]); write it with [[registry]], as podman and cri-o need it too");
        }
        RegistriesConf reader = new RegistriesConf(settings);
        tables(conf, "registry").forEach(reader::enter);
    }

    private void enter(Map<?, ?> registry) {
        String location = text(registry, "location");
        String prefix = text(registry, "prefix").isEmpty() ? location : text(registry, "prefix");
        if (prefix.isEmpty()) {
            settings.note("a [[registry]] without prefix and location is passed over");
            return;
        }
        String pull = is(registry, "mirror-by-digest-only") ? "digest-only" : "all";
        tables(registry, "mirror").forEach(mirror -> enter(prefix, mirror, pull));
        if (is(registry, "blocked")) {
            settings.block(prefix);
        } else if (!location.isEmpty()) {
            settings.location(prefix, location);
        }
        insecure(registry, location.isEmpty() ? prefix : location);
    }

    private void enter(String prefix, Map<?, ?> mirror, String pullOfAll) {
        String place = text(mirror, "location");
        if (place.isEmpty()) {
            settings.note("a mirror of " + Quote.of(prefix) + " without a location is passed over");
            return;
        }
        String own = text(mirror, "pull-from-mirror");
        String pull = own.isEmpty() ? pullOfAll : own;
        settings.mirror(prefix, pull.equals("all") ? "" : pull + " ", place);
        insecure(mirror, place);
    }

    private void insecure(Map<?, ?> from, String place) {
        if (is(from, "insecure")) {
            settings.unverified(place);
            settings.note("insecure = true of " + Quote.of(place)
                    + ": its certificate is not verified; where it speaks plain http, name it as such");
        }
    }

    private static List<Map<?, ?>> tables(Map<?, ?> from, String key) {
        return from.get(key) instanceof List<?> list
                ? list.stream()
                        .filter(Map.class::isInstance)
                        .<Map<?, ?>>map(Map.class::cast)
                        .toList()
                : List.of();
    }

    private static String text(Map<?, ?> from, String key) {
        return from.get(key) instanceof String text ? text : "";
    }

    private static boolean is(Map<?, ?> from, String key) {
        return Boolean.TRUE.equals(from.get(key));
    }
}
