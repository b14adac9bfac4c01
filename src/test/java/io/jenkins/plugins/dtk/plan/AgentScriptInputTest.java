package io.jenkins.plugins.dtk.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.plan.BuildAgent.Outcome;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A variable that is not well-formed ends the script before its value is used for anything. */
class AgentScriptInputTest {

    @TempDir
    Path home;

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a command in the tag            | DTK_TAG         | x;touch PWNED
                    a command substitution          | DTK_TAG         | $(touch PWNED)
                    a command in backquotes         | DTK_KERNEL_RT   | `touch PWNED`
                    a second line                   | DTK_TAG         | 4.18.0-305.el8<newline>touch PWNED
                    a good line after a bad one     | DTK_IMAGE       | touch PWNED<newline>quay.io/acme/dtk
                    a carriage return               | DTK_RHEL        | 8.4<return>
                    an option instead of an image   | DTK_IMAGE       | --authfile=/etc/passwd
                    an option instead of a tag      | DTK_TAG         | -x
                    a space in the image            | DTK_IMAGE       | quay.io/acme/dtk --tls-verify=false
                    upper case in the repository    | DTK_IMAGE       | quay.io/Acme/dtk
                    a tag in the image              | DTK_IMAGE       | quay.io/acme/dtk:latest
                    a digest in the image           | DTK_IMAGE       | quay.io/acme/dtk@sha256:0
                    no registry                     | DTK_IMAGE       | acme/dtk
                    no repository                   | DTK_IMAGE       | quay.io
                    a path out of the repository    | DTK_IMAGE       | quay.io/../dtk
                    another transport               | DTK_BASE_IMAGE  | dir:/etc
                    a base image without a registry | DTK_BASE_IMAGE  | ubi8/ubi:8.4
                    a quote in the base image       | DTK_BASE_IMAGE  | quay.io/ubi8/ubi:8.4"
                    a digest that is too short      | DTK_BASE_DIGEST | sha256:abc
                    another algorithm               | DTK_BASE_DIGEST | md5:d41d8cd98f00b204e9800998ecf8427e
                    no kernel                       | DTK_KERNEL      | ''
                    a kernel with wildcard          | DTK_KERNEL      | 4.18.0-305*
                    a path in the kernel            | DTK_KERNEL      | 4.18.0-305/../../x
                    an unknown architecture         | DTK_ARCH        | i686
                    another platform                | DTK_PLATFORM    | linux/arm64
                    another kernel with its arch    | DTK_KERNEL_FULL | 4.18.0-305.45.1.el8_4.x86_64
                    a RHEL with a suffix            | DTK_RHEL        | 8.4 beta
                    quotes in the releases          | DTK_RELEASES    | 4.8.36","x
                    an empty release                | DTK_RELEASES    | 4.8.36,,4.9.27
                    a shell as builder              | DTK_BUILDER     | sh
                    a Satellite without a scheme    | DTK_RHSM_URL    | satellite.lab/rhsm
                    a Satellite without TLS         | DTK_RHSM_URL    | http://satellite.lab/rhsm
                    a login at the Satellite        | DTK_RHSM_URL    | https://me:secret@satellite.lab/rhsm
                    the name of a CA's file         | DTK_RHSM_CA     | /etc/pki/satellite.pem
                    a CA's key                      | DTK_RHSM_CA     | -----BEGIN PRIVATE KEY-----<newline>MII=<newline>-----END PRIVATE KEY-----
                    a cache in the build's folder   | DTK_CACHE       | cache
                    a URL as registry               | DTK_PLAIN_HTTP  | http://127.0.0.1:5000
                    """)
    void isRefusedInOneLine(String what, String name, String value) throws Exception {
        String text = value.replace("<newline>", "\n").replace("<return>", "\r");

        Outcome outcome = build(name, text);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output().lines())
                .as(what)
                .singleElement()
                .asString()
                .startsWith("dtk: failed: ")
                .contains(name);
        assertThat(home.resolve("PWNED")).doesNotExist();
    }

    @ParameterizedTest(name = "{0} without {1}")
    @CsvSource({
        "RHSM_ORG, RHSM_ACTIVATIONKEY",
        "RHSM_ACTIVATIONKEY, RHSM_ORG",
        "DTK_REGISTRY_USER, DTK_REGISTRY_PASSWORD",
        "DTK_REGISTRY_PASSWORD, DTK_REGISTRY_USER"
    })
    void halfAPairOfSecretsIsRefusedWithoutShowingIt(String given, String absent) throws Exception {
        Outcome outcome = build(given, "s3cret");

        assertThat(outcome.output().strip())
                .isEqualTo("dtk: failed: " + given + " is set but " + absent + " is not: set both or none");
    }

    private Outcome build(String name, String value) throws Exception {
        Map<String, String> variables = new TreeMap<>(Map.of(
                "DTK_KERNEL", "4.18.0-305.40.1.el8_4",
                "DTK_KERNEL_FULL", "4.18.0-305.40.1.el8_4.x86_64",
                "DTK_RHEL", "8.4",
                "DTK_ARCH", "x86_64",
                "DTK_PLATFORM", "linux/amd64",
                "DTK_IMAGE", "127.0.0.1:1/acme/dtk",
                "DTK_TAG", "4.18.0-305.40.1.el8_4.x86_64",
                "DTK_BASE_IMAGE", "127.0.0.1:1/ubi8/ubi:8.4"));
        variables.put(name, value);
        return new BuildAgent(home).build(variables);
    }
}
