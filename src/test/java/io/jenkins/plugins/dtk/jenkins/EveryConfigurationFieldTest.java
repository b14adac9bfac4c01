package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kohsuke.stapler.DataBoundSetter;

@DisplayName("Every field of the global configuration")
class EveryConfigurationFieldTest {

    /** A value for each, which is not the default. */
    private static final Map<String, Object> VALUES = new TreeMap<>(Map.ofEntries(
            Map.entry("GraphUrl", "https://graph.lab/graph"),
            Map.entry("ReleaseRepository", "quay.lab/releases"),
            Map.entry("Channel", "stable"),
            Map.entry("BaseImage", "registry.lab/ubi{major}:{rhel}"),
            Map.entry("PlainHttpRegistries", List.of("localhost:5000")),
            Map.entry("UnverifiedTlsRegistries", List.of("quay.lab")),
            Map.entry("RegistryLocations", List.of("quay.io=quay.lab")),
            Map.entry("RegistryMirrors", List.of("quay.io=mirror.lab")),
            Map.entry("RequestsPerSecond", "7"),
            Map.entry("RhsmUrl", "https://satellite.lan/rhsm"),
            Map.entry("CacheFolder", "/var/cache/dtk-of-a-test")));

    private static Stream<Method> setters() {
        return Arrays.stream(DtkConfiguration.class.getMethods())
                .filter(method -> method.isAnnotationPresent(DataBoundSetter.class));
    }

    private static String name(Method setter) {
        return setter.getName().substring("set".length());
    }

    @Test
    @DisplayName("is in this table, but for certificates, which the tests of TLS use")
    void complete() {
        assertThat(setters().map(EveryConfigurationFieldTest::name))
                .filteredOn(name -> !name.equals("TrustedCertificates"))
                .containsExactlyInAnyOrderElementsOf(VALUES.keySet());
    }

    static Stream<String> fields() {
        return VALUES.keySet().stream();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("has one effect on what the steps work with, and its getter returns it")
    @MethodSource("fields")
    void hasAnEffect(String field) throws Exception {
        DtkConfiguration configuration = DtkConfiguration.get();
        Method setter = setters()
                .filter(method -> name(method).equals(field))
                .findFirst()
                .orElseThrow();
        Method getter = DtkConfiguration.class.getMethod("get" + field);
        Object before = getter.invoke(configuration);
        List<String> without = effects();
        try {
            setter.invoke(configuration, VALUES.get(field));

            assertThat(getter.invoke(configuration)).isEqualTo(VALUES.get(field));
            List<String> with = effects();
            assertThat(Stream.iterate(0, i -> i + 1).limit(with.size()).filter(i -> !with.get(i)
                            .equals(without.get(i))))
                    .as("changed of %s", with)
                    .hasSize(1);
        } finally {
            setter.invoke(configuration, before);
        }
    }

    private static List<String> effects() {
        return List.of(
                effect(() -> DtkConfiguration.settings().sources()),
                effect(() -> DtkConfiguration.settings().plainHttp()),
                effect(() -> DtkConfiguration.settings().unverifiedTls()),
                effect(() -> DtkConfiguration.settings().locations()),
                effect(() -> DtkConfiguration.settings().mirrors()),
                effect(() -> DtkConfiguration.settings().requestsPerSecond()),
                effect(() -> DtkConfiguration.saved().rhsmVariables()),
                effect(() -> new DtkMatrixStep().request().baseImages()),
                effect(() -> new DtkMatrixStep().request().channel()),
                effect(() -> DtkConfiguration.saved().cachePath()));
    }

    private static String effect(Callable<?> value) {
        try {
            return value.call().toString();
        } catch (Exception e) {
            return e.toString();
        }
    }
}
