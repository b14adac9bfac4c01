package io.jenkins.plugins.dtk.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.dtk.oci.ImageReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Credentials")
class RegistryCredentialsTest {

    private static final String WHAT = "pull secret 'openshift-pull-secret'";

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    auth                          | {"auths":{"quay.io":{"auth":"dXNlcjpwYXNz"}}}                          | quay.io/a | user:pass
                    with a mail address           | {"auths":{"quay.io":{"auth":"dXNlcjpwYXNz","email":"a@b"}}}            | quay.io/a | user:pass
                    colon in the password         | {"auths":{"quay.io":{"auth":"dXNlcjpwYTpzcw=="}}}                      | quay.io/a | user:pa:ss
                    padding missing               | {"auths":{"quay.io":{"auth":"dXNlcjpwYTpzcw"}}}                        | quay.io/a | user:pa:ss
                    one padding sign of two       | {"auths":{"quay.io":{"auth":"dXNlcjpwYTpzcw="}}}                       | quay.io/a | user:pa:ss
                    line break in the base64      | {"auths":{"quay.io":{"auth":"dXNl\\ncjpwYXNz\\n"}}}                    | quay.io/a | user:pass
                    base64 for addresses          | {"auths":{"quay.io":{"auth":"dTp-fn4_Pz8"}}}                           | quay.io/a | u:~~~???
                    line break in the pair        | {"auths":{"quay.io":{"auth":"dXNlcjpwYXNzCg=="}}}                      | quay.io/a | user:pass
                    NULs as docker writes them    | {"auths":{"quay.io":{"auth":"dXNlcjpwYXNzAAA="}}}                      | quay.io/a | user:pass
                    user name and password        | {"auths":{"quay.io":{"username":"user","password":"pass"}}}            | quay.io/a | user:pass
                    both: auth counts             | {"auths":{"quay.io":{"username":"x","password":"y","auth":"dXNlcjpwYXNz"}}} | quay.io/a | user:pass
                    empty auth in addition to            | {"auths":{"quay.io":{"username":"user","password":"pass","auth":""}}}  | quay.io/a | user:pass
                    robot account                 | {"auths":{"quay.io":{"auth":"YWNtZStyb2JvdDpwYXNz"}}}                  | quay.io/a | acme+robot:pass
                    identity token                | {"auths":{"quay.io":{"identitytoken":"itok"}}}                         | quay.io/a | identity itok
                    identity token with a name    | {"auths":{"quay.io":{"auth":"PHRva2VuPjo=","identitytoken":"itok"}}}   | quay.io/a | identity itok
                    registry token                | {"auths":{"quay.io":{"registrytoken":"rtok"}}}                         | quay.io/a | token rtok
                    address as key                | {"auths":{"https://quay.io":{"auth":"dXNlcjpwYXNz"}}}                  | quay.io/a | user:pass
                    address with a path           | {"auths":{"https://quay.io/v2/":{"auth":"dXNlcjpwYXNz"}}}              | quay.io/a | user:pass
                    Docker Hub's old key          | {"auths":{"https://index.docker.io/v1/":{"auth":"dXNlcjpwYXNz"}}}      | docker.io/library/a | user:pass
                    key in upper case             | {"auths":{"Quay.IO":{"auth":"dXNlcjpwYXNz"}}}                          | quay.io/a | user:pass
                    name in upper case            | {"auths":{"quay.io":{"auth":"dXNlcjpwYXNz"}}}                          | QUAY.io/a | user:pass
                    port                          | {"auths":{"r.example:5000":{"auth":"dXNlcjpwYXNz"}}}                   | r.example:5000/a | user:pass
                    another port                  | {"auths":{"r.example:5000":{"auth":"dXNlcjpwYXNz"}}}                   | r.example:5001/a | none
                    no port                       | {"auths":{"r.example:5000":{"auth":"dXNlcjpwYXNz"}}}                   | r.example/a | none
                    longest path                  | {"auths":{"quay.io":{"auth":"eDp5"},"quay.io/acme":{"auth":"dXNlcjpwYXNz"}}} | quay.io/acme/a | user:pass
                    longest path, other order     | {"auths":{"quay.io/acme":{"auth":"dXNlcjpwYXNz"},"quay.io":{"auth":"eDp5"}}} | quay.io/acme/a | user:pass
                    path of a repository          | {"auths":{"quay.io/acme/a":{"auth":"dXNlcjpwYXNz"},"quay.io/acme":{"auth":"eDp5"}}} | quay.io/acme/a | user:pass
                    path only in part             | {"auths":{"quay.io/ac":{"auth":"eDp5"},"quay.io":{"auth":"dXNlcjpwYXNz"}}} | quay.io/acme/a | user:pass
                    repository named v2           | {"auths":{"quay.io/acme/v2":{"auth":"dXNlcjpwYXNz"}}}                  | quay.io/acme/v2 | user:pass
                    another host                  | {"auths":{"quay.io":{"auth":"dXNlcjpwYXNz"}}}                          | ghcr.io/a | none
                    host that ends alike          | {"auths":{"quay.io":{"auth":"dXNlcjpwYXNz"}}}                          | evilquay.io/a | none
                    host below                    | {"auths":{"quay.io":{"auth":"dXNlcjpwYXNz"}}}                          | cdn.quay.io/a | none
                    older file without auths      | {"quay.io":{"auth":"dXNlcjpwYXNz"}}                                    | quay.io/a | user:pass
                    empty entry beside            | {"auths":{"ghcr.io":{},"quay.io":{"auth":"dXNlcjpwYXNz"}},"credsStore":"x"} | quay.io/a | user:pass
                    other settings beside         | {"HttpHeaders":{"User-Agent":"x"},"auths":{"quay.io":{"auth":"dXNlcjpwYXNz"}}} | quay.io/a | user:pass
                    byte order mark               | BOM{"auths":{"quay.io":{"auth":"dXNlcjpwYXNz"}}}                       | quay.io/a | user:pass
                    identity token of ACR         | {"auths":{"a.azurecr.io":{"auth":"MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAwOg==","identitytoken":"abc.def"}}} | a.azurecr.io/a | identity abc.def
                    broken entry for another      | {"auths":{"cp.icr.io":{"auth":"b25seWFrZXk="},"quay.io":{"auth":"dXNlcjpwYXNz"}}} | quay.io/a | user:pass
                    broken entry for the one asked | {"auths":{"cp.icr.io":{"auth":"b25seWFrZXk="},"quay.io":{"auth":"dXNlcjpwYXNz"}}} | cp.icr.io/a | unusable: WHAT: the entry for cp.icr.io has an 'auth' that is not base64 of user:password
                    empty user and password       | {"auths":{"r.example":{"auth":"Og=="},"quay.io":{"auth":"dXNlcjpwYXNz"}}} | r.example/a | unusable: WHAT: the entry for r.example has an 'auth' that is not base64 of user:password
                    entry that is text, another   | {"auths":{"r.example":"x","quay.io":{"auth":"dXNlcjpwYXNz"}}}          | quay.io/a | user:pass
                    all of an entry empty         | {"auths":{"r.example":{"username":"","password":"","auth":""},"quay.io":{"auth":"dXNlcjpwYXNz"}}} | r.example/a | none
                    helper for another            | {"auths":{"quay.io":{"auth":"dXNlcjpwYXNz"}},"credHelpers":{"public.ecr.aws":"ecr-login"}} | quay.io/a | user:pass
                    helper for the one asked      | {"auths":{"quay.io":{"auth":"dXNlcjpwYXNz"}},"credHelpers":{"public.ecr.aws":"ecr-login"}} | public.ecr.aws/a | helper ecr-login
                    store for the one asked       | {"auths":{"quay.io":{"auth":"dXNlcjpwYXNz"},"ghcr.io":{}},"credsStore":"desktop"} | ghcr.io/a | helper desktop
                    """)
    void areReadFromEachFormOfADockerConfig(String name, String json, String image, String expected) {
        RegistryCredentials credentials = RegistryCredentials.fromDockerConfig(json.replace("BOM", "\ufeff"), WHAT);
        ImageReference reference = ImageReference.parse(image);
        String found = credentials
                .find(reference)
                .map(RegistryCredentialsTest::text)
                .or(() -> credentials.helper(reference).map("helper "::concat))
                .orElse("none");
        assertThat(found).isEqualTo(expected.replace("WHAT", WHAT));
    }

    private static String text(Login login) {
        if (login.unusable() != null) {
            return "unusable: " + login.unusable();
        }
        return login.hasPassword()
                ? login.user() + ":" + login.password()
                : login.identityToken() != null
                        ? "identity " + login.identityToken()
                        : "token " + login.registryToken();
    }

    /** The rules of kubernetes/kubernetes pkg/credentialprovider/keyring.go, and its own examples. */
    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource({
        "*.example.com,                 quay.example.com/a,         true",
        "*.example.com,                 example.com/a,              false",
        "*.example.com,                 a.b.example.com/a,          false",
        "*.*.example.com,               a.b.example.com/a,          true",
        "*.example.com,                 quay.example.com.evil.io/a, false",
        "*.example.com,                 quay.example.com:5000/a,    false",
        "*.example.com:5000,            quay.example.com:5000/a,    true",
        "*.example.com/acme,            quay.example.com/acme/a,    true",
        "*.example.com/acme,            quay.example.com/acmes/a,   false",
        "*.example.com/acme/a,          quay.example.com/acme/a,    true",
        "k8s.*.io,                      k8s.gcr.io/a,               true",
        "app*.k8s.io,                   app1.k8s.io/a,              true",
        "*-good.kubernetes.io,          prefix-good.kubernetes.io/a, true",
        "*.io,                          a.k8s.io/a,                 false",
        "r?.example.com,                r1.example.com/a,           true",
        "r[0-9].example.com,            r7.example.com/a,           true",
        "r[0-9].example.com,            rx.example.com/a,           false",
        "*.EXAMPLE.com,                 quay.example.com/a,         true",
    })
    void haveHostsThatArePatternsAsKubernetesReadsThem(String pattern, String image, boolean matches) {
        assertThat(HostPattern.isPattern(DockerConfig.prefix(pattern))
                        && new HostPattern(DockerConfig.prefix(pattern)).matches(DockerConfig.prefix(image)))
                .isEqualTo(matches);
    }

    @Test
    void ofTheVeryHostWinOverAPatternAndALongPatternOverAShortOne() {
        RegistryCredentials all = RegistryCredentials.of("*.example.com", "any", "x")
                .plus(RegistryCredentials.of("*.example.com/acme", "acme", "x"))
                .plus(RegistryCredentials.of("quay.example.com", "quay", "x"));
        assertThat(user(all, "quay.example.com/acme/x")).isEqualTo("quay");
        assertThat(user(all, "r.example.com/acme/x")).isEqualTo("acme");
        assertThat(user(all, "r.example.com/x")).isEqualTo("any");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    nothing                 | ``                                                       | not a JSON object
                    text that is no JSON    | s3cret                                                   | not usable JSON
                    broken JSON             | {"auths":{"quay.io":{"auth":s3cret}}}                    | not usable JSON
                    cut JSON                | {"auths":{"quay.io":{"auth":"s3cret                      | not usable JSON
                    list                    | ["s3cret"]                                               | not a JSON object
                    auths is a list         | {"auths":["s3cret"]}                                     | 'auths' is not an object
                    auths is null           | {"auths":null}                                           | 'auths' is not an object
                    no login                | {"auths":{}}                                             | holds no login
                    an empty object         | {}                                                       | holds no login
                    helper only             | {"auths":{"quay.io":{}},"credsStore":"desktop"}          | credential helper 'desktop' (credsStore)
                    helper of one registry  | {"auths":{},"credHelpers":{"public.ecr.aws":"ecr-login"}} | credential helper 'ecr-login' (credHelpers)
                    base64 of the whole     | eyJhdXRocyI6eyIxMjcuMC4wLjE6OSI6eyJhdXRoIjoiWVdOdFpTdHliMkp2ZERwek0yTnlaWFE9In19fQo= | is base64; decode it first
                    base64 in lines         | eyJhdXRocyI6eyIxMjcuMC4wLjE6OSI6eyJhdXRoI%njoiWVdOdFpTdHliMkp2ZERwek0yTnlaWFE9In19fQo=%n | is base64; decode it first
                    a Secret in YAML        | apiVersion: v1%nkind: Secret%ndata:%n  .dockerconfigjson: eyJhdXRocyI6e30K%n | is a whole object of Kubernetes
                    a Secret in JSON        | {"apiVersion":"v1","kind":"Secret","data":{".dockerconfigjson":"eyJhdXRocyI6e30K"}} | is a whole object of Kubernetes
                    UTF-16                  | {%0"%0a%0u%0t%0h%0s%0"%0         | is text in UTF-16, as Windows writes it; save it as UTF-8
                    entry is text           | {"auths":{"quay.io":"s3cret"}}                           | the entry for quay.io is not an object
                    auth is a number        | {"auths":{"quay.io":{"auth":12345}}}                     | 'auth' that is not text
                    auth is no base64       | {"auths":{"quay.io":{"auth":"!s3cret!"}}}                | not base64
                    auth without a colon    | {"auths":{"quay.io":{"auth":"czNjcmV0"}}}                | not base64 of user:password
                    auth without a user     | {"auths":{"quay.io":{"auth":"OnMzY3JldA=="}}}            | not base64 of user:password
                    auth without password   | {"auths":{"quay.io":{"auth":"dXNlcjo="}}}                | lacks a password
                    user without password   | {"auths":{"quay.io":{"username":"user"}}}                | lacks a password
                    password without user   | {"auths":{"quay.io":{"password":"s3cret"}}}              | lacks a user name
                    token with a line break | {"auths":{"quay.io":{"registrytoken":"a\\ns3cret"}}}     | cannot be sent
                    a key twice             | {"auths":{"quay.io":{"auth":"a"},"quay.io":{"auth":"b"}}} | not usable JSON
                    """)
    void areRefusedWithOneLineThatNamesThemAndHidesThem(String name, String json, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RegistryCredentials.fromDockerConfig(
                        json.replace("%0", "\0").replace("%n", "\n"), WHAT))
                .withMessageStartingWith(WHAT)
                .withMessageContaining(why)
                .withNoCause()
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n", "s3cret", "czNjcmV0", "12345"));
    }

    @Test
    void doNotShowASecretInTheirText() {
        RegistryCredentials credentials = RegistryCredentials.of("quay.io/acme", "user", "s3cret");
        assertThat(credentials).hasToString("credentials for quay.io/acme");
        assertThat(credentials.find(ImageReference.parse("quay.io/acme/x")).orElseThrow())
                .hasToString("login for quay.io/acme");
    }

    @Test
    void addedToOthersWinWhereTheirPrefixIsTheSameOrLonger() {
        RegistryCredentials both = RegistryCredentials.of("quay.io", "first", "x")
                .plus(RegistryCredentials.of("quay.io", "second", "x"))
                .plus(RegistryCredentials.of("quay.io/acme", "third", "x"));
        assertThat(user(both, "quay.io/other/x")).isEqualTo("first");
        assertThat(user(both, "quay.io/acme/x")).isEqualTo("third");
    }

    @Test
    void needARegistryAUserAndAPassword() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RegistryCredentials.of("", "user", "s3cret"))
                .withMessage("credentials without a registry: name it, such as quay.io");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RegistryCredentials.of("quay.io", "", "s3cret"))
                .withMessage("the credentials for quay.io lack a user");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RegistryCredentials.of("quay.io", "user", ""))
                .withMessage("the credentials for quay.io lack a password");
    }

    private static String user(RegistryCredentials credentials, String image) {
        return credentials.find(ImageReference.parse(image)).orElseThrow().user();
    }
}
