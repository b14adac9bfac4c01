package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.library.ImageLibrary.JoinResult;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.testing.FakeImage;
import io.jenkins.plugins.dtk.testing.FakeRegistry;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The index of a kernel, and the lists of packages of its images, are published one after the other")
class IndexPublisherTest {

    private static final String KERNEL = "5.14.0-427.61.1.el9_4";
    private static final String TAG = KERNEL + "." + Architecture.X86_64.rpmName();

    private final FakeRegistry registry = new FakeRegistry().writable();
    private final FakeImage image = new FakeImage()
            .label("kernel-version", TAG)
            .file("etc/driver-toolkit-packages.txt", "kernel-core-" + TAG + "\n");
    private ImageReference pushed;

    @BeforeEach
    void push() {
        pushed = registry.push("acme/dtk", TAG, image);
        DtkConfiguration.get().setPlainHttpRegistries(List.of(pushed.registry()));
    }

    @AfterEach
    void stop() throws IOException {
        DtkConfiguration.get().setPlainHttpRegistries(null);
        registry.close();
    }

    private IndexPublisher.Published publish() throws Exception {
        LoggingContext.LOG.reset();
        return new IndexPublisher(new LoggingContext(), pushed.name(), null, true)
                .publish(KERNEL, Set.of(Architecture.X86_64));
    }

    @Test
    @DisplayName("a list that cannot be attached takes nothing from the index: it is there, and its digest is known")
    void attachmentFails() throws Exception {
        registry.server().on("GET", "/v2/.+/referrers/.+", request -> ScriptedReply.error(403, "DENIED", "no"));

        IndexPublisher.Published published = publish();

        JoinResult index = published.index();
        assertThat(index.written()).isTrue();
        assertThat(index.joined()).isEqualTo(Map.of(Architecture.X86_64, Digest.parse(image.digest())));
        assertThat(index.digest()).hasToString(FakeImage.digest(registry.manifest("acme/dtk", KERNEL)));
        assertThat(published.notAttached())
                .contains("attached to", "403", "DENIED")
                .hasLineCount(1);
        assertThat(LoggingContext.LOG.toString(StandardCharsets.UTF_8))
                .contains(KERNEL + " now has [x86_64] (" + index.digest() + ")")
                .doesNotContain("lists of packages are attached");
    }

    @Test
    @DisplayName("an index that cannot be written is a failure, and no list is attached")
    void indexFails() {
        registry.server().on("PUT", "/v2/.+/manifests/" + KERNEL, request -> ScriptedReply.error(403, "DENIED", "no"));

        assertThatThrownBy(this::publish).hasMessageContaining("403").hasMessageContaining(KERNEL);

        assertThat(registry.server().requests())
                .noneMatch(request -> request.path().contains("/referrers/"));
    }
}
