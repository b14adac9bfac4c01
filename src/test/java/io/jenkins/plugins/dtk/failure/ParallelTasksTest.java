package io.jenkins.plugins.dtk.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("Tasks for many items")
@Timeout(900)
class ParallelTasksTest {

    private static final List<Integer> ITEMS = IntStream.range(0, 500).boxed().toList();

    @Test
    @DisplayName("give their results in the order of the items, whichever ends first")
    void order() throws Exception {
        CountDownLatch lastIsDone = new CountDownLatch(1);

        List<String> results = ParallelTasks.map(List.of(0, 1, 2), 3, item -> {
            if (item < 2) {
                lastIsDone.await();
            } else {
                lastIsDone.countDown();
            }
            return "result " + item;
        });

        assertThat(results).containsExactly("result 0", "result 1", "result 2");
        assertThat(ParallelTasks.map(ITEMS, 8, item -> item)).isEqualTo(ITEMS);
        assertThat(ParallelTasks.map(List.of(), 8, item -> item)).isEmpty();
    }

    @Test
    @DisplayName("run as many at once as allowed, and no more")
    void threads() throws Exception {
        CyclicBarrier four = new CyclicBarrier(4);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        ParallelTasks.map(ITEMS.subList(0, 40), 4, item -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            try {
                return four.await();
            } catch (BrokenBarrierException e) {
                throw new IllegalStateException(e);
            } finally {
                running.decrementAndGet();
            }
        });

        assertThat(most).hasValue(4);
    }

    /** The others notice the failure at once, perhaps before the caller does: that is no reason to report an abort. */
    @Test
    @DisplayName("end with the failure, whichever thread is heard first")
    void failureIsNoAbort() {
        for (int round = 0; round < 5000; round++) {
            assertThatThrownBy(() -> ParallelTasks.map(ITEMS.subList(0, 8), 4, item -> {
                        if (item == 1) {
                            throw new Failure(Failure.Kind.INVALID, "item 1 fails");
                        }
                        return item;
                    }))
                    .hasMessage("item 1 fails");
        }
    }

    @Test
    @DisplayName("end with the first failure: what runs is interrupted, what waits is not begun")
    void firstFailure() throws Exception {
        CountDownLatch begun = new CountDownLatch(3);
        CountDownLatch interrupted = new CountDownLatch(3);
        Set<Integer> seen = ConcurrentHashMap.newKeySet();

        assertThatThrownBy(() -> ParallelTasks.map(ITEMS, 4, item -> {
                    seen.add(item);
                    if (item == 3) {
                        begun.await();
                        throw new Failure(Failure.Kind.INVALID, "item 3 fails");
                    }
                    begun.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                        throw e;
                    }
                    return item;
                }))
                .isInstanceOf(Failure.class)
                .hasMessage("item 3 fails");

        interrupted.await();
        assertThat(seen).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    @DisplayName("end with their caller: an interrupt reaches all that run")
    void callerInterrupted() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch interrupted = new CountDownLatch(2);
        FutureTask<List<Integer>> work = new FutureTask<>(() -> ParallelTasks.map(ITEMS, 2, item -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            return item;
        }));
        Thread caller = new Thread(work);
        caller.start();
        begun.await();
        caller.interrupt();

        assertThatThrownBy(work::get).cause().isInstanceOf(InterruptedException.class);
        interrupted.await();
    }

    @Test
    @DisplayName("hand on a mistake in the program as it is")
    void bug() {
        assertThatThrownBy(() -> ParallelTasks.map(ITEMS, 2, item -> {
                    throw new IllegalArgumentException("a mistake");
                }))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("a mistake");
        assertThatThrownBy(() -> ParallelTasks.map(ITEMS, 2, item -> {
                    throw new StackOverflowError("deep");
                }))
                .isInstanceOf(StackOverflowError.class);
    }
}
