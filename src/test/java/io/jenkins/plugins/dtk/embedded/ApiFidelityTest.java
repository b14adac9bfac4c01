package io.jenkins.plugins.dtk.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.embedded.RecordedApi.Member;
import io.jenkins.plugins.dtk.embedded.RecordedApi.RecordedClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A plugin that compiles against the embedded API must compile and link against the real one: what is declared under
 * Jenkins' package names is there in Jenkins, with the same descriptor. Private and package-private members and
 * private nested classes are our own affair, as they are Jenkins'.
 */
class ApiFidelityTest {

    private static final List<String> JENKINS_PACKAGES =
            List.of("hudson", "jenkins", "org/jenkinsci", "org/kohsuke", "com/cloudbees");

    /** Supertypes that Jenkins' classes have and ours do not: reason, then names. */
    private static final Map<String, String> LEFT_OUT = Map.of(
            "pages and forms, which only Jenkins shows",
            """
            hudson.model.DescriptorByNameOwner hudson.model.ModifiableViewGroup hudson.model.ReconfigurableDescribable
            hudson.search.SearchableModelObject jenkins.console.WithConsoleUrl jenkins.model.ModelObjectWithChildren
            jenkins.model.ModelObjectWithContextMenu jenkins.widgets.HasWidgets org.jenkins.ui.icon.IconSpec
            org.kohsuke.stapler.HttpDeletable org.kohsuke.stapler.StaplerFallback
            org.kohsuke.stapler.StaplerOverridable org.kohsuke.stapler.StaplerProxy
            org.kohsuke.stapler.export.CustomExportedBean""",
            "what Jenkins keeps on disk and reads back",
            """
            jenkins.model.DirectlyModifiableTopLevelItemGroup jenkins.model.HistoricalBuild jenkins.model.Loadable""",
            "controller and agents as processes of their own",
            """
            hudson.model.ExecutorListener jenkins.model.IComputer jenkins.tasks.filters.EnvVarsFilterableBuilder
            jenkins.util.io.OnMaster jenkins.agents.ControllerToAgentFileCallable
            org.jenkinsci.remoting.SerializableOnlyOverRemoting""",
            "bases that no one names",
            """
            hudson.model.AbstractCIBase hudson.model.AbstractModelObject hudson.util.AbstractTaskListener
            jenkins.model.Named
            org.kohsuke.accmod.restrictions.DoNotUse""");

    /** Supertypes that a class of ours names itself and Jenkins' has by way of one that is left out. */
    private static final Map<String, Set<String>> INDIRECT = Map.of(
            "hudson.FilePath", Set.of("java.io.Serializable"),
            "jenkins.MasterToSlaveFileCallable", Set.of("hudson.FilePath$FileCallable"),
            "hudson.model.TaskListener", Set.of("java.io.Serializable"),
            "hudson.model.Actionable", Set.of("hudson.model.ModelObject"),
            "hudson.model.Node", Set.of("hudson.model.ModelObject"),
            "jenkins.model.Jenkins", Set.of("hudson.model.ItemGroup"));

    /** Types that the engine alone extends, so that they may lack abstract members that it has no use for. */
    private static final Set<String> OURS_TO_IMPLEMENT = Set.of(
            "org.jenkinsci.plugins.durabletask.DurableTask",
            "org.jenkinsci.plugins.workflow.steps.BodyInvoker",
            "com.cloudbees.plugins.credentials.Credentials",
            "hudson.model.AbstractItem",
            "hudson.model.Computer",
            "hudson.model.Item",
            "hudson.model.ItemGroup",
            "hudson.model.Node",
            "org.jenkinsci.plugins.workflow.actions.LogAction",
            "org.jenkinsci.plugins.workflow.steps.StepContext");

    private final RecordedApi recorded = RecordedApi.read();
    private final List<Class<?>> declared = declaredClasses();

    @Test
    void everyClassExistsInJenkins() {
        assertThat(declared).hasSizeGreaterThan(80);
        assertThat(declared).allSatisfy(type -> assertThat(recorded.get(type.getName()))
                .as("%s is not recorded", type.getName())
                .isNotNull());
    }

    @Test
    void everyClassIsAClassOrAnInterfaceAsInJenkins() {
        assertThat(declared).allSatisfy(type -> assertThat(type.isInterface())
                .as(type.getName())
                .isEqualTo(recorded.get(type.getName()).isInterface()));
    }

    @Test
    void everyPublicOrProtectedMemberExistsInJenkins() {
        List<String> strangers = new ArrayList<>();
        for (Class<?> type : declared) {
            Set<Member> known = membersOf(type);
            for (Member member : visibleMembers(type)) {
                if (!known.contains(member)) {
                    strangers.add(type.getName() + ": " + member);
                }
            }
        }
        assertThat(strangers).as("declared here, unknown to Jenkins").isEmpty();
    }

    @Test
    void everySupertypeIsOneInJenkins() {
        List<String> strangers = new ArrayList<>();
        for (Class<?> type : declared) {
            Set<String> known = new TreeSet<>(recorded.get(type.getName()).supertypes());
            known.addAll(INDIRECT.getOrDefault(type.getName(), Set.of()));
            for (Class<?> supertype : directSupertypes(type)) {
                if (!known.contains(supertype.getName())) {
                    strangers.add(type.getName() + " -> " + supertype.getName());
                }
            }
        }
        assertThat(strangers).as("supertypes here, unknown to Jenkins").isEmpty();
    }

    @Test
    void onlyTheSupertypesThatAreListedAreLeftOut() {
        Set<String> leftOut = new TreeSet<>();
        for (Class<?> type : declared) {
            for (String supertype : recorded.get(type.getName()).supertypes()) {
                if (allSupertypes(type).noneMatch(own -> own.getName().equals(supertype))) {
                    leftOut.add(supertype);
                }
            }
        }
        Set<String> listed = LEFT_OUT.values().stream()
                .flatMap(names -> Stream.of(names.trim().split("\\s+")))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(leftOut).isEqualTo(listed);
    }

    @Test
    void whatAPluginMustImplementInJenkinsItMustImplementHere() {
        List<String> missing = new ArrayList<>();
        for (Class<?> type : declared) {
            if (!type.isAnnotation() && !OURS_TO_IMPLEMENT.contains(type.getName())) {
                List<Member> own = visibleMembers(type);
                for (Member member : recorded.get(type.getName()).abstractMembers()) {
                    if (!own.contains(member)) {
                        missing.add(type.getName() + ": " + member);
                    }
                }
            }
        }
        assertThat(missing).as("abstract in Jenkins, absent here").isEmpty();
    }

    @Test
    void aMadeUpMemberIsFound() {
        Set<Member> known = membersOf(hudson.FilePath.class);
        assertThat(known)
                .contains(new Member("getRemote", "()Ljava/lang/String;", false))
                .doesNotContain(new Member("getRemote", "()Ljava/lang/String;", true))
                .doesNotContain(new Member("getRemote", "()Ljava/nio/file/Path;", false))
                .doesNotContain(new Member("getRemotes", "()Ljava/lang/String;", false));
    }

    /** What the record has for the class and for its supertypes; constructors are not inherited. */
    private Set<Member> membersOf(Class<?> type) {
        Set<Member> members = new LinkedHashSet<>(recorded.get(type.getName()).members());
        allSupertypes(type).forEach(supertype -> {
            RecordedClass known = recorded.get(supertype.getName());
            List<Member> inherited = known == null ? visibleMembers(supertype) : known.members();
            inherited.stream().filter(member -> !member.name().equals("<init>")).forEach(members::add);
        });
        return members;
    }

    private static List<Member> visibleMembers(Class<?> type) {
        List<Member> members = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            if (isVisible(field.getModifiers()) && !field.isSynthetic()) {
                members.add(member(field.getName(), field.getType().descriptorString(), field.getModifiers()));
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (isVisible(method.getModifiers())) {
                String descriptor = descriptor(method.getParameterTypes(), method.getReturnType());
                members.add(member(method.getName(), descriptor, method.getModifiers()));
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (isVisible(constructor.getModifiers())) {
                String descriptor = descriptor(constructor.getParameterTypes(), void.class);
                members.add(member("<init>", descriptor, constructor.getModifiers()));
            }
        }
        return members;
    }

    private static Member member(String name, String descriptor, int modifiers) {
        return new Member(name, descriptor, Modifier.isStatic(modifiers));
    }

    private static String descriptor(Class<?>[] parameters, Class<?> returned) {
        return Stream.of(parameters).map(Class::descriptorString).collect(Collectors.joining("", "(", ")"))
                + returned.descriptorString();
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static List<Class<?>> directSupertypes(Class<?> type) {
        List<Class<?>> supertypes = new ArrayList<>(List.of(type.getInterfaces()));
        if (type.getSuperclass() != null && type.getSuperclass() != Object.class) {
            supertypes.add(type.getSuperclass());
        }
        return supertypes;
    }

    private static Stream<Class<?>> allSupertypes(Class<?> type) {
        return directSupertypes(type).stream()
                .flatMap(supertype -> Stream.concat(Stream.of(supertype), allSupertypes(supertype)))
                .distinct();
    }

    /** Every class under Jenkins' package names in the folder that these sources are compiled to. */
    private static List<Class<?>> declaredClasses() {
        try {
            Path root = Path.of(hudson.FilePath.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            List<Class<?>> classes = new ArrayList<>();
            for (String folder : JENKINS_PACKAGES) {
                try (Stream<Path> files = Files.walk(root.resolve(folder))) {
                    files.map(file -> root.relativize(file).toString())
                            .filter(name -> name.endsWith(".class"))
                            .map(name ->
                                    load(name.substring(0, name.length() - 6).replace('/', '.')))
                            .filter(ApiFidelityTest::isDeclaredForOthers)
                            .forEach(classes::add);
                }
            }
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isDeclaredForOthers(Class<?> type) {
        for (Class<?> around = type; around != null; around = around.getEnclosingClass()) {
            if (around.isAnonymousClass() || around.isLocalClass() || Modifier.isPrivate(around.getModifiers())) {
                return false;
            }
        }
        return true;
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ApiFidelityTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
