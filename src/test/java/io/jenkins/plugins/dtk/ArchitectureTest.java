package io.jenkins.plugins.dtk;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The code keeps to its layers")
class ArchitectureTest {

    private static final String ROOT = "io.jenkins.plugins.dtk.";

    /** Each may use those before it; on top of them stand {@code jenkins} and {@code cli}. */
    private static final List<String> LAYERS = List.of(
            "failure",
            "text",
            "json",
            "kernel",
            "kmod",
            "http",
            "oci",
            "registry",
            "rhsm",
            "release",
            "matrix",
            "library",
            "driver",
            "plan",
            "report",
            "site");

    /** What the plugin brings along or gets from Jenkins for its own use, in any layer. */
    private static final List<String> LIBRARIES = List.of(
            "java..",
            "javax.net.ssl..",
            "javax.security.auth.x500..",
            "javax.xml.stream..",
            "com.fasterxml.jackson..",
            "io.airlift.compress..",
            "org.tukaani.xz..");

    private static final String[] JENKINS_API = {
        "hudson..", "jenkins..", "org.jenkinsci..", "org.kohsuke..", "com.cloudbees.."
    };

    /** How many top-level types of a package others see, at most: a smaller number may be written here, no larger one. */
    private static final Map<String, Integer> MOST_PUBLIC_TYPES = Map.ofEntries(
            Map.entry("failure", 3),
            Map.entry("text", 6),
            Map.entry("json", 3),
            Map.entry("kernel", 6),
            Map.entry("kmod", 7),
            Map.entry("http", 9),
            Map.entry("oci", 9),
            Map.entry("registry", 5),
            Map.entry("rhsm", 2),
            Map.entry("release", 10),
            Map.entry("matrix", 12),
            Map.entry("library", 11),
            Map.entry("driver", 18),
            Map.entry("plan", 10),
            Map.entry("report", 12),
            Map.entry("site", 3),
            Map.entry("jenkins", 26),
            Map.entry("cli", 1));

    private static JavaClasses all;

    @BeforeAll
    static void read() {
        all = new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages("io.jenkins.plugins.dtk", "hudson", "jenkins", "org.jenkinsci", "com.cloudbees");
        assertThat(all).hasSizeGreaterThan(100);
    }

    static Stream<String> layers() {
        return LAYERS.stream();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a layer uses the layers below it, the JDK and JSON, and nothing else")
    @MethodSource("layers")
    void layer(String layer) {
        List<String> allowed = new ArrayList<>(LIBRARIES);
        LAYERS.subList(0, LAYERS.indexOf(layer) + 1).forEach(below -> allowed.add(ROOT + below));
        classes()
                .that()
                .resideInAPackage(ROOT + layer)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new))
                .check(all);
    }

    @Test
    @DisplayName("there is no other layer than those named here")
    void packages() {
        List<String> known = new ArrayList<>(LAYERS);
        known.addAll(List.of("build", "jenkins", "cli", "embedded", "demo"));
        classes()
                .that()
                .resideInAPackage("io.jenkins.plugins.dtk..")
                .should()
                .resideInAnyPackage(known.stream().map(layer -> ROOT + layer).toArray(String[]::new))
                .check(all);
        assertThat(known)
                .allSatisfy(layer ->
                        assertThat(all.containPackage(ROOT + layer)).as(layer).isTrue());
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("each package says why it exists, names its facade and gives an example")
    @MethodSource("frontDoors")
    void packageInfo(String layer) throws Exception {
        Path file = Path.of("src/main/java/io/jenkins/plugins/dtk", layer, "package-info.java");
        assertThat(Files.readString(file))
                .contains("<p>Facade: ")
                .contains("It")
                .contains("knows");
    }

    static Stream<String> frontDoors() {
        return Stream.concat(LAYERS.stream(), Stream.of("jenkins", "cli"));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("no package shows more types than it did")
    @MethodSource("frontDoors")
    void publicTypes(String layer) {
        assertThat(all.stream()
                        .filter(type -> type.getPackageName().equals(ROOT + layer))
                        .filter(type ->
                                type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getSimpleName))
                .as("make the new one package-private, or another one")
                .hasSizeLessThanOrEqualTo(MOST_PUBLIC_TYPES.get(layer));
    }

    @Test
    @DisplayName("packages have no circles")
    void noCircles() {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(all);
    }

    @Test
    @DisplayName("the names of what earlier versions stored are used by nothing")
    void storedNames() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "build")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "build")
                .check(all);
    }

    @Test
    @DisplayName("there is one failure: no other package of the plugin declares an exception that others see")
    void failures() {
        classes()
                .that()
                .areAssignableTo(Throwable.class)
                .and()
                .resideInAPackage("io.jenkins.plugins.dtk..")
                .and()
                .resideOutsideOfPackages(ROOT + "embedded", ROOT + "demo")
                .should()
                .resideInAPackage(ROOT + "failure")
                .check(all);
    }

    @Test
    @DisplayName("Jenkins' API is known to the steps, to the engine that stands in for it, and to the demo")
    void jenkinsApi() {
        noClasses()
                .that()
                .resideInAPackage("io.jenkins.plugins.dtk..")
                .and()
                .resideOutsideOfPackages(ROOT + "jenkins", ROOT + "embedded", ROOT + "demo")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(JENKINS_API)
                .check(all);
    }

    @Test
    @DisplayName("what goes into the .hpi knows neither the engine nor the demo nor the command line")
    void plugin() {
        noClasses()
                .that()
                .resideInAPackage("io.jenkins.plugins.dtk..")
                .and()
                .resideOutsideOfPackages(ROOT + "cli", ROOT + "embedded", ROOT + "demo")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + "cli", ROOT + "embedded", ROOT + "demo")
                .check(all);
    }

    @Test
    @DisplayName("the command line runs the steps in the engine: of the plugin it knows the global configuration alone")
    void commandLine() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "cli")
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "jenkins").and(not(simpleName("DtkConfiguration"))))
                .check(all);
    }

    @Test
    @DisplayName(
            "picocli is known to the command line alone, TOML to what reads mirrors, Groovy to the engine, bcrypt to the demo")
    void libraries() {
        only("picocli..", "cli");
        only("com.fasterxml.jackson.dataformat.toml..", "registry");
        only("groovy..", "embedded");
        only("org.codehaus.groovy..", "embedded");
        only("at.favre..", "demo");
    }

    private static void only(String library, String layer) {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + layer)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(all);
        assertThat(all.stream())
                .as("%s uses %s", layer, library)
                .anyMatch(user -> user.getPackageName().equals(ROOT + layer)
                        && user.getDirectDependenciesFromSelf().stream()
                                .anyMatch(used ->
                                        used.getTargetClass().getPackageName().startsWith(library.replace("..", ""))));
    }
}
