package io.jenkins.plugins.dtk.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageReferenceTest {

    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    tag                            | quay.io/acme/driver-toolkit:1.0            | quay.io         | acme/driver-toolkit | 1.0       | -
                    no tag                         | quay.io/acme/driver-toolkit                | quay.io         | acme/driver-toolkit | -         | -
                    digest                         | quay.io/acme/driver-toolkit@DIGEST         | quay.io         | acme/driver-toolkit | -         | DIGEST
                    tag and digest                 | quay.io/acme/driver-toolkit:1.0@DIGEST     | quay.io         | acme/driver-toolkit | 1.0       | DIGEST
                    sha512 digest                  | quay.io/x@SHA512                           | quay.io         | x                   | -         | SHA512
                    port                           | test.com:5000/x                            | test.com:5000   | x                   | -         | -
                    port and tag                   | test.com:5000/x:tag                        | test.com:5000   | x                   | tag       | -
                    port and digest                | test.com:5000/repo@DIGEST                  | test.com:5000   | repo                | -         | DIGEST
                    numeric tag after a port       | test.com:5000/x:8080                       | test.com:5000   | x                   | 8080      | -
                    localhost                      | localhost/x                                | localhost       | x                   | -         | -
                    localhost with a port          | localhost:5000/a/b                         | localhost:5000  | a/b                 | -         | -
                    a port makes a host            | registry:5000/x                            | registry:5000   | x                   | -         | -
                    IPv4                           | 192.168.1.1/x:y                            | 192.168.1.1     | x                   | y         | -
                    IPv4 with a port               | 127.0.0.1:5000/foo/bar                     | 127.0.0.1:5000  | foo/bar             | -         | -
                    IPv6                           | [::1]/x                                    | [::1]           | x                   | -         | -
                    IPv6 with a port               | [::1]:5000/x                               | [::1]:5000      | x                   | -         | -
                    full IPv6                      | [2001:db8:1:2:3:4:5:6]:5000/x:t            | [2001:db8:1:2:3:4:5:6]:5000 | x       | t         | -
                    host in upper case             | Quay.IO/acme/x                             | Quay.IO         | acme/x              | -         | -
                    upper case makes a host        | FOO/bar                                    | FOO             | bar                 | -         | -
                    hyphens in the host            | a-b.example-c.com/x                        | a-b.example-c.com | x                 | -         | -
                    punycode host                  | xn--n3h.com/myimage:xn--n3h.com            | xn--n3h.com     | myimage             | xn--n3h.com | -
                    one-letter labels              | a.b.c/x                                    | a.b.c           | x                   | -         | -
                    host that starts with a digit  | 1a.com/x                                   | 1a.com          | x                   | -         | -
                    deep path                      | quay.io/a/b/c/d/e/f:1                      | quay.io         | a/b/c/d/e/f         | 1         | -
                    dot in the path                | quay.io/a.b/c                              | quay.io         | a.b/c               | -         | -
                    underscore in the path         | quay.io/a_b/c                              | quay.io         | a_b/c               | -         | -
                    two underscores in the path    | quay.io/a__b/c                             | quay.io         | a__b/c              | -         | -
                    many hyphens in the path       | quay.io/a----b/c                           | quay.io         | a----b/c            | -         | -
                    path of digits                 | quay.io/8/9                                | quay.io         | 8/9                 | -         | -
                    payload of a release           | quay.io/openshift-release-dev/ocp-release:4.16.20-x86_64 | quay.io | openshift-release-dev/ocp-release | 4.16.20-x86_64 | -
                    kernel as a tag                | quay.io/acme/dtk:4.18.0-305.40.1.el8_4.x86_64 | quay.io      | acme/dtk            | 4.18.0-305.40.1.el8_4.x86_64 | -
                    tag in upper case              | quay.io/x:LATEST                           | quay.io         | x                   | LATEST    | -
                    tag that starts with _         | quay.io/x:_tag                             | quay.io         | x                   | _tag      | -
                    tag that starts with a digit   | quay.io/x:1                                | quay.io         | x                   | 1         | -
                    highest port                   | quay.io:65535/x                            | quay.io:65535   | x                   | -         | -
                    """)
    void isReadInFull(String name, String text, String registry, String repository, String tag, String digest) {
        ImageReference reference = ImageReference.parse(fill(text));
        assertThat(reference)
                .isEqualTo(new ImageReference(
                        registry, repository, tag, digest == null ? null : Digest.parse(fill(digest))));
        assertThat(reference).hasToString(fill(text));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    nothing                        | ''                                         | no registry
                    a word                         | driver-toolkit                             | no registry
                    a word with a tag              | driver-toolkit:1.0                         | no registry
                    no host, as on Docker Hub      | acme/driver-toolkit                        | no registry
                    host and tag, no path          | test.com:5000                              | no registry
                    host alone                     | quay.io                                    | no registry
                    starts with a slash            | /quay.io/x                                 | no registry
                    starts with a colon            | :quay.io/x                                 | not a registry host
                    starts with @                  | @DIGEST                                    | no registry
                    ends with a slash              | quay.io/x/                                 | not a repository path
                    host and a slash               | quay.io/                                   | not a repository path
                    two slashes                    | quay.io//x                                 | not a repository path
                    path in upper case             | quay.io/Acme/x                             | lower case
                    last part in upper case        | quay.io/acme/X                             | lower case
                    space in the path              | quay.io/a b                                | not a repository path
                    space around                   | ' quay.io/x'                               | not a registry host
                    line break                     | LINES                                      | not a repository path
                    three underscores              | quay.io/a___b                              | not a repository path
                    two dots                       | quay.io/a..b                               | not a repository path
                    path starts with a dot         | quay.io/.a                                 | not a repository path
                    path ends with a hyphen        | quay.io/a-                                 | not a repository path
                    dot and underscore             | quay.io/a._b                               | not a repository path
                    shell's variable               | quay.io/$HOME                              | lower case
                    shell's substitution           | quay.io/$(id)                              | not a repository path
                    shell's quote                  | quay.io/a"b                                | not a repository path
                    address                        | https://quay.io/x                          | it is an address
                    user in the host               | user@quay.io/x                             | no registry
                    host starts with a hyphen      | -quay.io/x                                 | not a registry host
                    host ends with a hyphen        | quay-.io/x                                 | not a registry host
                    host with an underscore        | qu_ay.io/x                                 | not a registry host
                    host ends with a dot           | quay.io./x                                 | not a registry host
                    port that is no number         | quay.io:port/x                             | not a registry host
                    empty port                     | quay.io:/x                                 | not a registry host
                    port above the highest         | quay.io:65536/x                            | above 65535
                    port of six digits             | quay.io:100000/x                           | not a registry host
                    IPv6 without brackets          | ::1/x                                      | not a registry host
                    IPv6 with a zone               | [fe80::1%eth0]:5000/x                      | not a registry host
                    bracket left open              | [::1:5000/x                                | not a registry host
                    empty tag                      | quay.io/x:                                 | not a tag
                    tag starts with a dot          | quay.io/x:.tag                             | not a tag
                    tag starts with a hyphen       | quay.io/x:-tag                             | not a tag
                    plus sign of an rt kernel      | quay.io/x:5.14.0-427.el9.x86_64+rt         | not a tag
                    slash in the tag               | quay.io/x:a/b                              | not a tag
                    two tags                       | quay.io/x:a:b                              | not a tag
                    space in the tag               | quay.io/x:a b                              | not a tag
                    tag of 129 characters          | LONGTAG                                    | not a tag
                    empty digest                   | quay.io/x@                                 | not a digest
                    short digest                   | quay.io/x@sha256:ffff                      | not a digest
                    digest in upper case           | quay.io/x@UPPER                            | not a digest
                    digest without an algorithm    | quay.io/x@0123456789abcdef                 | not a digest
                    unknown algorithm              | quay.io/x@md5:0123456789abcdef0123456789abcdef | not a digest
                    two digests                    | quay.io/x@DIGEST@DIGEST                    | not a digest
                    tag behind the digest          | quay.io/x@DIGEST:tag                       | not a digest
                    path of 256 characters         | LONGPATH                                   | longer than 255
                    text without end               | LONGTEXT                                   | longer than 1024
                    """)
    void isRefusedWithOneLineThatSaysWhy(String name, String text, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageReference.parse(fill(text)))
                .withMessageContaining(why)
                .withMessageStartingWith("not an image reference: '")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(500));
    }

    @Test
    void mayHaveATagOf128CharactersAndAPathOf255() {
        String longest = "a".repeat(255);
        assertThat(ImageReference.parse("quay.io/" + longest).repository()).isEqualTo(longest);
        assertThat(ImageReference.isTag("t".repeat(128))).isTrue();
        assertThat(ImageReference.isTag("t".repeat(129))).isFalse();
    }

    @Test
    void canNameAnotherTagOrDigestOfItsRepository() {
        ImageReference reference = ImageReference.parse("quay.io/acme/x:1@" + DIGEST);
        assertThat(reference.withTag("2")).hasToString("quay.io/acme/x:2");
        assertThat(reference.withDigest(Digest.parse(DIGEST))).hasToString("quay.io/acme/x@" + DIGEST);
        assertThat(reference.name()).isEqualTo("quay.io/acme/x");
    }

    @Property
    void isReadOrRefusedAndNothingElse(@ForAll @StringLength(max = 80) String text) {
        try {
            assertThat(ImageReference.parse(text)).hasToString(text);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).doesNotContain("\n").startsWith("not an image reference");
        }
    }

    private static String fill(String text) {
        return text == null
                ? null
                : text.replace("LONGTAG", "quay.io/x:" + "t".repeat(129))
                        .replace("LONGPATH", "quay.io/" + "a".repeat(256))
                        .replace("LONGTEXT", "quay.io/" + "a/".repeat(1000))
                        .replace("LINES", "quay.io/a\nb")
                        .replace("UPPER", "sha256:" + "0123456789ABCDEF".repeat(4))
                        .replace("SHA512", "sha512:" + "0123456789abcdef".repeat(8))
                        .replace("DIGEST", DIGEST);
    }
}
