package io.jenkins.plugins.dtk.plan;

import static io.jenkins.plugins.dtk.plan.Kernels.ARM;
import static io.jenkins.plugins.dtk.plan.Kernels.X86;
import static io.jenkins.plugins.dtk.plan.Kernels.matrix;
import static io.jenkins.plugins.dtk.plan.Kernels.missing;
import static io.jenkins.plugins.dtk.plan.Kernels.settings;
import static io.jenkins.plugins.dtk.plan.Kernels.stale;
import static io.jenkins.plugins.dtk.plan.Kernels.unjoined;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.library.ImageLibrary.JoinResult;
import io.jenkins.plugins.dtk.matrix.MatrixKernel;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.plan.BuildPlan.BuildChoice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The books of a run")
class BuildLedgerTest {

    private static final String K1 = "5.14.0-1.el9_4";
    private static final String K2 = "5.14.0-2.el9_4";
    private static final String INDEX = "sha256:" + "1".repeat(64);

    private static BuildLedger ledger(MatrixKernel... kernels) {
        ImageReference image = ImageReference.parse("quay.io/acme/driver-toolkit");
        return new BuildLedger(image.name(), BuildPlan.of(matrix(kernels), image, settings()), false);
    }

    private static String digest(Architecture architecture) {
        return "sha256:" + String.valueOf(architecture.ordinal() + 5).repeat(64);
    }

    /** The index names these. */
    private static JoinResult index(Architecture... joined) {
        return index(Map.of(), joined);
    }

    private static JoinResult index(Map<Architecture, String> rejected, Architecture... joined) {
        Map<Architecture, Digest> digests = new EnumMap<>(Architecture.class);
        Stream.of(joined).forEach(architecture -> digests.put(architecture, Digest.parse(digest(architecture))));
        return new JoinResult(
                joined.length == 0 ? null : Digest.parse(INDEX), true, digests, Set.of(), rejected, Map.of());
    }

    static Stream<List<String>> orders() {
        List<List<String>> orders = new ArrayList<>();
        permute(List.of(K1 + ".x86_64", K1 + ".aarch64", K2 + ".x86_64", K2 + ".aarch64"), new ArrayList<>(), orders);
        return orders.stream();
    }

    private static void permute(List<String> left, List<String> begun, List<List<String>> orders) {
        if (left.isEmpty()) {
            orders.add(List.copyOf(begun));
        }
        for (String next : left) {
            List<String> more = new ArrayList<>(left);
            more.remove(next);
            begun.add(next);
            permute(more, begun, orders);
            begun.remove(begun.size() - 1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("let a kernel be joined when its last branch has ended, in whatever order branches end")
    @MethodSource("orders")
    void lastBranch(List<String> order) {
        BuildLedger ledger = ledger(missing(K1, X86, ARM), missing(K2, X86, ARM));

        for (int i = 0; i < order.size(); i++) {
            assertThat(ledger.branchesDone()).isFalse();
            ledger.branchEnded(order.get(i), null);
            List<String> ended = order.subList(0, i + 1);
            List<String> complete = Stream.of(K1, K2)
                    .filter(kernel -> ended.contains(kernel + ".x86_64") && ended.contains(kernel + ".aarch64"))
                    .toList();
            assertThat(ledger.joinable()).isEqualTo(complete);
            assertThat(ledger.isDone()).isFalse();
        }
        assertThat(ledger.branchesDone()).isTrue();

        ledger.joined(K1, index(X86, ARM));
        assertThat(ledger.joinable()).containsExactly(K2);
        assertThat(ledger.isDone()).isFalse();
        ledger.joined(K2, index(X86, ARM));
        assertThat(ledger.joinable()).isEmpty();
        assertThat(ledger.isDone()).isTrue();
        assertThat(ledger.failure()).isEmpty();
        assertThat(ledger.built()).isEqualTo(4);
    }

    @Test
    @DisplayName("let what was built be joined although a branch failed, and name the failure")
    void oneFails() {
        BuildLedger ledger = ledger(missing(K1, X86, ARM));
        ledger.branchEnded(K1 + ".x86_64", null);
        ledger.branchEnded(K1 + ".aarch64", "no agent with label aarch64");

        assertThat(ledger.joinable()).containsExactly(K1);
        assertThat(ledger.architectures(K1)).containsExactly(X86, ARM);
        ledger.joined(K1, index(X86));

        assertThat(ledger.isDone()).isTrue();
        assertThat(ledger.built()).isEqualTo(1);
        assertThat(ledger.failure()).contains(K1 + ".aarch64: no agent with label aarch64");
    }

    @Test
    @DisplayName("hold the index of a kernel that lacks an architecture, where that is wanted, and no other")
    void holdsIncomplete() {
        ImageReference image = ImageReference.parse("quay.io/acme/driver-toolkit");
        BuildPlan plan = BuildPlan.of(matrix(missing(K1, X86, ARM), missing(K2, X86, ARM)), image, settings());
        BuildLedger ledger = new BuildLedger(image.name(), plan, true);
        ledger.branchEnded(K1 + ".x86_64", null);
        ledger.branchEnded(K1 + ".aarch64", "no agent with label aarch64");
        ledger.branchEnded(K2 + ".x86_64", null);
        ledger.branchEnded(K2 + ".aarch64", null);

        assertThat(ledger.joinable()).containsExactly(K2);
        ledger.joined(K2, index(X86, ARM));
        assertThat(ledger.isDone()).isTrue();
        assertThat(ledger.hasSucceeded()).isTrue();
        assertThat(ledger.built()).isEqualTo(3);
        assertThat(ledger.failure()).contains(K1 + ".aarch64: no agent with label aarch64");
        assertThat(kernel(ledger, K1)).containsEntry("index", "held").containsEntry("digest", "");
        assertThat(kernel(ledger, K2)).containsEntry("index", "published");
    }

    @Test
    @DisplayName("have nothing to join where all branches failed and nothing was there before")
    void allFail() {
        BuildLedger ledger = ledger(missing(K1, X86, ARM));
        ledger.branchEnded(K1 + ".x86_64", "disk full");
        ledger.branchEnded(K1 + ".aarch64", "disk full");

        assertThat(ledger.joinable()).isEmpty();
        assertThat(ledger.isDone()).isTrue();
        assertThat(ledger.failure()).contains(K1 + ".x86_64, " + K1 + ".aarch64: disk full");
        assertThat(kernel(ledger, K1)).containsEntry("index", "none").containsEntry("digest", "");
    }

    @Test
    @DisplayName("join again where the only branch failed but another architecture was there before")
    void otherWasThere() {
        BuildLedger ledger = ledger(missing(K1, ARM));
        ledger.branchEnded(K1 + ".aarch64", "disk full");

        assertThat(ledger.joinable()).containsExactly(K1);
        ledger.joined(K1, index(X86));
        assertThat(ledger.failure()).contains(K1 + ".aarch64: disk full");
    }

    @Test
    @DisplayName("count a branch that ended well but pushed nothing as failed")
    void pushedNothing() {
        BuildLedger ledger = ledger(missing(K1, X86, ARM));
        ledger.branchEnded(K1 + ".x86_64", null);
        ledger.branchEnded(K1 + ".aarch64", null);
        ledger.joined(K1, index(X86));

        assertThat(ledger.built()).isEqualTo(1);
        assertThat(ledger.failure()).contains(K1 + ".aarch64: its branch ended well but pushed no image");
    }

    @Test
    @DisplayName("count a branch that pushed the wrong image as failed, with what is wrong about it")
    void pushedWrong() {
        BuildLedger ledger = ledger(missing(K1, X86));
        ledger.branchEnded(K1 + ".x86_64", null);
        ledger.joined(K1, index(Map.of(X86, "it is for linux/arm64"), ARM));

        assertThat(ledger.built()).isZero();
        assertThat(ledger.failure()).contains(K1 + ".x86_64: it is for linux/arm64");
    }

    @Test
    @DisplayName("report an image that was there before and is not fit for the index: nothing claims it is")
    void thereButWrong() {
        BuildLedger rejected = ledger(unjoined(K1, X86, ARM));
        rejected.joined(K1, index(Map.of(ARM, "it is for linux/amd64"), X86));
        assertThat(rejected.failure()).contains(K1 + ".aarch64: it is for linux/amd64");

        BuildLedger gone = ledger(missing(K1, X86));
        gone.branchEnded(K1 + ".x86_64", null);
        gone.joined(K1, index(X86));
        assertThat(gone.failure()).isEmpty();
        assertThat(image(gone, K1, ARM))
                .containsEntry("status", "skipped")
                .containsEntry("reason", "the library has no image of it, and the matrix does not list it as missing");
    }

    @Test
    @DisplayName("join at once the kernels whose images are all there")
    void onlyJoin() {
        BuildLedger ledger = ledger(unjoined(K1, X86, ARM));

        assertThat(ledger.joinable()).containsExactly(K1);
        assertThat(ledger.branchesDone()).isTrue();
        ledger.joined(K1, index(X86, ARM));
        assertThat(ledger.isDone()).isTrue();
        assertThat(ledger.built()).isZero();
    }

    @Test
    @DisplayName("keep an index that could not be published as a failure of its own")
    void joinFails() {
        BuildLedger ledger = ledger(missing(K1, X86, ARM));
        ledger.branchEnded(K1 + ".x86_64", null);
        ledger.branchEnded(K1 + ".aarch64", null);
        ledger.joinFailed(K1, "Tried to write it but failed because: refused");

        assertThat(ledger.isDone()).isTrue();
        assertThat(ledger.joinable()).isEmpty();
        assertThat(ledger.failure()).contains("index " + K1 + ": Tried to write it but failed because: refused");
        assertThat(ledger.toMap())
                .as("no image counts as built that no one has seen in the registry")
                .containsEntry("built", 0)
                .containsEntry("unknown", 2);
        assertThat(image(ledger, K1, ARM))
                .containsEntry("status", "unknown")
                .containsEntry("reason", "its branch ended well, and the registry was not read afterwards");
        assertThat(kernel(ledger, K1))
                .containsEntry("index", "failed")
                .containsEntry("reason", "Tried to write it but failed because: refused");
    }

    @Test
    @DisplayName(
            "keep an index whose tag cannot be written twice, which is a failure only of the night that built for it")
    void joinRefused() {
        BuildLedger built = ledger(missing(K1, X86));
        built.branchEnded(K1 + ".x86_64", null);
        built.joinRefused(K1, "it is immutable");
        BuildLedger later = ledger(unjoined(K1, X86), unjoined(K2, X86));
        later.joinRefused(K1, "index of " + K1 + " is immutable");
        later.joinRefused(K2, "index of " + K2 + " is immutable");

        assertThat(built.failure()).contains("index " + K1 + ": it is immutable");
        assertThat(built.kept()).isEmpty();
        assertThat(later.isDone()).isTrue();
        assertThat(later.failure()).isEmpty();
        assertThat(later.kept()).contains("index " + K1 + ", index " + K2 + ": index of " + K1 + " is immutable");
        assertThat(kernel(later, K1)).containsEntry("index", "kept").containsKey("reason");
    }

    @Test
    @DisplayName("name the images that were built anew in vain, because their tags cannot be written twice")
    void rebuildRefused() {
        BuildLedger ledger = ledger(new BuildChoice(Rebuild.STALE, 0, false), stale(K1, X86), missing(K2, X86));
        String reason = "cannot push it: the registry " + AgentScript.TAG_IS_IMMUTABLE;
        ledger.branchEnded(K1 + ".x86_64", reason);
        ledger.branchEnded(K2 + ".x86_64", reason);

        assertThat(AgentScript.text()).contains(AgentScript.TAG_IS_IMMUTABLE);
        assertThat(ledger.failure().orElseThrow()).contains(K1 + ".x86_64");
        assertThat(ledger.toMap()).containsEntry("kept", List.of(K1 + ".x86_64"));
    }

    @Test
    @DisplayName("say each reason once, the most frequent first, and count what shares it")
    void manyFailures() {
        MatrixKernel[] kernels = Stream.of(1, 2, 3, 4, 5)
                .map(i -> missing("5.14.0-" + i + ".el9_4", X86, ARM))
                .toArray(MatrixKernel[]::new);
        BuildLedger ledger = ledger(kernels);
        ledger.branchEnded("5.14.0-1.el9_4.x86_64", "there is no agent with podman");
        for (String kernel : List.of("5.14.0-2.el9_4", "5.14.0-3.el9_4", "5.14.0-4.el9_4", "5.14.0-5.el9_4")) {
            ledger.branchStarted(kernel + ".x86_64", "17", kernel.contains("-2.") ? "agent-2" : "agent-1");
            ledger.branchEnded(kernel + ".x86_64", "cannot push " + kernel + ".x86_64: no space left");
            ledger.branchEnded(kernel + ".aarch64", null);
        }
        ledger.branchStopped("5.14.0-1.el9_4.aarch64", "ended because another failed");

        assertThat(ledger.failure())
                .contains(
                        "5.14.0-2.el9_4.x86_64, 5.14.0-3.el9_4.x86_64, 5.14.0-4.el9_4.x86_64,"
                                + " 5.14.0-5.el9_4.x86_64: cannot push 5.14.0-2.el9_4.x86_64: no space left"
                                + " (on agent-2, agent-1);"
                                + " 5.14.0-1.el9_4.x86_64: there is no agent with podman; 1 branch was ended before it was done");
        assertThat(image(ledger, "5.14.0-1.el9_4", ARM)).containsEntry("status", "stopped");
        assertThat(ledger.toMap()).containsEntry("failed", 5).containsEntry("stopped", 1);
    }

    @Test
    @DisplayName("give the pipeline a result of plain maps: image, counts, and for each kernel its index and images")
    void result() {
        BuildLedger ledger = ledger(missing(K1, ARM), missing(K2, X86, ARM));
        ledger.branchEnded(K1 + ".aarch64", null);
        ledger.joined(K1, index(X86, ARM));
        ledger.branchEnded(K2 + ".x86_64", "disk full");

        assertThat(ledger.toMap())
                .isEqualTo(Map.of(
                        "image",
                        "quay.io/acme/driver-toolkit",
                        "built",
                        1,
                        "failed",
                        1,
                        "stopped",
                        0,
                        "skipped",
                        0,
                        "unknown",
                        0,
                        "kernels",
                        List.of(
                                Map.of(
                                        "kernel",
                                        K1,
                                        "tag",
                                        K1,
                                        "index",
                                        "published",
                                        "digest",
                                        INDEX,
                                        "archs",
                                        Map.of(
                                                "linux/amd64", Map.of("status", "there", "digest", digest(X86)),
                                                "linux/arm64", Map.of("status", "built", "digest", digest(ARM)))),
                                Map.of(
                                        "kernel",
                                        K2,
                                        "tag",
                                        K2,
                                        "index",
                                        "open",
                                        "digest",
                                        "",
                                        "archs",
                                        Map.of(
                                                "linux/amd64",
                                                        Map.of("status", "failed", "digest", "", "reason", "disk full"),
                                                "linux/arm64", Map.of("status", "open", "digest", ""))))));
    }

    @Test
    @DisplayName("go on where they were after a restart of the controller")
    void restart() throws Exception {
        BuildLedger before = ledger(missing(K1, X86, ARM), unjoined(K2, X86));
        before.branchEnded(K1 + ".x86_64", "disk full");
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        new ObjectOutputStream(stored).writeObject(before);

        BuildLedger after =
                (BuildLedger) new ObjectInputStream(new ByteArrayInputStream(stored.toByteArray())).readObject();

        assertThat(after.toMap()).isEqualTo(before.toMap());
        assertThat(after.joinable()).containsExactly(K2);
        after.branchEnded(K1 + ".aarch64", null);
        assertThat(after.joinable()).containsExactlyInAnyOrder(K1, K2);
    }

    @Test
    @DisplayName("of a plan with nothing to do are done at once")
    void nothing() {
        assertThat(ledger().isDone()).isTrue();
        assertThat(ledger().toMap()).containsEntry("built", 0).containsEntry("kernels", Collections.emptyList());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> kernel(BuildLedger ledger, String tag) {
        return ((List<Map<String, Object>>) ledger.toMap().get("kernels"))
                .stream()
                        .filter(kernel -> kernel.get("tag").equals(tag))
                        .findFirst()
                        .orElseThrow();
    }

    private static BuildLedger ledger(BuildChoice choice, MatrixKernel... kernels) {
        ImageReference image = ImageReference.parse("quay.io/acme/driver-toolkit");
        return new BuildLedger(image.name(), BuildPlan.of(matrix(kernels), image, settings(), choice), false);
    }

    /** The index names these, all on this base. */
    private static JoinResult onBase(String base, Architecture... joined) {
        JoinResult index = index(joined);
        Map<Architecture, String> bases = new EnumMap<>(Architecture.class);
        Stream.of(joined).forEach(architecture -> bases.put(architecture, base));
        return new JoinResult(index.digest(), true, index.joined(), Set.of(), Map.of(), bases);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> image(BuildLedger ledger, String tag, Architecture architecture) {
        return (Map<String, Object>)
                ((Map<String, Object>) kernel(ledger, tag).get("archs")).get(architecture.platform());
    }

    @Test
    @DisplayName("report what the limit left over as skipped, which is no failure")
    void skipped() {
        BuildLedger ledger = ledger(
                new BuildChoice(Rebuild.MISSING, 1, false),
                missing(K1, X86, ARM),
                missing(K2, X86),
                missing("4.18.0-1.el8_6", ARM));
        ledger.branchEnded(K2 + ".x86_64", null);
        ledger.joined(K2, index(X86, ARM));

        assertThat(ledger.isDone()).isTrue();
        assertThat(ledger.failure()).isEmpty();
        assertThat(ledger.toMap())
                .containsEntry("built", 1)
                .containsEntry("failed", 0)
                .containsEntry("skipped", 3);
        assertThat(kernel(ledger, K1)).containsEntry("index", "none");
        assertThat(image(ledger, K1, ARM)).containsEntry("status", "skipped");
        assertThat(kernel(ledger, "4.18.0-1.el8_6")).containsEntry("index", "there");
    }

    @Test
    @DisplayName("keep in the index the old image of a rebuild that failed")
    void failedRebuild() {
        BuildLedger ledger = ledger(new BuildChoice(Rebuild.STALE, 0, false), stale(K1, X86));
        ledger.branchEnded(K1 + ".x86_64", "disk full");

        assertThat(ledger.joinable()).containsExactly(K1);
        ledger.joined(K1, index(X86, ARM));
        assertThat(ledger.failure()).contains(K1 + ".x86_64: disk full");
        assertThat(image(ledger, K1, X86)).containsEntry("status", "failed").containsEntry("digest", digest(X86));
        assertThat(ledger.hasSucceeded()).isFalse();
    }

    @Test
    @DisplayName("count a rebuild that left the image on its old base as failed")
    void rebuildThatPushedNothing() {
        String old = "sha256:" + "0".repeat(64);
        BuildLedger ledger = ledger(new BuildChoice(Rebuild.STALE, 0, false), stale(K1, X86));
        ledger.branchEnded(K1 + ".x86_64", null);
        ledger.joined(K1, onBase(old, X86, ARM));

        assertThat(ledger.failure()).hasValueSatisfying(line -> assertThat(line)
                .isEqualTo(K1 + ".x86_64: its branch ended well but pushed no image: the one that is there was"
                        + " built on the base " + old));
        BuildLedger better = ledger(new BuildChoice(Rebuild.STALE, 0, false), stale(K1, X86));
        better.branchEnded(K1 + ".x86_64", null);
        better.joined(K1, onBase(Kernels.DIGEST, X86, ARM));
        assertThat(better.failure()).isEmpty();
    }

    @Test
    @DisplayName("of a branch that builds several images count as built those that it pushed before it failed")
    void emulated() {
        BuildLedger ledger = ledger(new BuildChoice(Rebuild.MISSING, 0, true), missing(K1, X86, ARM));
        ledger.branchSaid(K1, "cannot build 127.0.0.1:5000/a:" + K1 + ".aarch64: this agent cannot run linux/arm64");
        ledger.branchSaid(K1, "something else");
        ledger.branchEnded(K1, "script returned exit code 1");

        assertThat(ledger.joinable()).containsExactly(K1);
        ledger.joined(K1, index(X86));
        assertThat(ledger.built()).isEqualTo(1);
        assertThat(image(ledger, K1, X86)).containsEntry("status", "built").doesNotContainKey("reason");
        assertThat(ledger.failure())
                .contains(K1 + ".aarch64: cannot build 127.0.0.1:5000/a:" + K1
                        + ".aarch64: this agent cannot run linux/arm64");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("give the builder's reason where the branch only says that a script failed")
    @CsvSource({
        "script returned exit code 1, the disk is full",
        "script returned exit code 143, the disk is full",
        "Timeout has been exceeded, Timeout has been exceeded"
    })
    void reason(String failure, String reason) {
        BuildLedger ledger = ledger(missing(K1, X86));
        ledger.branchSaid(K1 + ".x86_64", "the disk is full");
        ledger.branchEnded(K1 + ".x86_64", failure);

        assertThat(ledger.failure()).contains(K1 + ".x86_64: " + reason);
    }

    @Test
    @DisplayName("name the log of an image from its start on, and how long its work took")
    void logAndDuration() {
        BuildLedger ledger = ledger(missing(K1, X86));
        ledger.branchStarted(K1 + ".x86_64", "12", "");
        ledger.branchStarted(K1 + ".x86_64", "17", "");
        assertThat(image(ledger, K1, X86)).containsEntry("status", "open").containsEntry("node", "17");
        ledger.branchEnded(K1 + ".x86_64", null);

        assertThat(image(ledger, K1, X86)).containsEntry("node", "17");
        assertThat((Long) image(ledger, K1, X86).get("duration")).isPositive();
    }

    @Test
    @DisplayName("have succeeded when an image was built or a kernel was joined, and not when all failed")
    void succeeded() {
        BuildLedger failed = ledger(missing(K1, X86));
        failed.branchEnded(K1 + ".x86_64", "disk full");
        failed.joined(K1, index(ARM));
        assertThat(failed.hasSucceeded()).isFalse();

        BuildLedger joined = ledger(missing(K1, X86), unjoined(K2, X86));
        joined.branchEnded(K1 + ".x86_64", "disk full");
        joined.joined(K2, index(X86, ARM));
        assertThat(joined.hasSucceeded()).isTrue();
    }

    @Test
    @DisplayName("say that an index is published with its digest where the lists of packages could not be attached")
    void indexAndListsAreTwoOutcomes() {
        BuildLedger ledger = ledger(missing(K1, X86, ARM));
        ledger.branchEnded(K1 + ".x86_64", null);
        ledger.branchEnded(K1 + ".aarch64", null);
        ledger.joined(K1, index(X86, ARM));
        ledger.attachFailed(K1, "quay.io answered 403");

        assertThat(ledger.isDone()).isTrue();
        assertThat(ledger.hasSucceeded()).isTrue();
        assertThat(ledger.failure())
                .hasValueSatisfying(why ->
                        assertThat(why).contains("lists of packages of " + K1).contains("quay.io answered 403"));
        assertThat((List<?>) ledger.toMap().get("kernels")).singleElement().satisfies(kernel -> {
            Map<?, ?> entry = (Map<?, ?>) kernel;
            assertThat(entry.get("index")).isEqualTo("published");
            assertThat(entry.get("digest")).isEqualTo(INDEX);
            assertThat(entry.get("notAttached")).isEqualTo("quay.io answered 403");
        });
    }
}
