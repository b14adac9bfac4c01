package io.jenkins.plugins.dtk.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.matrix.MatrixProgress.Pace;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The pace of the work")
class PaceTest {

    private long now = 42;
    private final Pace pace = new Pace(() -> now);

    private void wait(int milliseconds) {
        now += TimeUnit.MILLISECONDS.toNanos(milliseconds);
    }

    @Test
    @DisplayName("is measured from the first second on, for each kind of thing by itself")
    void rate() {
        assertThat(pace.of("payloads", 1)).isEmpty();
        wait(900);
        assertThat(pace.of("payloads", 10)).isEmpty();
        wait(1100);
        assertThat(pace.of("payloads", 26)).isEqualTo("12.5/s");
        wait(8000);
        assertThat(pace.of("payloads", 27)).isEqualTo("2.6/s");
        assertThat(pace.of("images", 1)).isEmpty();
        wait(2000);
        assertThat(pace.of("images", 3)).isEqualTo("1.0/s");
    }
}
