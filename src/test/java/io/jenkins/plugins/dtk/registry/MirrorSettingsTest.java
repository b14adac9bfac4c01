package io.jenkins.plugins.dtk.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import io.jenkins.plugins.dtk.testing.ScriptedServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The mirrors that a site has")
class MirrorSettingsTest {

    private static final String DIGEST = "@sha256:" + "a".repeat(64);

    private static List<String> places(MirrorSettings settings, String image) {
        return new Mirrors(settings.mirrors())
                .of(ImageReference.parse(image)).stream()
                        .map(ImageReference::toString)
                        .toList();
    }

    @Test
    @DisplayName("are read from a registries.conf")
    void registriesConf() {
        MirrorSettings settings = MirrorSettings.parse(
                """
                # made by the machine-config-operator
                unqualified-search-registries = ["registry.access.redhat.com",
                    "docker.io"]
                short-name-mode = ""

                [[registry]]
                  prefix = ""
                  location = "quay.io/openshift-release-dev/ocp-release"

                  [[registry.mirror]]
                    location = "mirror.lan:5000/ocp/release" # the first
                    pull-from-mirror = "digest-only"

                  [[registry.mirror]]
                    location = 'backup.lan/ocp'
                    insecure = true

                [[registry]]
                prefix = "*.redhat.io"
                blocked = true
                mirror-by-digest-only = true
                [[registry.mirror]]
                location = "mirror.lan:5000/redhat"

                [[registry]]
                prefix = "one.example.com"
                mirror = [{location = "mirror.lan/one", pull-from-mirror = "tag-only"}]

                [[registry]]
                prefix = "old.example.com/acme"
                location = "new.example.com/acme"

                [aliases]
                  "ubi9" = "registry.access.redhat.com/ubi9"
                """
                        .replace("  prefix = \"\"\n", ""),
                "'registries.conf'");

        String release = "quay.io/openshift-release-dev/ocp-release";
        assertThat(places(settings, release + DIGEST))
                .containsExactly("mirror.lan:5000/ocp/release" + DIGEST, "backup.lan/ocp" + DIGEST);
        assertThat(places(settings, release + ":4.16.20-x86_64")).containsExactly("backup.lan/ocp:4.16.20-x86_64");
        assertThat(places(settings, "registry.redhat.io/ubi9/ubi" + DIGEST))
                .containsExactly("mirror.lan:5000/redhat/ubi9/ubi" + DIGEST);
        assertThat(places(settings, "registry.redhat.io/ubi9/ubi:1")).isEmpty();
        assertThat(new Mirrors(settings.mirrors()).isBlocked(ImageReference.parse("registry.redhat.io/ubi9/ubi:1")))
                .isTrue();
        assertThat(places(settings, "one.example.com/a:1")).containsExactly("mirror.lan/one/a:1");
        assertThat(settings.locations()).isEqualTo(Map.of("old.example.com/acme", "new.example.com/acme"));
        assertThat(settings.unverified()).containsExactly("backup.lan");
        assertThat(settings.notes())
                .containsExactly("insecure = true of 'backup.lan/ocp': its certificate is not verified; where it speaks"
                        + " plain http, name it as such");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("are read from OpenShift's objects")
    @CsvSource({
        "ImageDigestMirrorSet, imageDigestMirrors, true",
        "ImageTagMirrorSet, imageTagMirrors, false",
        "ImageContentSourcePolicy, repositoryDigestMirrors, true"
    })
    void objects(String kind, String field, boolean byDigest) {
        String yaml =
                """
                ---
                apiVersion: config.openshift.io/v1
                kind: KIND
                metadata:
                  annotations:
                    note: "a text: with a colon # and a mark"
                    long: |
                      several
                      lines: of text
                  name: idms-release-0
                spec:
                  FIELD:
                  - mirrors:
                    - mirror.lan:5000/ocp/release
                    - backup.lan/ocp   # later
                    source: quay.io/openshift-release-dev/ocp-release
                    mirrorSourcePolicy: NeverContactSource
                  - source: "registry.redhat.io"
                    mirrors: ["mirror.lan:5000/redhat"]
                status: {}
                """
                        .replace("KIND", kind)
                        .replace("FIELD", field);
        MirrorSettings settings = MirrorSettings.parse(yaml, "'idms.yaml'");

        String release = "quay.io/openshift-release-dev/ocp-release";
        List<String> found = places(settings, release + (byDigest ? DIGEST : ":1"));
        assertThat(found).hasSize(2);
        assertThat(found.get(0)).startsWith("mirror.lan:5000/ocp/release");
        assertThat(places(settings, release + (byDigest ? ":1" : DIGEST))).isEmpty();
        assertThat(places(settings, "registry.redhat.io/ubi9" + (byDigest ? DIGEST : ":1")))
                .hasSize(1);
        assertThat(new Mirrors(settings.mirrors()).isBlocked(ImageReference.parse(release + ":1")))
                .isTrue();
        assertThat(settings.notes()).isEmpty();
    }

    @Test
    @DisplayName("are read from lists, from JSON, and from several objects in one file")
    void lists() {
        String list =
                """
                apiVersion: v1
                items:
                - apiVersion: config.openshift.io/v1
                  kind: ImageDigestMirrorSet
                  spec:
                    imageDigestMirrors:
                      - source: quay.io/a
                        mirrors:
                          - mirror.lan/a
                - apiVersion: v1
                  kind: ConfigMap
                kind: List
                ---
                kind: ImageTagMirrorSet
                spec:
                  imageTagMirrors:
                  - {source: quay.io/b, mirrors: [mirror.lan/b]}
                """;
        MirrorSettings yaml = MirrorSettings.parse(list, "'all.yaml'");
        assertThat(yaml.mirrors())
                .isEqualTo(Map.of(
                        "quay.io/a",
                        List.of("digest-only mirror.lan/a"),
                        "quay.io/b",
                        List.of("tag-only mirror.lan/b")));
        assertThat(yaml.notes())
                .containsExactly("an object of the kind 'ConfigMap' names no mirrors and is passed over");
        MirrorSettings json = MirrorSettings.parse(
                "{\"kind\":\"List\",\"items\":[{\"kind\":\"ImageContentSourcePolicy\",\"spec\":{\"repositoryDigestMirrors\":"
                        + "[{\"source\":\"quay.io/a\",\"mirrors\":[\"mirror.lan/a\"]}]}}]}",
                "'all.json'");
        assertThat(json.mirrors()).isEqualTo(Map.of("quay.io/a", List.of("digest-only mirror.lan/a")));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("that cannot be followed are named")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            a short name       | [[registry]]%nprefix = "ubi9"%n[[registry.mirror]]%nlocation = "mirror.lan/ubi9" | 'ubi9' is not HOST[:PORT][/PATH]
            one image          | [[registry]]%nprefix = "quay.io/a:1"%n[[registry.mirror]]%nlocation = "mirror.lan/a" | 'quay.io/a:1' names one image
            an unknown policy  | kind: ImageTagMirrorSet%nspec:%n  imageTagMirrors:%n  - source: quay.io%n    mirrors: [m.lan]%n    mirrorSourcePolicy: Sometimes | mirrorSourcePolicy 'Sometimes' is not known
            """)
    void notes(String what, String text, String note) {
        assertThat(MirrorSettings.parse(text.replace("%n", "\n"), "x").notes())
                .singleElement()
                .asString()
                .contains(note);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("are refused in one line that names the line when they cannot be read")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            something else     | quay.io -> mirror                                    | 'f' is neither a registries.conf of version 2 nor
            version 1          | [registries.search]%nregistries = ['a']%n[[registry]] | 'f' is of version 1
            version 1 alone    | [registries.search]%nregistries = ['a']              | 'f' is of version 1
            a broken table     | [[registry]]%nprefix quay.io                         | 'f' is not usable TOML (line 2, column
            a broken value     | [[registry]]%nprefix = "quay.io                      | 'f' is not usable TOML (line 2, column
            broken YAML        | kind: ImageTagMirrorSet%nspec%n  x: y                | 'f' is not usable YAML (line
            an alias           | kind: ImageTagMirrorSet%na: &a x%nspec: *a           | 'f' has an alias in line 3; write its value out
            a key twice        | kind: ImageTagMirrorSet%nkind: ImageTagMirrorSet     | 'f' is not usable YAML (line 2
            broken JSON        | {"kind": "ImageTagMirrorSet"                         | 'f' is not usable JSON
            """)
    void refused(String what, String text, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MirrorSettings.parse(text.replace("%n", "\n"), "'f'"))
                .withMessageStartingWith(why);
    }

    @Test
    @DisplayName("are asked, and their source never where it is blocked")
    void blocked() throws Exception {
        try (ScriptedServer mirror = ScriptedServer.start();
                ScriptedServer source = ScriptedServer.start()) {
            mirror.on("GET", "/v2/m/x/manifests/1", Scripted.index());
            mirror.on("GET", "/v2/m/x/manifests/2", ScriptedReply.error(404, "MANIFEST_UNKNOWN", "no"));
            MirrorSettings settings = MirrorSettings.parse(
                    "[[registry]]\nprefix = \"" + source.address()
                            + "/acme\"\nblocked = true\n[[registry.mirror]]\nlocation = \"" + mirror.address()
                            + "/m\"\n",
                    "x");
            RegistryClient client =
                    Scripted.client(mirror, source).mirrors(settings.mirrors()).build();

            assertThat(client.findManifest(Scripted.image(source, "acme/x:1"))).isPresent();
            Failure failure =
                    catchThrowableOfType(Failure.class, () -> client.findManifest(Scripted.image(source, "acme/x:2")));
            assertThat(failure.kind()).isEqualTo(Kind.ABSENT);
            assertThat(failure).hasMessageContaining("no mirror has it, and the settings of mirrors block its source");
            assertThat(source.requests()).isEmpty();
        }
    }
}
