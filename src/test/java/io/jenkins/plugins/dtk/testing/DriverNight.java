package io.jenkins.plugins.dtk.testing;

import io.jenkins.plugins.dtk.driver.DriverMatrix;
import io.jenkins.plugins.dtk.driver.DriverTarget;
import io.jenkins.plugins.dtk.driver.KnownFailures;
import io.jenkins.plugins.dtk.driver.Outcome;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.library.ImageLibrary.JoinResult;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.plan.BuildLedger;
import io.jenkins.plugins.dtk.plan.BuildPlan;
import io.jenkins.plugins.dtk.plan.BuildPlan.BuildChoice;
import io.jenkins.plugins.dtk.plan.DriverBuilds;
import io.jenkins.plugins.dtk.plan.Rebuild;
import io.jenkins.plugins.dtk.release.ReleaseSources;
import io.jenkins.plugins.dtk.site.SiteSettings;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A run for a driver of which all comes that can: an image of each outcome.
 *
 * @param result what {@code dtkBuild} returned
 */
public record DriverNight(KernelMatrix matrix, Map<String, Object> result) {

    /** The driver's repository. */
    public static final String IMAGE = "quay.io/acme/acme-nic";

    /** Of the image that is built. */
    public static final String DIGEST = "sha256:" + "2".repeat(64);

    /** What becomes of the images, oldest kernel first. */
    public static final List<String> IMAGES = List.of(
            "there",
            "excluded",
            "no toolkit",
            "known",
            "built",
            "does not compile",
            "does not fit",
            "failed",
            "unknown");

    /** Where the log is of the build that found out what is known. */
    public static final String KNOWN_LOG = "1/execution/node/17/log/";

    private static final String TOOLKIT = "quay.io/acme/driver-toolkit@sha256:" + "1".repeat(64);

    /** The kernel of one of them. */
    public static String kernel(String what) {
        return "5.14.0-427." + (IMAGES.indexOf(what) + 10) + ".1.el9_4";
    }

    private static String branch(String what) {
        return kernel(what) + ".x86_64";
    }

    private static DriverMatrix drivers() {
        String targets = String.join(
                ",",
                IMAGES.stream()
                        .map(what ->
                                """
                                {"kernel": "%s", "rhel": "9.4", "stream": "rhel-9", "releases": ["4.18.6"], "tags": ["3-%s"],
                                 "state": "%s", "toolkit": "%s", "why": "%s"}"""
                                        .formatted(
                                                branch(what),
                                                branch(what),
                                                Set.of("there", "excluded", "no toolkit")
                                                                .contains(what)
                                                        ? what
                                                        : "missing",
                                                what.equals("no toolkit") ? "" : TOOLKIT,
                                                what.equals("excluded")
                                                        ? "its compiler is too old"
                                                        : "of another kernel"))
                        .toList());
        return DriverMatrix.find("{\"version\": \"3\", \"targets\": [" + targets + "]}");
    }

    /** The end of it. */
    public static DriverNight end() {
        KnownFailures known = KnownFailures.in(null);
        known.note(
                DriverTarget.parse(branch("known")),
                "3",
                List.of(TOOLKIT),
                Outcome.DOES_NOT_COMPILE,
                "old.c:3:12: error: unknown type",
                KNOWN_LOG);
        DriverMatrix matrix = drivers();
        BuildLedger ledger = new BuildLedger(IMAGE, plan(matrix, known), false);
        Stream.of("built", "does not compile", "does not fit", "failed", "unknown")
                .forEach(what -> ledger.branchStarted(branch(what), "1" + IMAGES.indexOf(what), "agent-1"));
        ledger.branchDidNotCompile(branch("does not compile"), "acme.c:9:1: error: too few arguments");
        ledger.branchEnded(branch("does not compile"), "script returned exit code 2");
        ledger.branchCameTo(branch("does not fit"), Outcome.DOES_NOT_FIT, "acme.ko: 2 symbols are missing");
        ledger.branchEnded(branch("does not fit"), "script returned exit code 1");
        ledger.branchEnded(branch("failed"), "the disk is full");
        ledger.branchEnded(branch("built"), null);
        ledger.joined(
                kernel("built"),
                new JoinResult(
                        null, false, Map.of(Architecture.X86_64, Digest.parse(DIGEST)), Set.of(), Map.of(), Map.of()));
        ledger.branchEnded(branch("unknown"), null);
        ledger.joinFailed(kernel("unknown"), "the registry does not answer");
        Map<String, Object> result = ledger.toMap();
        ((List<?>) result.get("kernels")).forEach(DriverNight::takesTime);
        return new DriverNight(matrix.kernels(), result);
    }

    /** The branches took some minutes. */
    @SuppressWarnings("unchecked") // what a run returns is maps
    private static void takesTime(Object kernel) {
        Map<String, Map<String, Object>> images =
                (Map<String, Map<String, Object>>) ((Map<String, Object>) kernel).get("archs");
        images.values().forEach(image -> image.computeIfPresent("duration", (name, time) -> 100_000L));
    }

    private static BuildPlan plan(DriverMatrix matrix, KnownFailures known) {
        return DriverBuilds.of(
                matrix,
                ImageReference.parse(IMAGE),
                new SiteSettings(ReleaseSources.of(null, null), Set.of(), Map.of(), "", HttpClient::newBuilder)
                        .places(),
                new BuildChoice(Rebuild.MISSING, 0, false),
                known);
    }
}
