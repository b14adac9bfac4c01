package io.jenkins.plugins.dtk.site;

import io.jenkins.plugins.dtk.library.ImageLibrary;
import io.jenkins.plugins.dtk.matrix.MatrixComputation;
import io.jenkins.plugins.dtk.matrix.MatrixProgress;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.registry.RegistryCredentials;
import io.jenkins.plugins.dtk.release.ReleaseCache;
import io.jenkins.plugins.dtk.release.Releases;

/** The parts of one piece of work, wired from the settings in force: the one place where that is done. */
public final class Site {

    private final RegistryClient payloads;
    private final RegistryClient images;
    private final Releases releases;
    private final MatrixProgress progress;

    private Site(RegistryClient payloads, RegistryClient images, Releases releases, MatrixProgress progress) {
        this.payloads = payloads;
        this.images = images;
        this.releases = releases;
        this.progress = progress;
    }

    /**
     * Wires the parts for work that uses one login for all registries.
     *
     * @param cache what is remembered of releases
     * @param progress is informed of how the work goes on
     */
    public static Site of(
            SiteSettings settings, RegistryCredentials login, ReleaseCache cache, MatrixProgress progress) {
        RegistryClient client = settings.registryClient(login);
        return new Site(client, client, settings.releases(client, cache), progress);
    }

    /**
     * The same with a login of its own for the library: that for pushing to quay.io/acme may not read OpenShift's
     * payloads on quay.io.
     */
    public Site withLibrary(RegistryClient library) {
        return new Site(payloads, library, releases, progress);
    }

    /** Reads payloads and base images. */
    public RegistryClient payloads() {
        return payloads;
    }

    /** Reads and writes the library. */
    public RegistryClient images() {
        return images;
    }

    /** What OpenShift ships. */
    public Releases releases() {
        return releases;
    }

    /** Computes catalogs and matrices. */
    public MatrixComputation matrix() {
        return new MatrixComputation(releases, payloads, progress);
    }

    /**
     * The library of a repository.
     *
     * @param repository null for none
     * @return null for none
     */
    public ImageLibrary library(ImageReference repository) {
        return repository == null ? null : new ImageLibrary(images, repository);
    }

    /** How many requests went to registries so far. */
    public long requests() {
        return payloads.stats().requests()
                + (images == payloads ? 0 : images.stats().requests());
    }
}
