package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.report.DriverModule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What a Module of a driver says beside its images. */
final class KmmOptions {

    @Option(
            names = "--load-order",
            paramLabel = "MODULE",
            split = ",",
            description = "For kmm with --tag: modulesLoadingOrder, a comma list.")
    private List<String> loadOrder = new ArrayList<>();

    @Option(
            names = "--in-tree-to-remove",
            paramLabel = "MODULE",
            split = ",",
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

    DriverModule.Choices choices(String module, String version) {
        return new DriverModule.Choices(module, version, loadOrder, inTree, firmwarePath, repoSecret, selector);
    }
}
