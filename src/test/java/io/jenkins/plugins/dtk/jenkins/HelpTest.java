package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.kohsuke.stapler.DataBoundSetter;

@DisplayName("The help that Jenkins shows")
class HelpTest {

    private static final Path RESOURCES = Path.of("src/main/resources/io/jenkins/plugins/dtk/jenkins");

    private static final List<Class<? extends Step>> STEPS = List.of(
            DtkMatrixStep.class,
            DtkTagExistsStep.class,
            DtkVerifyStep.class,
            DtkBuildStep.class,
            DtkImageStep.class,
            DtkCheckStep.class,
            DtkReportStep.class);

    private static final Pattern PARAMETER =
            Pattern.compile("^### (\\w+)\n(.*?)(?=^##|\\z)", Pattern.MULTILINE | Pattern.DOTALL);

    @Test
    @DisplayName("of steps, parameters and fields is what their pages in vars-docs and docs say")
    void generated() throws IOException {
        Map<Path, String> wanted = help();
        if (Boolean.getBoolean("dtk.write")) {
            for (Map.Entry<Path, String> file : wanted.entrySet()) {
                Files.writeString(file.getKey(), file.getValue());
            }
        }
        assertThat(wanted).allSatisfy((file, text) -> assertThat(file)
                .as("write it anew with ./mvnw test -Dtest=HelpTest -Ddtk.write=true")
                .hasContent(text));
        assertThat(written()).as("help that no page has").isSubsetOf(wanted.keySet());
    }

    private static Map<Path, String> help() throws IOException {
        Map<Path, String> help = new TreeMap<>();
        Map<Class<?>, Map<String, String>> parameters = new LinkedHashMap<>();
        for (Class<? extends Step> step : STEPS) {
            String page = page(step);
            help.put(RESOURCES.resolve(step.getSimpleName()).resolve("help.html"), HelpMarkdown.html(page));
            parameters.put(step, parameters(page));
        }
        parameters.forEach(
                (step, texts) -> texts.forEach((name, text) -> put(help, owner(step, name, parameters), name, text)));
        parameters(Files.readString(Path.of("docs", "configuration.md")))
                .forEach((name, text) -> put(help, DtkConfiguration.class, name, text));
        return help;
    }

    private static void put(Map<Path, String> help, Class<?> owner, String name, String text) {
        help.put(
                RESOURCES.resolve(owner.getSimpleName()).resolve("help-" + name + ".html"),
                "<div>\n" + HelpMarkdown.html(text) + "</div>\n");
    }

    private static String page(Class<? extends Step> step) throws IOException {
        String name = step.getSimpleName();
        return Files.readString(Path.of("vars-docs", "d" + name.substring(1, name.length() - "Step".length()) + ".md"));
    }

    private static Map<String, String> parameters(String page) {
        Map<String, String> parameters = new TreeMap<>();
        Matcher sections = PARAMETER.matcher(page);
        while (sections.find()) {
            parameters.put(sections.group(1), sections.group(2));
        }
        return parameters;
    }

    /** Whose help it is: that of the class that declares the parameter, unless steps that share it say different things. */
    private static Class<?> owner(Class<?> step, String name, Map<Class<?>, Map<String, String>> parameters) {
        Class<?> declaring = Stream.<Class<?>>iterate(step, type -> type != null, Class::getSuperclass)
                .filter(type -> Stream.of(type.getDeclaredMethods())
                        .filter(method -> !method.isBridge() && method.isAnnotationPresent(DataBoundSetter.class))
                        .anyMatch(method -> method.getName().equalsIgnoreCase("set" + name)))
                .findFirst()
                .orElse(step);
        long pages = parameters.entrySet().stream()
                .filter(page -> declaring.isAssignableFrom(page.getKey())
                        && page.getValue().containsKey(name))
                .count();
        return pages > 1 ? step : declaring;
    }

    private static List<Path> written() throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            return files.filter(file -> file.getFileName().toString().matches("help.*\\.html"))
                    .toList();
        }
    }
}
