package io.jenkins.plugins.dtk.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The copy of Jenkins' API stays in proportion: what neither the plugin nor the engine uses is not copied. */
@DisplayName("Every copied class and member of Jenkins' API has a user")
class CopiedApiIsUsedTest {

    private static final String OURS = "io.jenkins.plugins.dtk.";

    /** Pipelines name it. */
    private static final Set<String> WHOLE = Set.of("com.cloudbees.groovy.cps.NonCPS");

    private static JavaClasses all;

    private final Set<JavaMember> used = new HashSet<>();
    private final Set<JavaClass> usedClasses = new HashSet<>();
    private final Deque<JavaMember> open = new ArrayDeque<>();

    @BeforeAll
    static void read() {
        all = new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages(
                        "io.jenkins.plugins.dtk",
                        "hudson",
                        "jenkins",
                        "org.jenkinsci",
                        "org.kohsuke",
                        "org.springframework",
                        "com.cloudbees",
                        "com.google");
    }

    @Test
    @DisplayName("reached from the plugin, the command line, the engine or the demo")
    void everyMemberIsReached() {
        for (JavaClass type : all) {
            if (!isCopied(type)) {
                reach(type);
                type.getMembers().forEach(this::reach);
            }
        }
        do {
            while (!open.isEmpty()) {
                follow(open.pop());
            }
            usedClasses.stream().filter(CopiedApiIsUsedTest::isCopied).toList().forEach(this::reachOverrides);
        } while (!open.isEmpty());
        Set<String> unused = new TreeSet<>();
        for (JavaClass type : all) {
            if (isCopied(type) && !type.isAnonymousClass() && !type.isLocalClass()) {
                if (!usedClasses.contains(type)) {
                    unused.add(type.getName());
                } else {
                    type.getMembers().stream()
                            .filter(member -> isNamed(member) && !used.contains(member))
                            .forEach(member -> unused.add(member.getFullName()));
                }
            }
        }
        assertThat(unused).isEmpty();
    }

    private static boolean isCopied(JavaClass type) {
        return !type.getName().startsWith(OURS) && !WHOLE.contains(type.getName());
    }

    /** Whether a person wrote it for callers: constructors may be called by name, constants and fields cost a line. */
    private static boolean isNamed(JavaMember member) {
        return !member.getModifiers().contains(JavaModifier.SYNTHETIC)
                && !member.getName().equals("<clinit>")
                && !(member instanceof JavaConstructor)
                && !(member instanceof JavaField)
                && !(member.getOwner().isEnum() && !member.getName().startsWith("is"))
                && !member.getOwner().isAnnotation();
    }

    private void reach(JavaMember member) {
        if (used.add(member)) {
            open.push(member);
        }
    }

    private void reach(JavaClass type) {
        JavaClass base = type.getBaseComponentType();
        if (usedClasses.add(base)) {
            base.getRawSuperclass().ifPresent(this::reach);
            base.getRawInterfaces().forEach(this::reach);
            base.getAnnotations().forEach(this::reach);
            base.getFields().forEach(field -> reach(field.getRawType()));
            base.getEnclosingClass().ifPresent(this::reach);
            base.getStaticInitializer().ifPresent(this::follow);
        }
    }

    private void reach(JavaAnnotation<?> annotation) {
        reach(annotation.getRawType());
        for (Object value : annotation.getProperties().values()) {
            if (value instanceof JavaClass[] types) {
                List.of(types).forEach(this::reach);
            }
        }
    }

    private void follow(JavaMember member) {
        reach(member.getOwner());
        member.getAllInvolvedRawTypes().forEach(this::reach);
        member.getAnnotations().forEach(this::reach);
        if (member instanceof JavaCodeUnit unit) {
            unit.getAccessesFromSelf().forEach(access -> {
                reach(access.getTargetOwner());
                resolve(access.getTarget()).forEach(this::reach);
            });
            unit.getParameters().forEach(parameter -> parameter.getAnnotations().forEach(this::reach));
            unit.getReferencedClassObjects().forEach(object -> reach(object.getRawType()));
            unit.getInstanceofChecks().forEach(check -> reach(check.getRawType()));
            unit.getTryCatchBlocks()
                    .forEach(block -> block.getCaughtThrowables().forEach(this::reach));
        }
    }

    private static List<JavaMember> resolve(AccessTarget target) {
        List<JavaMember> found = new ArrayList<>();
        target.resolveMember().ifPresent(found::add);
        return found;
    }

    /** A class that is used runs what it overrides of the types above it, where those are used or are not ours. */
    private void reachOverrides(JavaClass type) {
        for (JavaMember member : type.getMembers()) {
            if (member instanceof JavaCodeUnit unit && !used.contains(member)) {
                boolean above =
                        type.getAllRawSuperclasses().stream().anyMatch(superclass -> declaresUsed(superclass, unit))
                                || type.getAllRawInterfaces().stream().anyMatch(above1 -> declaresUsed(above1, unit));
                boolean below =
                        type.getAllSubclasses().stream().anyMatch(subclass -> declaresForOthers(subclass, unit));
                if (above || below || isCalledByName(member)) {
                    reach(member);
                }
            }
        }
    }

    /** The engine sets parameters, and Java stores and reads objects, by methods that no code names. */
    private static boolean isCalledByName(JavaMember member) {
        return member.isAnnotatedWith("org.kohsuke.stapler.DataBoundSetter")
                || List.of("readResolve", "writeReplace", "readObject", "writeObject")
                        .contains(member.getName());
    }

    private boolean declaresUsed(JavaClass type, JavaCodeUnit unit) {
        return type.getMembers().stream()
                .anyMatch(member ->
                        sameSignature(member, unit) && (used.contains(member) || !all.contain(type.getName())));
    }

    private boolean declaresForOthers(JavaClass type, JavaCodeUnit unit) {
        return type.getMembers().stream()
                .anyMatch(member -> sameSignature(member, unit) && (!isCopied(type) || used.contains(member)));
    }

    private static boolean sameSignature(JavaMember member, JavaCodeUnit unit) {
        return member instanceof JavaCodeUnit other
                && !unit.isConstructor()
                && other.getName().equals(unit.getName())
                && other.getRawParameterTypes().size()
                        == unit.getRawParameterTypes().size();
    }
}
