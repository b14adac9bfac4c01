package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.kmod.Symvers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that names the symbols of modules which other vendors bring. */
final class SymversOption {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--symvers",
            paramLabel = "FILE",
            description = "The Module.symvers of another vendor whose modules will be there too; may be repeated.")
    private List<Path> symvers = new ArrayList<>();

    /** Their absolute paths, a line each. */
    String lines() {
        return symvers.stream().map(file -> file.toAbsolutePath().toString()).collect(Collectors.joining("\n"));
    }

    /** The tables, or wrong usage where one cannot be read. */
    List<Symvers> tables() {
        return symvers.stream()
                .map(file -> Usage.checked(spec, "--symvers", () -> SymversFile.read(file)))
                .toList();
    }
}
