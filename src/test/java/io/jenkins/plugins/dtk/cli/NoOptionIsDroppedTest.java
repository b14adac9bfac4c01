package io.jenkins.plugins.dtk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What a command takes and never looks at is a promise that it does not keep: {@code call()} must lead to each. */
@DisplayName("Every option and argument of every command")
class NoOptionIsDroppedTest {

    /** Options that picocli and {@link CallOptions} read by their names, before any command runs. */
    private static final Set<String> BY_NAME = Set.of("--help", "--version", "--config", "--quiet", "--verbose");

    private static final Map<String, CommandSpec> COMMANDS = new LinkedHashMap<>();

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages("io.jenkins.plugins.dtk.cli");
    }

    static Stream<String> commands() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        add(Main.commands(new Terminal(nowhere, nowhere, false), new Faults(nowhere, new CallOptions(Map.of()))));
        return COMMANDS.keySet().stream();
    }

    private static void add(CommandLine command) {
        COMMANDS.put(command.getCommandSpec().qualifiedName(), command.getCommandSpec());
        command.getSubcommands().values().forEach(NoOptionIsDroppedTest::add);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("is read by what the command does")
    @MethodSource("commands")
    void isRead(String name) {
        CommandSpec command = COMMANDS.get(name);
        Set<String> read = fieldsReadBy(command.userObject().getClass());
        Set<String> dropped = new TreeSet<>();
        for (ArgSpec argument : command.args()) {
            String called = argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
            if (!BY_NAME.contains(called) && !read.contains(name((Field) argument.userObject()))) {
                dropped.add(called);
            }
        }
        assertThat(dropped).isEmpty();
    }

    @Test
    @DisplayName("that is read by another command only would be found")
    void otherCommands() {
        assertThat(fieldsReadBy(PruneCommand.class))
                .anyMatch(field -> field.endsWith("PruneCommand.delete"))
                .anyMatch(field -> field.endsWith("ReleaseOptions.channel"))
                .noneMatch(field -> field.endsWith("DriverOptions.limit"));
    }

    private static String name(Field field) {
        return field.getDeclaringClass().getName() + "." + field.getName();
    }

    /** The fields that are read on any way from the command's {@code call()}, within this package. */
    private static Set<String> fieldsReadBy(Class<?> command) {
        Set<String> fields = new HashSet<>();
        Set<JavaCodeUnit> seen = new HashSet<>();
        Deque<JavaCodeUnit> open = new ArrayDeque<>();
        classes.get(command).getMethods().stream()
                .filter(method -> method.getName().equals("call"))
                .forEach(open::add);
        while (!open.isEmpty()) {
            JavaCodeUnit unit = open.pop();
            if (!seen.add(unit)) {
                continue;
            }
            for (JavaFieldAccess access : unit.getFieldAccesses()) {
                if (access.getAccessType() == JavaFieldAccess.AccessType.GET) {
                    fields.add(access.getTarget().getFullName());
                }
            }
            unit.getAccessesFromSelf().forEach(access -> open.addAll(targets(access)));
        }
        return fields;
    }

    /** The methods that a call may lead to: the one that is named, and those that override it. */
    private static Set<JavaCodeUnit> targets(JavaAccess<?> access) {
        Set<JavaCodeUnit> targets = new HashSet<>();
        JavaClass owner = access.getTargetOwner();
        Stream.concat(
                        Stream.of(owner),
                        Stream.concat(owner.getAllRawSuperclasses().stream(), owner.getAllSubclasses().stream()))
                .flatMap(type -> type.getCodeUnits().stream())
                .filter(unit -> unit.getName().equals(access.getTarget().getName()))
                .forEach(targets::add);
        return targets;
    }
}
