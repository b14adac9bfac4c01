package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.kernel.KernelFlavour;
import io.jenkins.plugins.dtk.text.CommaList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that says for which flavours of kernels a driver has images; for commands that ask for all of them. */
final class FlavourOption {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--flavour",
            paramLabel = "FLAVOUR",
            defaultValue = "standard",
            description = "With --tag: of the kernels, standard, rt, 64k; a comma list. Default: ${DEFAULT-VALUE}.")
    private List<String> flavours;

    /** The flavours, or wrong usage where one is none. */
    Set<KernelFlavour> flavours() {
        Set<KernelFlavour> kinds = EnumSet.noneOf(KernelFlavour.class);
        for (String list : flavours) {
            kinds.addAll(Usage.checked(spec, "--flavour", () -> CommaList.of(list).stream()
                    .map(KernelFlavour::parse)
                    .toList()));
        }
        return kinds;
    }
}
