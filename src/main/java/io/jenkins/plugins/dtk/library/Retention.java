package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.library.ManifestTrees.Tree;
import io.jenkins.plugins.dtk.matrix.MatrixProgress;
import io.jenkins.plugins.dtk.matrix.WantedKernels;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Deletes the images of kernels that no wanted release ships. A registry deletes a manifest with all its tags, so what
 * any tag that stays names, or an index under one, is never deleted. What is attached to an image by a tag with its
 * digest, such as a signature, is deleted with it. What is not proven stays, with the reason.
 */
public final class Retention {

    private final RegistryClient client;
    private final ImageReference repository;
    private final MatrixProgress progress;
    private final TagSurvey survey;
    private final Function<String, Optional<LibraryTag>> tags;

    /**
     * The clean-up of a library. It is read where it is written: a mirror may be late.
     *
     * @param repository the library's, as the user names it
     * @param progress hears how it goes on
     */
    public Retention(RegistryClient client, ImageReference repository, MatrixProgress progress) {
        this(client, repository, LibraryTag::parse, progress);
    }

    /**
     * The clean-up of a library whose tags have another form, as a driver's have.
     *
     * @param tags reads which kernel a tag is for; nothing for a tag that stays because it has another form
     */
    public Retention(
            RegistryClient client,
            ImageReference repository,
            Function<String, Optional<LibraryTag>> tags,
            MatrixProgress progress) {
        this.tags = tags;
        this.client = client.atSource();
        this.repository = repository;
        this.progress = progress;
        this.survey = new TagSurvey(this.client, repository);
    }

    /**
     * Finds out what may be deleted. Nothing is.
     *
     * @param wanted the kernels of all wanted releases; where it has doubts, no kernel may be deleted, and where it has
     *     no releases of an architecture, no kernel with images for that
     * @throws Failure when no kernel is wanted, or the library could not be read wholly; one line
     */
    public PrunePlan plan(WantedKernels wanted) throws Failure, InterruptedException {
        if (wanted.kernels().isEmpty()) {
            throw new Failure(
                    Failure.Kind.INVALID,
                    "the kernels of the wanted releases are not all known, so none may be deleted: there are none");
        }
        PrunePlan plan = plan(wanted, survey.trees(progress));
        // What seems to be for other architectures may be another's manifest, which a proxy mixed up.
        return plan.uncovered() == 0 ? plan : plan(wanted, survey.again());
    }

    private PrunePlan plan(WantedKernels wanted, Map<String, Tree> trees) {
        return new PrunePlanner(trees, tags, wanted.kernels(), wanted.architectures()).plan(wanted.doubts());
    }

    /**
     * Deletes what a plan of this object names, after a last look at each. A manifest that is gone already is no failure.
     *
     * @return what was deleted, and what was kept after all
     * @throws Failure at the first that cannot be deleted or looked at, with how many were deleted; one line
     */
    public PrunePlan delete(PrunePlan plan) throws Failure, InterruptedException {
        return new PruneRun(client, repository, survey, tags, progress, plan).run();
    }
}
