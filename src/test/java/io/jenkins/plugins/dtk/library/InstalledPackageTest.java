package io.jenkins.plugins.dtk.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.packageurl.PackageURL;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What scanners read of the packages of an image: by package URL, with the library that many of them use. */
class InstalledPackageTest {

    private static final Distribution RHEL = new Distribution("rhel", "8.4");

    @ParameterizedTest
    @DisplayName("a package keeps name, epoch, version and architecture in its canonical URL")
    @CsvSource({
        "kernel-core-4.18.0-305.40.1.el8_4.x86_64, kernel-core, '', 4.18.0-305.40.1.el8_4, x86_64",
        "openssl-1:1.1.1k-6.el8.x86_64, openssl, 1, 1.1.1k-6.el8, x86_64",
        "bind-libs-32:9.11.26-4.el8_4.noarch, bind-libs, 32, 9.11.26-4.el8_4, noarch",
        "gcc-c++-8.4.1-1.el8.x86_64, gcc-c++, '', 8.4.1-1.el8, x86_64",
        "zero-0:1-1.x86_64, zero, '', 1-1, x86_64",
        "systemd-252~rc1^git5-1.el9.aarch64, systemd, '', 252~rc1^git5-1.el9, aarch64",
        "a-1+b-2%c.x86_64, a, '', 1+b-2%c, x86_64"
    })
    void url(String line, String name, String epoch, String version, String architecture) throws Exception {
        String text = InstalledPackage.parse(line).url(RHEL);

        PackageURL url = new PackageURL(text);
        Map<String, String> qualifiers = new TreeMap<>(Map.of("arch", architecture, "distro", "rhel-8.4"));
        if (!epoch.isEmpty()) {
            qualifiers.put("epoch", epoch);
        }
        assertThat(url.getType()).isEqualTo("rpm");
        assertThat(url.getNamespace()).isEqualTo("redhat");
        assertThat(url.getName()).isEqualTo(name);
        assertThat(url.getVersion()).isEqualTo(version);
        assertThat(url.getQualifiers()).isEqualTo(qualifiers);
        assertThat(text).isEqualTo(url.canonicalize());
    }

    @Test
    @DisplayName("a list that does not say what it was built for, as those of earlier images, is read too")
    void earlierList() throws Exception {
        assertThat(urls("gcc-c++-8.4.1-1.el8.x86_64", "gpg-pubkey-fd431d51-4ae0493b"))
                .containsExactly("pkg:rpm/gcc-c%2B%2B@8.4.1-1.el8?arch=x86_64");
    }

    @Test
    @DisplayName("a list says what it was built for")
    void distribution() throws Exception {
        assertThat(urls("#distro=centos-9", "git-2.43.0-1.el9.x86_64"))
                .containsExactly("pkg:rpm/centos/git@2.43.0-1.el9?arch=x86_64&distro=centos-9");
        assertThat(urls("#distro=rhel-9.4", "openssl-1:3.0.7-27.el9.x86_64"))
                .containsExactly("pkg:rpm/redhat/openssl@3.0.7-27.el9?arch=x86_64&distro=rhel-9.4&epoch=1");
    }

    @ParameterizedTest
    @DisplayName("what is no list is refused in one line")
    @ValueSource(strings = {"", "kernel", "a-b:1-2.x86_64", "gcc-8.4.1-1.el8.x86_64 extra"})
    void refused(String line) {
        assertThatThrownBy(() -> urls(line))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .hasLineCount(1);
    }

    @Test
    @DisplayName("more packages than an image has are refused")
    void tooMany() {
        String[] lines = IntStream.range(0, 20_001)
                .mapToObj(n -> "p" + n + "-1-1.noarch")
                .toArray(String[]::new);

        assertThatThrownBy(() -> urls(lines)).hasMessageContaining("more than 20000 packages");
    }

    private static List<String> urls(String... lines) throws Exception {
        byte[] document = PackageDocument.write("quay.io/acme/dtk@sha256:0", List.of(lines), Instant.EPOCH);
        JsonNode read = new ObjectMapper().readTree(document);
        assertThat(read.path("relationships").findValuesAsText("relatedSpdxElement"))
                .isEqualTo(read.path("packages").findValuesAsText("SPDXID"));
        return read.path("packages").findValuesAsText("referenceLocator");
    }
}
