package io.jenkins.plugins.dtk.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.kernel.KernelVersion;
import io.jenkins.plugins.dtk.matrix.MatrixProgress;
import io.jenkins.plugins.dtk.matrix.WantedKernels;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.testing.FakeImage;
import io.jenkins.plugins.dtk.testing.FakeRegistry;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Where a registry protects some tags, a clean-up")
class ProtectedImagesTest {

    private static final String OLD = "5.14.0-70.13.1.el9_0";
    private static final String PROTECTED = "5.14.0-284.45.1.el9_2";
    private static final String WANTED = "5.14.0-427.61.1.el9_4";

    private static FakeImage image(String kernel) {
        return new FakeImage().label("kernel-version", kernel + ".x86_64").file("kernel", kernel);
    }

    @Test
    @DisplayName("lists what it cannot delete with the reason, and deletes the rest")
    void goesOn() throws Exception {
        try (FakeRegistry registry = new FakeRegistry().writable()) {
            for (String kernel : List.of(PROTECTED, OLD, WANTED)) {
                registry.push("acme/dtk", kernel + ".x86_64", image(kernel));
            }
            registry.server()
                    .on(
                            "DELETE",
                            ".*" + image(PROTECTED).digest(),
                            ScriptedReply.error(412, "PRECONDITION", "'dtk:1' configured as immutable."));
            Retention retention = new Retention(
                    registry.client(), ImageReference.parse(registry.address() + "/acme/dtk"), MatrixProgress.SILENT);

            PrunePlan done = retention.delete(retention.plan(
                    new WantedKernels(Set.of(KernelVersion.parse(WANTED)), Set.of(Architecture.X86_64), List.of())));

            assertThat(done.kernels())
                    .extracting(kernel -> kernel.kernel().nvr())
                    .containsExactly(OLD);
            assertThat(done.kept()).singleElement().satisfies(kept -> {
                assertThat(kept.kernel().nvr()).isEqualTo(PROTECTED);
                assertThat(kept.why())
                        .contains("configured as immutable", "exempt it from the rule")
                        .doesNotContain("\n");
            });
            assertThat(registry.manifest("acme/dtk", OLD + ".x86_64")).isNull();
            assertThat(registry.manifest("acme/dtk", WANTED + ".x86_64")).isNotNull();
        }
    }

    @Test
    @DisplayName("deletes no image of an index that stays")
    void indexStays() throws Exception {
        try (FakeRegistry registry = new FakeRegistry().writable()) {
            registry.push("acme/dtk", WANTED + ".x86_64", image(WANTED));
            registry.push("acme/dtk", OLD + ".x86_64", image(OLD));
            registry.index("acme/dtk", OLD, Map.of(Architecture.X86_64, image(OLD)));
            String index = FakeImage.digest(registry.manifest("acme/dtk", OLD));
            registry.server()
                    .on(
                            "DELETE",
                            ".*" + index,
                            ScriptedReply.error(412, "PRECONDITION", "'dtk:1' configured as immutable."));
            Retention retention = new Retention(
                    registry.client(), ImageReference.parse(registry.address() + "/acme/dtk"), MatrixProgress.SILENT);

            PrunePlan done = retention.delete(retention.plan(new WantedKernels(
                    Set.of(KernelVersion.parse(WANTED)), EnumSet.allOf(Architecture.class), List.of())));

            assertThat(done.kept()).singleElement().satisfies(kept -> assertThat(kept.why())
                    .contains("configured as immutable"));
            assertThat(registry.manifest("acme/dtk", OLD)).isNotNull();
            assertThat(registry.manifest("acme/dtk", OLD + ".x86_64"))
                    .as("what the index names")
                    .isNotNull();
        }
    }

    @Test
    @DisplayName("keeps an image that another kernel has too, when that kernel was built anew meanwhile")
    void sharedWithAKernelThatIsWanted() throws Exception {
        try (FakeRegistry registry = new FakeRegistry().writable()) {
            FakeImage shared = new FakeImage().file("kernel", "any");
            registry.push("acme/dtk", WANTED + ".x86_64", image(WANTED));
            registry.push("acme/dtk", OLD + ".x86_64", shared);
            registry.push("acme/dtk", PROTECTED + ".x86_64", shared);
            registry.index("acme/dtk", OLD, Map.of(Architecture.X86_64, shared));
            String index = FakeImage.digest(registry.manifest("acme/dtk", OLD));
            FakeImage fresh = new FakeImage().on(Architecture.AARCH64).file("kernel", "fresh");
            registry.server().on("DELETE", ".*" + index, 1, request -> {
                registry.remove(request);
                registry.push("acme/dtk", OLD + ".aarch64", fresh);
                registry.index("acme/dtk", OLD, Map.of(Architecture.AARCH64, fresh));
                return ScriptedReply.status(202);
            });
            Retention retention = new Retention(
                    registry.client(), ImageReference.parse(registry.address() + "/acme/dtk"), MatrixProgress.SILENT);

            retention.delete(retention.plan(new WantedKernels(
                    Set.of(KernelVersion.parse(WANTED)), EnumSet.allOf(Architecture.class), List.of())));

            assertThat(registry.manifest("acme/dtk", OLD + ".x86_64"))
                    .as("the image of the kernel that was built anew")
                    .isNotNull();
        }
    }

    @Test
    @DisplayName("takes no swapped answer for an image of another architecture")
    void swappedAnswer() throws Exception {
        try (FakeRegistry registry = new FakeRegistry().writable()) {
            registry.push("acme/dtk", WANTED + ".x86_64", image(WANTED));
            registry.push("acme/dtk", OLD + ".x86_64", image(OLD));
            registry.index("acme/dtk", OLD, Map.of(Architecture.X86_64, image(OLD)));
            registry.server().on("GET", "/v2/acme/dtk/manifests/" + OLD, 1, request -> ScriptedReply.status(200)
                    .header("Content-Type", "application/vnd.oci.image.manifest.v1+json")
                    .body(registry.manifest("acme/dtk", OLD + ".x86_64")));
            Retention retention = new Retention(
                    registry.client(), ImageReference.parse(registry.address() + "/acme/dtk"), MatrixProgress.SILENT);

            PrunePlan plan = retention.plan(
                    new WantedKernels(Set.of(KernelVersion.parse(WANTED)), Set.of(Architecture.X86_64), List.of()));

            assertThat(plan.uncovered()).isZero();
            assertThat(plan.kernels())
                    .extracting(kernel -> kernel.kernel().nvr())
                    .containsExactly(OLD);
        }
    }
}
