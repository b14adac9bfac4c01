package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.http.HttpSettings;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.testing.FakeRegistry;
import io.jenkins.plugins.dtk.testing.ScriptedServer;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** An update graph and a release repository that answer as a test says. */
record ScriptedReleases(ScriptedServer graph, FakeRegistry registry) implements AutoCloseable {

    static final String REPOSITORY = "openshift-release-dev/ocp-release";

    ScriptedReleases() {
        this(ScriptedServer.start(), new FakeRegistry());
    }

    /** What reads them. */
    Releases releases(ReleaseCache cache) {
        return new Releases(
                new ReleaseSources(
                        URI.create("http://" + graph.address() + "/graph"),
                        Optional.of(ImageReference.parse(registry.address() + "/" + REPOSITORY))),
                registry.client(),
                HttpSettings.standard(),
                cache);
    }

    @Override
    public void close() throws IOException {
        graph.close();
        registry.close();
    }
}
