package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.util.FormValidation;
import io.jenkins.plugins.dtk.testing.FieldMistakes;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.verb.POST;

@DisplayName("The forms of the steps and of the global configuration")
class FormsTest implements FieldMistakes {

    private static final Path RESOURCES = Path.of("src/main/resources/io/jenkins/plugins/dtk/jenkins");

    @TempDir
    private Path home;

    private static Set<String> fields(Class<?> type) {
        Set<String> fields = new TreeSet<>();
        for (Parameter parameter : type.getConstructors()[0].getParameters()) {
            fields.add(parameter.getName());
        }
        for (Method method : type.getMethods()) {
            if (method.isAnnotationPresent(DataBoundSetter.class)) {
                fields.add(Character.toLowerCase(method.getName().charAt(3))
                        + method.getName().substring(4));
            }
        }
        return fields;
    }

    @ParameterizedTest
    @DisplayName("have an entry and a help for every field, and no help for a field that does not exist")
    @ValueSource(
            classes = {
                DtkMatrixStep.class,
                DtkTagExistsStep.class,
                DtkVerifyStep.class,
                DtkBuildStep.class,
                DtkConfiguration.class
            })
    void helps(Class<?> type) throws IOException {
        Set<String> helps = new TreeSet<>();
        StringBuilder form = new StringBuilder();
        for (Path file : views(type)) {
            String name = file.getFileName().toString();
            if (name.startsWith("help-")) {
                helps.add(name.substring("help-".length(), name.length() - ".html".length()));
            } else if (name.endsWith(".jelly")) {
                form.append(Files.readString(file));
            }
        }

        assertThat(helps).isEqualTo(fields(type));
        assertThat(fields(type)).allSatisfy(field -> assertThat(form)
                .containsAnyOf("field=\"" + field + "\"", "descriptor.getHelpFile('" + field + "')"));
    }

    /** The views of a class and of those it extends, which Jenkins looks through in this order. */
    private static List<Path> views(Class<?> type) throws IOException {
        List<Path> views = new ArrayList<>();
        for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
            Path folder = RESOURCES.resolve(owner.getSimpleName());
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    files.forEach(views::add);
                }
            }
        }
        return views;
    }

    @Test
    @DisplayName("escape what they show, and hold no script, style or handler; the grid is escaped by who writes it")
    void jelly() throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            List<Path> pages =
                    files.filter(file -> file.toString().endsWith(".jelly")).toList();
            assertThat(pages)
                    .hasSizeGreaterThan(4)
                    .allSatisfy(
                            page -> assertThat(Files.readString(page))
                                    .startsWith("<?jelly escape-by-default='true'?>")
                                    .doesNotContainPattern(
                                            "<script|<style|style=|\\son[a-z]+=|checkUrl|<j:out(?! value=\"\\$\\{(it|record\\.section)\\.(totals|grid|changing)Html\\()|escapeText"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("show the fields that people need first, the others under Advanced")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            DtkMatrixStep    | releases architectures pullSecretId image registryCredentialsId
            DtkTagExistsStep | image tag platforms registryCredentialsId
            DtkVerifyStep    | releases architectures pullSecretId image registryCredentialsId
            DtkBuildStep     | matrix image registryCredentialsId rhsmOrgId rhsmActivationKeyId
            DtkConfiguration | channel registryMirrors trustedCertificates rhsmUrl
            """)
    void first(String form, String fields) throws IOException {
        String all = Files.readString(RESOURCES.resolve(form).resolve("config.jelly"))
                .replace(
                        "<st:include class=\"${descriptor.clazz}\" page=\"releases.jelly\"/>",
                        Files.readString(RESOURCES.resolve("ReleasesStep/releases.jelly")));

        assertThat(Pattern.compile("field=\"(\\w+)\"")
                        .matcher(all.substring(0, all.indexOf("<f:advanced>")))
                        .results()
                        .map(field -> field.group(1)))
                .containsExactly(fields.split(" "));
        assertThat(all).contains("</f:advanced>");
    }

    @Override
    public Ran ended(String script) throws IOException {
        return PipelineSite.ranAlone(script, home);
    }

    @Override
    public String underTheField(String form, String field, Map<String, String> typed) throws Exception {
        Class<?> type = Class.forName("io.jenkins.plugins.dtk.jenkins." + form);
        Object descriptor = type == DtkConfiguration.class
                ? new DtkConfiguration()
                : Class.forName(type.getName() + "$DescriptorImpl")
                        .getConstructor()
                        .newInstance();
        String name = "doCheck" + Character.toUpperCase(field.charAt(0)) + field.substring(1);
        Method check = Stream.of(descriptor.getClass().getMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow();
        FormValidation shown = (FormValidation) check.invoke(
                descriptor,
                Stream.of(check.getParameters())
                        .map(parameter -> typed.get(parameter.getName()))
                        .toArray());
        assertThat(shown.kind).isIn(FormValidation.Kind.ERROR, FormValidation.Kind.OK);
        return shown.kind == FormValidation.Kind.OK ? "" : shown.getMessage();
    }

    @ParameterizedTest
    @DisplayName("take no action but by POST, so that no link on another site can take it")
    @ValueSource(
            classes = {
                DtkMatrixStep.DescriptorImpl.class,
                DtkTagExistsStep.DescriptorImpl.class,
                DtkVerifyStep.DescriptorImpl.class,
                DtkBuildStep.DescriptorImpl.class,
                DtkConfiguration.class
            })
    void post(Class<?> type) {
        List<Method> actions = Stream.of(type.getMethods())
                .filter(method -> method.getName().matches("do(Fill|Check)[A-Z].*"))
                .toList();

        assertThat(actions).hasSizeGreaterThan(4).allSatisfy(action -> assertThat(
                        action.isAnnotationPresent(POST.class))
                .as(action.getName())
                .isTrue());
    }

    @Test
    @DisplayName("take an empty field for one that is filled in later, or has a default")
    void empty() {
        assertThat(new DtkBuildStep.DescriptorImpl().doCheckImage("").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(new DtkConfiguration().doCheckCacheFolder("").kind).isEqualTo(FormValidation.Kind.OK);
    }

    @Test
    @DisplayName("give lists as lists, however they were filled in")
    void lists() {
        DtkMatrixStep matrix = new DtkMatrixStep();
        matrix.setArchitectures(List.of("x86_64, s390x", "aarch64"));
        DtkTagExistsStep exists = new DtkTagExistsStep("quay.io/acme/dtk", "1");
        exists.setPlatforms(List.of("linux/amd64,linux/arm64"));

        assertThat(matrix.getArchitectures()).containsExactly("x86_64", "s390x", "aarch64");
        assertThat(exists.getPlatforms()).containsExactly("linux/amd64", "linux/arm64");
        matrix.setArchitectures("x86_64, s390x");
        assertThat(matrix.getArchitectures()).containsExactly("x86_64", "s390x");
        assertThat(new DtkMatrixStep.DescriptorImpl().join(matrix.getArchitectures()))
                .isEqualTo("x86_64, s390x");
    }
}
