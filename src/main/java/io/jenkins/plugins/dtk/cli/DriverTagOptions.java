package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.driver.DriverPlan;
import io.jenkins.plugins.dtk.driver.TagPattern;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say under which tags a vendor keeps the images of a driver. */
final class DriverTagOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--tag",
            paramLabel = "PATTERN",
            description = "The tags of a driver's images, with {version}, {kernel}, {nvr}, {rhel}, {openshift}, {arch},"
                    + " {goarch}, {flavour}, such as {version}-{kernel}; may be repeated.")
    private List<String> tags = new ArrayList<>();

    @Option(names = "--driver-version", paramLabel = "VERSION", description = "The driver's: {version} in tags.")
    private String version = "";

    /** Whether it is about drivers. */
    boolean areGiven() {
        return !tags.isEmpty();
    }

    String version() {
        return version;
    }

    /** The plan, or wrong usage where a pattern is none. */
    DriverPlan plan() {
        if (!areGiven()) {
            throw Usage.wrong(
                    spec, "--tag", "it is missing; name the pattern of the driver's tags, such as {version}-{kernel}");
        }
        return Usage.checked(spec, "--tag", () -> new DriverPlan(patterns(), version));
    }

    /** The patterns, or wrong usage where one is none. */
    List<TagPattern> patterns() {
        return tags.stream()
                .map(text -> Usage.checked(spec, "--tag", () -> TagPattern.parse(text)))
                .toList();
    }
}
