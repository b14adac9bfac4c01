package io.jenkins.plugins.dtk.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelExpressionTest {

    private static final Set<String> LABELS = Set.of("podman", "x86_64", "rhel-9", "big box");

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "~~; true",
                "podman; true",
                "docker; false",
                "podman && x86_64; true",
                "podman&&x86_64; true",
                "podman && aarch64; false",
                "docker || podman; true",
                "docker || buildah; false",
                "!docker; true",
                "!podman; false",
                "!!podman; true",
                "!(docker || podman); false",
                "docker && docker || podman; true",
                "podman || docker && docker; true",
                "(podman || docker) && docker; false",
                "rhel-9; true",
                "\"big box\"; true",
                "\"big box\" && rhel-9; true",
                "docker -> aarch64; true",
                "podman -> aarch64; false",
                "podman <-> x86_64; true",
                "podman <-> docker; false",
                "podman->x86_64; true",
            })
    void anAgentWithTheLabelsFits(String expression, boolean fits) throws AbortException {
        assertThat(LabelExpression.matches(expression, LABELS)).isEqualTo(fits);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"podman &&", "&& podman", "podman x86_64", "(podman", "podman)", "!", "podman & x86_64", "\"a"})
    void whatIsNoExpressionIsToldInOneLine(String expression) {
        assertThatThrownBy(() -> LabelExpression.matches(expression, LABELS))
                .isInstanceOf(AbortException.class)
                .hasMessage("node: '" + expression
                        + "' is no label expression; write names with &&, ||, ! and parentheses");
    }
}
