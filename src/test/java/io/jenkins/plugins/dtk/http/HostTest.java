package io.jenkins.plugins.dtk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dtk.failure.Failure;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What requests to one host share")
class HostTest {

    private static final Deadline NOW = Deadline.in(Duration.ZERO);
    private static final Deadline SOON = Deadline.in(Duration.ofMinutes(5));

    private final Host host = new Host(2, 1000, false, Duration.ofSeconds(1));

    @Test
    @DisplayName("over HTTP/2, where they share a connection, are twice as many turns, once")
    void moreOverOneConnection() throws Exception {
        enter(2);
        assertThatThrownBy(() -> host.enter(NOW)).isInstanceOf(Failure.class);
        host.answered(System.nanoTime(), true);
        host.answered(System.nanoTime(), true);
        enter(2);
        assertThatThrownBy(() -> host.enter(NOW)).isInstanceOf(Failure.class);
    }

    @Test
    @DisplayName("over HTTP/1.1, where each has a connection of its own, are no more turns than wanted")
    void notMoreConnections() throws Exception {
        enter(2);
        host.answered(System.nanoTime(), false);
        assertThatThrownBy(() -> host.enter(NOW)).isInstanceOf(Failure.class);
    }

    @Test
    @DisplayName(
            "is what they learn of it: connections of HTTP/2 that take one request in ten along serve worse than others")
    void connectionsThatEnd() {
        for (int i = 0; i < 7; i++) {
            host.lost();
        }
        assertThat(host.hasLost()).isTrue();
        assertThat(host.endsConnections()).as("few prove nothing").isFalse();
        host.lost();
        assertThat(host.endsConnections()).isTrue();
        for (int i = 0; i < 80; i++) {
            host.answered(System.nanoTime(), true);
        }
        assertThat(host.endsConnections()).as("one in ten").isFalse();
    }

    private void enter(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            host.enter(SOON);
        }
    }
}
