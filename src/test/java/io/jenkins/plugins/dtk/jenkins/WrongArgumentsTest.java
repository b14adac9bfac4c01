package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.testing.PipelineDriver.Ran;
import java.beans.Introspector;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Whatever is given to a parameter that it does not take is answered by one line. */
class WrongArgumentsTest {

    private static final Map<String, Class<?>> STEPS = Map.of(
            "dtkMatrix", DtkMatrixStep.class,
            "dtkTagExists", DtkTagExistsStep.class,
            "dtkVerify", DtkVerifyStep.class,
            "dtkBuild", DtkBuildStep.class);

    /** What a parameter of a type takes in words, and what it does not take, as a pipeline writes it. */
    private static final Map<Class<?>, List<String>> WRONG = Map.of(
            String.class, List.of("text", "5", "4.16", "true", "['a', 'b']", "[a: 1]", "new Date()"),
            boolean.class, List.of("true or false", "5", "'yes'", "['a']", "[a: 1]", "new Date()"),
            int.class, List.of("a whole number", "'many'", "1.5", "true", "[1]", "[a: 1]", "99999999999"),
            Object.class,
                    List.of("a list of texts, or one text with commas", "5", "true", "[1, 2]", "[a: 1]", "new Date()"));

    private static final Set<String> MAPS = Set.of("exclude", "buildArgs", "buildContexts", "labels", "secrets");

    private static final List<String> WRONG_FOR_A_MAP =
            List.of("a map of texts, or lines NAME=VALUE", "5", "true", "['a', 'b']", "[a: [1]]", "new Date()");

    @TempDir
    Path home;

    static Stream<Arguments> wrong() {
        return new TreeMap<>(STEPS).entrySet().stream().flatMap(step -> parameters(step.getValue()).entrySet().stream()
                .filter(parameter -> !parameter.getKey().equals("matrix"))
                .map(parameter -> Arguments.of(step.getKey(), parameter.getKey(), parameter.getValue())));
    }

    private static Map<String, Class<?>> parameters(Class<?> step) {
        Map<String, Class<?>> parameters = new TreeMap<>();
        for (Constructor<?> constructor : step.getConstructors()) {
            assertThat(constructor.isAnnotationPresent(DataBoundConstructor.class))
                    .isTrue();
            for (Parameter parameter : constructor.getParameters()) {
                parameters.put(parameter.getName(), parameter.getType());
            }
        }
        for (Method method : step.getMethods()) {
            if (method.isAnnotationPresent(DataBoundSetter.class)) {
                parameters.put(Introspector.decapitalize(method.getName().substring(3)), method.getParameterTypes()[0]);
            }
        }
        return parameters;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("wrong")
    void isAnsweredByOneLine(String step, String parameter, Class<?> type) throws IOException {
        List<String> wrong = MAPS.contains(parameter) ? WRONG_FOR_A_MAP : WRONG.get(type);
        for (String value : wrong.subList(1, wrong.size())) {
            String call = step + "(" + parameter + ": " + value + ")" + (step.equals("dtkBuild") ? " { }" : "");

            String log = fail(call);

            assertThat(log.lines().filter(line -> line.startsWith("ERROR: ")))
                    .as(call)
                    .singleElement()
                    .asString()
                    .startsWith("ERROR: " + step + ": '" + parameter + "' takes " + wrong.get(0) + ", not ");
            assertThat(log)
                    .as(call)
                    .doesNotContain("\tat ")
                    .doesNotContain("java.")
                    .doesNotContain("class ");
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"'x86_64'", "'x86_64, aarch64'", "['x86_64', 'aarch64']", "\"${'x86_64'}\""})
    void listsTakeAListOrOneTextWithCommas(String architectures) throws IOException {
        assertThat(fail("dtkMatrix(releases: '4.x', architectures: " + architectures + ")"))
                .contains("not a range of releases: '4.x'");
    }

    private String fail(String script) throws IOException {
        Ran ran = PipelineSite.ranAlone(script, home);
        assertThat(ran.result()).isEqualTo("FAILURE");
        return ran.log();
    }
}
