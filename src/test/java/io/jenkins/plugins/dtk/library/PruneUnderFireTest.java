package io.jenkins.plugins.dtk.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.ParallelTasks;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.matrix.MatrixProgress;
import io.jenkins.plugins.dtk.matrix.WantedKernels;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * How many clean-ups: {@code -Ddtk.prune.rounds}. What others do is done just before the registry answers: at any time
 * but in the last look before a deletion, because between that and the deletion registries leave it to chance.
 */
@DisplayName("A clean-up of a library that others push to, join in, tag and attach to, at a registry full of faults")
class PruneUnderFireTest {

    private static final int ROUNDS = Integer.getInteger("dtk.prune.rounds", 1_000);
    private static final long SEED = Long.getLong("dtk.random.seed", 42);

    private static final int AT_ONCE = 4;

    private final AtomicInteger deleted = new AtomicInteger();
    private final AtomicInteger whole = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger kept = new AtomicInteger();

    @Test
    @DisplayName("loses no image that anything wants, and without faults deletes all that nothing wants")
    void nothingIsLost() throws Exception {
        ParallelTasks.map(IntStream.range(0, ROUNDS).boxed().toList(), AT_ONCE, round -> {
            try (BusyLibrary library = new BusyLibrary(round, new Random(SEED + round))) {
                round(library, "round " + round + " of seed " + SEED);
                return round;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        System.out.println("prune under fire: " + ROUNDS + " rounds, 0 wanted images lost, " + deleted
                + " manifests deleted, " + failed + " rounds failed, " + kept + " kept something, " + whole
                + " were without faults");
        assertThat(deleted.get()).as("the clean-up does work").isGreaterThan(ROUNDS);
        assertThat(failed.get()).as("faults are met").isGreaterThan(ROUNDS / 50);
        assertThat(kept.get()).as("others are met").isGreaterThan(ROUNDS / 20);
        assertThat(whole.get()).as("some rounds are quiet").isGreaterThan(ROUNDS / 20);
    }

    private void round(BusyLibrary library, String which) throws InterruptedException {
        Set<KernelVersion> wanted =
                library.wanted().stream().map(KernelVersion::parse).collect(Collectors.toSet());
        WantedKernels proof = new WantedKernels(wanted, EnumSet.allOf(Architecture.class), List.of());
        String keeping = "";
        Retention retention = new Retention(library.client(), library.repository(), MatrixProgress.SILENT);
        try {
            PrunePlan plan = retention.plan(proof);
            library.letOthersWork();
            PrunePlan done = retention.delete(plan);
            keeping = done.kept().toString();
            kept.addAndGet(done.kept().isEmpty() ? 0 : 1);
        } catch (Failure e) {
            assertThat(e.getMessage()).as(which).doesNotContain("\n");
            failed.incrementAndGet();
        }
        deleted.addAndGet(library.deletions());
        assertThat(library.lost()).as(which).isEmpty();
        if (library.isQuiet()) {
            whole.incrementAndGet();
            assertThat(library.leftOver()).as(which + ", kept " + keeping).isEmpty();
        }
    }
}
