package io.jenkins.plugins.dtk.site;

import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.plan.Places;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.util.List;

/** Where images are by the settings in force. */
record SitePlaces(SiteSettings settings, RegistryClient client) implements Places {

    @Override
    public ImageReference located(ImageReference image) {
        return client.located(image);
    }

    @Override
    public List<ImageReference> mirrors(ImageReference image) {
        return client.mirrors(image);
    }

    @Override
    public boolean isPlainHttp(String registry) {
        return settings.isPlainHttp(registry);
    }

    @Override
    public boolean isUnverifiedTls(String registry) {
        return settings.isUnverifiedTls(registry);
    }

    @Override
    public String trustedCertificates() {
        return settings.trustedCertificates();
    }
}
