package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.dtk.demo.CandlepinServer;
import io.jenkins.plugins.dtk.demo.RhsmServer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/** A site with a subscription service that answers as Candlepin does, which its pipelines register with. */
record SubscribedSite(PipelineSite site, RhsmServer systems, CandlepinServer server) implements AutoCloseable {

    static SubscribedSite start(Path folder) throws Exception {
        PipelineSite site = new PipelineSite(folder, "4.14.7", "4.18.6");
        RhsmServer systems = RhsmServer.start(PipelineSite.ORG, PipelineSite.KEY);
        SubscribedSite started = new SubscribedSite(site, systems, CandlepinServer.start(systems));
        started.subscribe();
        return started;
    }

    /** From now on pipelines register with this service. */
    void subscribe() throws GeneralSecurityException {
        site.subscribeAt(server.url(), server.certificate());
    }

    /** Waits for what unregisters systems in the background. */
    void awaitNoSystem() throws InterruptedException {
        for (int i = 0; i < 12_000 && !systems.registered().isEmpty(); i++) {
            Thread.sleep(50);
        }
        assertThat(systems.registered()).isEmpty();
    }

    @Override
    public void close() {
        server.close();
        systems.close();
        site.close();
    }
}
