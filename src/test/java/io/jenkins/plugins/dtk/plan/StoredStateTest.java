package io.jenkins.plugins.dtk.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.library.ImageLibrary.JoinResult;
import io.jenkins.plugins.dtk.oci.Digest;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The resource was written by the classes of commit 284317c: the ledger of a run with three kernels (one published, one
 * with a failed and a running branch, one that had not started), and the extras of its images.
 */
@DisplayName("A build that an earlier version of the plugin left half-way")
class StoredStateTest {

    private static final String K1 = "5.14.0-1.el9_4";
    private static final String K2 = "5.14.0-2.el9_4";
    private static final String K3 = "5.14.0-3.el9_4";

    private BuildLedger ledger;
    private Extras extras;

    @BeforeEach
    void read() throws Exception {
        try (InputStream in = StoredStateTest.class.getResourceAsStream("half-way-build.ser");
                ObjectInputStream stored = new ObjectInputStream(in)) {
            List<?> state = (List<?>) stored.readObject();
            ledger = (BuildLedger) state.get(0);
            extras = (Extras) state.get(1);
        }
    }

    @Test
    @DisplayName("knows what it had done, and what is left")
    void goesOn() {
        assertThat(ledger.isDone()).isFalse();
        assertThat(ledger.toMap().toString())
                .contains("digest=sha256:" + "1".repeat(64))
                .contains("no space left on device")
                .doesNotContain("agent=");
        assertThat(ledger.failure()).hasValueSatisfying(why -> assertThat(why).contains("no space left on device"));
    }

    @Test
    @DisplayName("ends its branches and publishes the rest")
    void ends() {
        ledger.branchStarted(K2 + ".aarch64", "16", "agent-7");
        assertThat(ledger.branchEnded(K2 + ".aarch64", null)).contains(K2);
        assertThat(ledger.architectures(K2)).containsExactly(Architecture.X86_64, Architecture.AARCH64);
        ledger.joined(K2, index(Architecture.AARCH64));
        assertThat(ledger.branchEnded(K3 + ".x86_64", null)).contains(K3);
        ledger.joined(K3, index(Architecture.X86_64, Architecture.AARCH64));

        assertThat(ledger.isDone()).isTrue();
        assertThat(ledger.built()).isEqualTo(4);
        assertThat(ledger.toMap().get("failed")).isEqualTo(1);
        assertThat(ledger.toMap().toString()).contains("agent=agent-7");
    }

    @Test
    @DisplayName("has the extra packages and repositories that it was started with")
    void extras() {
        assertThat(extras)
                .usingRecursiveComparison()
                .isEqualTo(Extras.of("dwarves elfutils-devel", "https://mirror.lab/rhel/$releasever/"));
    }

    private static JoinResult index(Architecture... joined) {
        Map<Architecture, Digest> digests = new EnumMap<>(Architecture.class);
        for (Architecture architecture : joined) {
            digests.put(
                    architecture,
                    Digest.parse("sha256:"
                            + String.valueOf(architecture.ordinal() + 5).repeat(64)));
        }
        return new JoinResult(Digest.parse("sha256:" + "2".repeat(64)), true, digests, Set.of(), Map.of(), Map.of());
    }
}
