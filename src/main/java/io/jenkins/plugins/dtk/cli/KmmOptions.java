package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.report.DriverModule;
import io.jenkins.plugins.dtk.text.CommaList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a Module of a driver says beside its images. */
final class KmmOptions {

    private static final Pattern MODULE = Pattern.compile("[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--load-order",
            paramLabel = "MODULE",
            description = "For kmm with --tag: modulesLoadingOrder, a comma list.")
    private List<String> loadOrder = new ArrayList<>();

    @Option(
            names = "--in-tree-to-remove",
            paramLabel = "MODULE",
            description = "For kmm with --tag: inTreeModulesToRemove, a comma list.")
    private List<String> inTree = new ArrayList<>();

    @Option(names = "--firmware-path", paramLabel = "PATH", description = "For kmm with --tag: firmwarePath.")
    private String firmwarePath = "";

    @Option(names = "--repo-secret", paramLabel = "NAME", description = "For kmm with --tag: imageRepoSecret.")
    private String repoSecret = "";

    @Option(
            names = "--selector",
            paramLabel = "LABEL=VALUE",
            description = "For kmm with --tag: the nodes; may be repeated. Default: all workers.")
    private Map<String, String> selector = new LinkedHashMap<>();

    /** Wrong usage where a module's name is none, or where one is given that is not used. */
    void check(boolean areUsed) {
        modules("--load-order", loadOrder);
        modules("--in-tree-to-remove", inTree);
        if (!areUsed) {
            unused("--load-order", !loadOrder.isEmpty());
            unused("--in-tree-to-remove", !inTree.isEmpty());
            unused("--firmware-path", !firmwarePath.isEmpty());
            unused("--repo-secret", !repoSecret.isEmpty());
            unused("--selector", !selector.isEmpty());
        }
    }

    private void unused(String option, boolean given) {
        if (given) {
            throw Usage.wrong(spec, option, "it goes with --format kmm and --tag");
        }
    }

    DriverModule.Choices choices(String module, String version) {
        return new DriverModule.Choices(
                module,
                version,
                modules("--load-order", loadOrder),
                modules("--in-tree-to-remove", inTree),
                firmwarePath,
                repoSecret,
                selector);
    }

    private List<String> modules(String option, List<String> lists) {
        return Usage.checked(spec, option, () -> lists.stream()
                .flatMap(list -> CommaList.of(list).stream())
                .map(KmmOptions::module)
                .toList());
    }

    /**
     * A kernel module's name, as a Module of KMM takes it too once it is written with hyphens.
     *
     * @throws IllegalArgumentException when it is none; one line
     */
    static String module(String name) {
        if (!MODULE.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is not the name of a kernel module");
        }
        return name;
    }
}
