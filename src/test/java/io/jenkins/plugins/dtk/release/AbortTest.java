package io.jenkins.plugins.dtk.release;

import static io.jenkins.plugins.dtk.release.PayloadWorld.PAYLOADS;
import static io.jenkins.plugins.dtk.release.PayloadWorld.image;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.http.HttpSettings;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.matrix.BaseImagePattern;
import io.jenkins.plugins.dtk.matrix.MatrixComputation;
import io.jenkins.plugins.dtk.matrix.MatrixProgress;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import io.jenkins.plugins.dtk.testing.ScriptedServer;
import io.jenkins.plugins.dtk.testing.Tar;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A build that is aborted while the matrix is computed")
class AbortTest {

    /** More than the first read of a layer, and less than the layer. */
    private static final int MIDDLE = 100_000;

    @AutoClose
    private final PayloadWorld world = new PayloadWorld();

    @AutoClose
    private final ScriptedServer graph = ScriptedServer.start();

    private final RegistryClient client = world.registry.client();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final List<String> warnings = new ArrayList<>();

    @ParameterizedTest(name = "waiting for {0}")
    @DisplayName("ends at once, and takes no release for unreadable")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    the update graph           | graph    | /graph.*
                    the check of the registry  | registry | /v2/
                    the payload's manifest     | registry | /v2/openshift-release-dev/ocp-release/manifests/.*
                    the start of its layer     | registry | /v2/openshift-release-dev/ocp-release/blobs/.*
                    the node image's manifest  | registry | /v2/openshift-release-dev/ocp-v4.0-art-dev/manifests/.*
                    its labels                 | registry | /v2/openshift-release-dev/ocp-v4.0-art-dev/blobs/.*
                    """)
    void waiting(String where, String server, String path) throws Exception {
        publish();
        (server.equals("graph") ? graph : world.registry.server()).on("GET", path, request -> {
            asked.countDown();
            return ScriptedReply.silence();
        });
        Thread builder = builder();
        asked.await();
        end(builder);
    }

    @Test
    @DisplayName("in the middle of a layer ends at once, and takes no release for unreadable")
    void middle() throws Exception {
        publish();
        world.registry.server().on("GET", "/v2/" + PAYLOADS + "/blobs/.*", request -> {
            ScriptedReply reply = world.registry.answer(request);
            return request.header("range") == null ? reply.stopAfter(MIDDLE) : reply;
        });
        Thread builder = builder();
        while (client.stats().bytes() < (64 << 10) + MIDDLE) {
            Thread.onSpinWait();
        }
        end(builder);
    }

    private final List<Object> ends = new ArrayList<>();

    private void end(Thread builder) throws InterruptedException {
        builder.interrupt();
        builder.join();
        assertThat(ends).hasOnlyElementsOfType(InterruptedException.class).hasSize(1);
        assertThat(warnings).isEmpty();
    }

    /** A thread that computes the matrix and may skip what is unreadable. */
    private Thread builder() {
        Releases releases = new Releases(
                new ReleaseSources(URI.create("http://" + graph.address() + "/graph"), Optional.empty()),
                client,
                HttpSettings.standard(),
                ReleaseCache.none());
        MatrixProgress progress = new MatrixProgress() {
            @Override
            public void done(String what, int done, int total) {}

            @Override
            public void warn(String line) {
                warnings.add(line);
            }
        };
        MatrixRequest request = new MatrixRequest(
                ReleaseRange.parse("4.8"),
                Set.of(Architecture.X86_64),
                "candidate",
                BaseImagePattern.parse(""),
                false,
                true);
        Thread builder = new Thread(() -> {
            try {
                ends.add(new MatrixComputation(releases, client, progress).compute(request));
            } catch (Failure | InterruptedException e) {
                ends.add(e);
            }
        });
        builder.start();
        return builder;
    }

    /** A release whose payload hides its image-references behind 300,000 bytes that no packer makes smaller. */
    private void publish() {
        byte[] noise = new byte[300_000];
        new Random(1).nextBytes(noise);
        String references = world.legacyReferences();
        ImageReference payload = world.registry.push(
                PAYLOADS,
                image().layer(new Tar()
                        .file("noise", noise)
                        .file("release-manifests/image-references", references)
                        .end()
                        .gzipped()));
        graph.on(
                "GET",
                "/graph.*",
                ScriptedReply.json(200, "{\"nodes\": [{\"version\": \"4.8.36\", \"payload\": \"" + payload + "\"}]}"));
    }
}
