package io.jenkins.plugins.dtk.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChallengeTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    basic                        | Basic realm="x"                                        | basic{realm=x}
                    basic without a realm        | Basic                                                  | basic{}
                    basic in lower case          | basic realm="x"                                        | basic{realm=x}
                    basic in upper case          | BASIC REALM="X"                                        | basic{realm=X}
                    basic with a charset         | Basic realm="x", charset="UTF-8"                       | basic{charset=UTF-8, realm=x}
                    quay                         | Bearer realm="https://quay.io/v2/auth",service="quay.io" | bearer{realm=https://quay.io/v2/auth, service=quay.io}
                    quay with a scope            | Bearer realm="https://quay.io/v2/auth",service="quay.io",scope="repository:a/b:pull" | bearer{realm=https://quay.io/v2/auth, scope=repository:a/b:pull, service=quay.io}
                    comma in a quoted value      | Bearer realm="https://a/t",service="r",scope="repository:x:pull,push" | bearer{realm=https://a/t, scope=repository:x:pull,push, service=r}
                    OpenShift, no service        | Bearer realm="https://registry.example/openshift/token" | bearer{realm=https://registry.example/openshift/token}
                    error of an expired token    | Bearer realm="https://a/t",service="r",error="invalid_token" | bearer{error=invalid_token, realm=https://a/t, service=r}
                    GHCR                         | Bearer realm="https://ghcr.io/token",service="ghcr.io",scope="repository:user/image:pull" | bearer{realm=https://ghcr.io/token, scope=repository:user/image:pull, service=ghcr.io}
                    spaces after commas          | Bearer realm="https://a/t", service="r"                | bearer{realm=https://a/t, service=r}
                    spaces around equals signs   | Bearer realm = "https://a/t" , service = "r"           | bearer{realm=https://a/t, service=r}
                    tabs                         | Bearer\trealm="https://a/t",\tservice="r"              | bearer{realm=https://a/t, service=r}
                    spaces before                | `   Bearer realm="https://a/t"`                        | bearer{realm=https://a/t}
                    values without quotes        | Bearer realm=https://a/t,service=r                     | bearer{realm=https://a/t, service=r}
                    realm without quotes         | Bearer realm=https://a/t?x=y,service="r"               | bearer{realm=https://a/t?x=y, service=r}
                    no commas                    | Bearer realm="https://a/t" service="r"                 | bearer{realm=https://a/t, service=r}
                    no commas and no quotes      | Bearer realm=https://a/t service=r                     | bearer{realm=https://a/t, service=r}
                    doubled commas               | Bearer realm="https://a/t",,service="r"                | bearer{realm=https://a/t, service=r}
                    comma at the end             | Bearer realm="https://a/t",                            | bearer{realm=https://a/t}
                    comma at the start           | ,Bearer realm="https://a/t"                            | bearer{realm=https://a/t}
                    comma behind the scheme      | Bearer , realm="https://a/t"                           | bearer{realm=https://a/t}
                    escaped quote                | Basic realm="a \\"b\\" c"                              | basic{realm=a "b" c}
                    escaped backslash            | Basic realm="a\\\\b"                                   | basic{realm=a\\b}
                    needless escape              | Basic realm="\\x"                                      | basic{realm=x}
                    quote left open              | Bearer realm="https://a/t                              | bearer{realm=https://a/t}
                    escape at the end            | Basic realm="x\\                                       | basic{realm=x\\}
                    empty value                  | Bearer realm="",service="r"                            | bearer{realm=, service=r}
                    name without a value         | Bearer realm="https://a/t",service=                    | bearer{realm=https://a/t, service=}
                    name in upper case           | Bearer Realm="https://a/t",SERVICE="r"                 | bearer{realm=https://a/t, service=r}
                    a name twice: the first      | Bearer realm="https://a/t",realm="https://evil/t"      | bearer{realm=https://a/t}
                    two challenges               | Basic realm="x", Bearer realm="https://a/t"            | basic{realm=x} bearer{realm=https://a/t}
                    two challenges, no comma     | Basic realm="x" Bearer realm="https://a/t"             | basic{realm=x} bearer{realm=https://a/t}
                    two, the first bare          | Basic, Bearer realm="https://a/t"                      | basic{} bearer{realm=https://a/t}
                    negotiate before             | Negotiate, Basic realm="x"                             | negotiate{} basic{realm=x}
                    negotiate with a token       | Negotiate YIIabc==, Basic realm="x"                    | negotiate{} basic{realm=x}
                    NTLM with a slash            | NTLM TlRMTVNT/a+b=, Basic realm="x"                    | ntlm{} basic{realm=x}
                    negotiate behind             | Bearer realm="https://a/t", Negotiate                  | bearer{realm=https://a/t} negotiate{}
                    digest of HTTP               | Digest realm="x", qop="auth", nonce="n=="              | digest{nonce=n==, qop=auth, realm=x}
                    equals signs in the value    | Bearer realm="https://a/t?a=b==",service="r"           | bearer{realm=https://a/t?a=b==, service=r}
                    other characters             | ;;;                                                    | ``
                    nothing                      | ``                                                     | ``
                    a parameter and no scheme    | realm="x"                                              | ``
                    parameter before the scheme  | realm="x", Basic realm="y"                             | basic{realm=y}
                    not ASCII                    | Basic realm="Zür"                                      | basic{realm=Zür}
                    """)
    void isReadAsRegistriesWriteIt(String name, String header, String expected) {
        assertThat(show(Challenge.parse(List.of(header.replace("\\t", "\t"))))).isEqualTo(expected);
    }

    @Test
    void mayComeSeveralTimes() {
        assertThat(show(Challenge.parse(List.of("Bearer realm=\"https://a/t\"", "Basic realm=\"x\""))))
                .isEqualTo("bearer{realm=https://a/t} basic{realm=x}");
        assertThat(Challenge.parse(List.of())).isEmpty();
    }

    @Test
    void withAnEmptyParameterIsLikeOneWithoutIt() {
        assertThat(Challenge.parse(List.of("Bearer realm=\"\"")).get(0).parameter("realm"))
                .isNull();
    }

    @Property
    void isReadToItsEndWhateverItHolds(@ForAll @StringLength(max = 60) String header) {
        assertThat(Challenge.parse(List.of(header)))
                .allSatisfy(challenge -> assertThat(challenge.scheme()).isNotEmpty());
    }

    private static String show(List<Challenge> challenges) {
        return challenges.stream()
                .map(challenge -> challenge.scheme() + new TreeMap<>(challenge.parameters()))
                .collect(Collectors.joining(" "));
    }
}
