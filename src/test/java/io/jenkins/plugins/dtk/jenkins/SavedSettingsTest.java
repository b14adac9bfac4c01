package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.Failure;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A wrong value in the global configuration")
class SavedSettingsTest {

    private static String setter(String field) {
        return "set" + Character.toUpperCase(field.charAt(0)) + field.substring(1);
    }

    @ParameterizedTest(name = "{1}: {2}")
    @DisplayName("is refused when it is saved, with the words of a build that finds it saved before")
    @CsvSource(
            delimiter = '|',
            value = {
                "graphUrl|Update graph|graph.example.com",
                "releaseRepository|Release repository|quay.io/a/b:1",
                "channel|Channel|nightly",
                "baseImage|Base images|ubi:{minor}",
                "plainHttpRegistries|Registries over plain http|https://a.lan",
                "unverifiedTlsRegistries|Registries with unverified TLS|a.lan/b",
                "registryLocations|Registry locations|quay.io",
                "registryMirrors|Registry mirrors|quay.io",
                "trustedCertificates|Trusted certificates|none",
                "rhsmUrl|Subscription service|http://satellite.lan",
                "cacheFolder|Cache folder|var/cache"
            })
    void refused(String name, String title, String wrong) throws Exception {
        DtkConfiguration configuration = DtkConfiguration.get();
        String words = "Manage Jenkins > System > Driver Toolkit, field '" + title + "': ";

        String said = refusal(configuration, name, wrong);
        assertThat(said).startsWith(words).doesNotContain("\n", "Exception");

        Object before = SavedBefore.set(configuration, name, wrong);
        assertThat(before).isNull();
        try {
            assertThat(Stream.<Callable<?>>of(
                                    DtkConfiguration::settings,
                                    () -> DtkConfiguration.saved().rhsmUrl(),
                                    () -> DtkConfiguration.saved().channel(),
                                    () -> DtkConfiguration.saved().baseImages(),
                                    () -> DtkConfiguration.saved().cache())
                            .map(SavedSettingsTest::message))
                    .contains(said);
        } finally {
            SavedBefore.set(configuration, name, before);
        }
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("is refused also where a number is wanted")
    @CsvSource({"many", "-1", "2.5"})
    void number(String wrong) {
        assertThatThrownBy(() -> DtkConfiguration.get().setRequestsPerSecond(wrong))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("Manage Jenkins > System > Driver Toolkit, field 'Requests per second': ");
        assertThat(DtkConfiguration.get().getRequestsPerSecond()).isEqualTo("0");
    }

    private static String refusal(DtkConfiguration configuration, String field, String wrong) throws Exception {
        try {
            Method setter = Stream.of(DtkConfiguration.class.getMethods())
                    .filter(method -> method.getName().equals(setter(field)))
                    .findFirst()
                    .orElseThrow();
            setter.invoke(configuration, setter.getParameterTypes()[0] == List.class ? List.of(wrong) : wrong);
            return "nothing";
        } catch (InvocationTargetException e) {
            assertThat(e.getCause()).isInstanceOf(Failure.class);
            return e.getCause().getMessage();
        }
    }

    private static String message(Callable<?> reading) {
        try {
            return String.valueOf(reading.call());
        } catch (Exception e) {
            return e.getMessage();
        }
    }
}
