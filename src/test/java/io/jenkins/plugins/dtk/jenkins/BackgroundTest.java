package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Work in the background")
class BackgroundTest {

    private final CountDownLatch stuck = new CountDownLatch(1);

    private void await() {
        try {
            stuck.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @DisplayName("of one run goes on however much of another is stuck, and of one run only so much is done at once")
    void stuck() throws Exception {
        Object bad = new Object();
        Object good = new Object();
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch eight = new CountDownLatch(8);
        List<Future<?>> indexes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            indexes.add(Background.submit(bad, () -> {
                begun.incrementAndGet();
                eight.countDown();
                await();
            }));
        }
        assertThat(eight.await(10, TimeUnit.MINUTES)).isTrue();

        for (int i = 0; i < 100; i++) {
            Background.submit(good, () -> {}).get(10, TimeUnit.MINUTES);
        }

        assertThat(begun).hasValue(8);
        stuck.countDown();
        for (Future<?> index : indexes) {
            index.get(10, TimeUnit.MINUTES);
        }
        assertThat(begun).hasValue(50);
    }

    @Test
    @DisplayName("that is cancelled is interrupted or not begun, and what comes behind it is done")
    void cancelled() throws Exception {
        Object owner = new Object();
        CountDownLatch eight = new CountDownLatch(8);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            running.add(Background.submit(owner, () -> {
                eight.countDown();
                await();
            }));
        }
        AtomicInteger begun = new AtomicInteger();
        Future<?> waiting = Background.submit(owner, begun::incrementAndGet);
        Future<?> last = Background.submit(
                owner, () -> assertThat(Thread.currentThread().isInterrupted()).isFalse());
        assertThat(eight.await(10, TimeUnit.MINUTES)).isTrue();

        waiting.cancel(true);
        running.forEach(work -> work.cancel(true));

        last.get(10, TimeUnit.MINUTES);
        assertThat(begun).hasValue(0);
        assertThatThrownBy(waiting::get).isInstanceOf(CancellationException.class);
    }

    @Test
    @DisplayName("that fails with an error of the program takes nothing else with it")
    void broken() throws Exception {
        Object owner = new Object();
        for (int i = 0; i < 20; i++) {
            Background.submit(owner, () -> {
                throw new IllegalStateException("broken");
            });
        }
        Background.submit(owner, () -> {}).get(10, TimeUnit.MINUTES);
    }
}
