package io.jenkins.plugins.dtk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes in a form: what stands under the field, which for a step is what the log of a build says. */
public interface FieldMistakes extends PipelineDriver {

    /**
     * What stands under a field, empty when all is well.
     *
     * @param form the simple name of the class that the form describes
     * @param typed into the field as {@code value}, and into others that the check reads
     */
    String underTheField(String form, String field, Map<String, String> typed) throws Exception;

    private String underTheField(String form, String field, String typed) throws Exception {
        Map<String, String> values = new TreeMap<>(Map.of("value", "", "rhsmOrgId", ""));
        for (String value : typed.split("&")) {
            values.put(value.replaceFirst("=.*", ""), value.replaceFirst("^\\w+=", ""));
        }
        return underTheField(form, field, values);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(
            delimiter = '|',
            useHeadersInDisplayName = true,
            textBlock =
                    """
            step         | field               | typed                      | pipeline
            dtkMatrix    | releases            | value=newest               | dtkMatrix(releases: 'newest')
            dtkMatrix    | releases            | value=4.x                  | dtkMatrix(releases: '4.x')
            dtkMatrix    | image               | value=quay.io/a/b:1        | dtkMatrix(image: 'quay.io/a/b:1')
            dtkMatrix    | baseImage           | value=ubi:{minor}          | dtkMatrix(baseImage: 'ubi:{minor}')
            dtkMatrix    | baseImage           | value=quay.io/ubi{minor}   | dtkMatrix(baseImage: 'quay.io/ubi{minor}')
            dtkVerify    | releases            | value=newest               | dtkVerify(releases: 'newest')
            dtkVerify    | releases            | value=4.x                  | dtkVerify(releases: '4.x')
            dtkVerify    | image               | value=quay.io/a/b:1        | dtkVerify(image: 'quay.io/a/b:1')
            dtkTagExists | image               | value=Quay.io/A            | dtkTagExists(image: 'Quay.io/A', tag: '1')
            dtkTagExists | tag                 | value=a b                  | dtkTagExists(image: 'quay.io/a/b', tag: 'a b')
            dtkTagExists | platforms           | value=linux                | dtkTagExists(image: 'quay.io/a/b', tag: '1', platforms: ['linux'])
            dtkTagExists | baseDigest          | value=sha256:1             | dtkTagExists(image: 'quay.io/a/b', tag: '1', baseDigest: 'sha256:1')
            dtkBuild     | matrix              | value=none                 | dtkBuild(matrix: 'none', image: 'quay.io/a/b') { }
            dtkBuild     | image               | value=quay.io/a/b:1        | dtkBuild(matrix: '{"versions":[]}', image: 'quay.io/a/b:1') { }
            dtkBuild     | image               | value=acme/dtk             | dtkBuild(matrix: '{"versions":[]}', image: 'acme/dtk') { }
            dtkBuild     | limit               | value=-3                   | dtkBuild(matrix: '{"versions":[]}', image: 'quay.io/a/b', limit: -3) { }
            dtkBuild     | rhsmActivationKeyId | value=key                  | dtkBuild(matrix: '{"versions":[]}', image: 'quay.io/a/b', rhsmActivationKeyId: 'key') { }
            dtkBuild     | rhsmActivationKeyId | rhsmOrgId=org              | dtkBuild(matrix: '{"versions":[]}', image: 'quay.io/a/b', rhsmOrgId: 'org') { }
            """)
    default void theFieldSaysWhatTheLogSays(String step, String field, String typed, String pipeline) throws Exception {
        String form = Character.toUpperCase(step.charAt(0)) + step.substring(1) + "Step";
        String underTheField = underTheField(form, field, typed);
        Ran run = ended(pipeline);

        assertThat(run.result()).as(run.log()).isEqualTo("FAILURE");
        assertThat(underTheField).isNotEmpty().hasLineCount(1);
        assertThat(run.error()).isEqualTo("ERROR: " + step + ": " + underTheField);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            graphUrl              | graph.example.com | graph
            releaseRepository     | quay.io/a/b:1     | not a repository of releases
            baseImage             | ubi:{minor}       | {minor}
            requestsPerSecond     | many              | no whole number
            requestsPerSecond     | -5                | requests per second: -5
            plainHttpRegistries   | https://a.lan     | not a registry
            unverifiedTlsRegistries | a.lan/b         | not a registry
            registryLocations     | quay.io           | PREFIX=PLACE
            registryMirrors       | quay.io           | PREFIX=PLACE
            trustedCertificates   | none              | PEM
            cacheFolder           | var/cache         | not an absolute path
            """)
    default void aMistakeInTheGlobalConfigurationStandsUnderItsField(String field, String typed, String says)
            throws Exception {
        assertThat(underTheField("DtkConfiguration", field, "value=" + typed))
                .contains(says)
                .hasLineCount(1);
        assertThat(underTheField("DtkConfiguration", field, "value=")).isEmpty();
    }
}
