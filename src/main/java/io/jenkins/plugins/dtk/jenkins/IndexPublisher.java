package io.jenkins.plugins.dtk.jenkins;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.library.ImageLibrary;
import io.jenkins.plugins.dtk.library.ImageLibrary.JoinResult;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.plan.BuildLedger;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Publishes the indexes of kernels in one library. Reads and writes a registry: for background threads only. */
class IndexPublisher implements Serializable {

    private static final long serialVersionUID = 1L;

    private final StepContext context;
    private final String image;
    private final String credentialsId;
    private final boolean sbom;

    /**
     * What came of a kernel.
     *
     * @param notAttached why not every list of packages is attached to the images of the index, which is published all
     *     the same; empty when all are, or none is wanted
     */
    record Published(JoinResult index, String notAttached) {}

    /** @param sbom whether to attach the lists of packages to the images, too */
    IndexPublisher(StepContext context, String image, String credentialsId, boolean sbom) {
        this.context = context;
        this.image = image;
        this.credentialsId = credentialsId;
        this.sbom = sbom;
    }

    /**
     * Publishes the index of one kernel.
     *
     * @return what the books say of it, published or not
     */
    final Consumer<BuildLedger> outcome(String tag, Collection<Architecture> architectures) {
        try {
            Published result = publish(tag, architectures);
            return books -> {
                books.joined(tag, result.index());
                if (!result.notAttached().isEmpty()) {
                    books.attachFailed(tag, result.notAttached());
                }
            };
        } catch (Failure e) {
            return e.kind() == Failure.Kind.IMMUTABLE
                    ? books -> books.joinRefused(tag, e.getMessage())
                    : books -> books.joinFailed(tag, e.getMessage());
        } catch (IOException e) {
            return books -> books.joinFailed(tag, e.getMessage());
        } catch (InterruptedException e) {
            return books -> books.joinFailed(tag, "interrupted");
        } catch (RuntimeException e) {
            return books -> books.joinFailed(tag, e.toString());
        }
    }

    /**
     * Publishes the index of one kernel, and says in the log what it names.
     *
     * @throws IOException when it could not be published; one line
     */
    Published publish(String tag, Collection<Architecture> architectures) throws IOException, InterruptedException {
        ImageLibrary library = new ImageLibrary(client(), ImageReference.parse(image));
        JoinResult result = library.join(tag, architectures);
        log(describe(tag, result));
        return new Published(result, sbom ? attach(library, tag, result.joined().values()) : "");
    }

    /** Attaches the lists of packages; returns why not all are attached, else nothing. */
    private String attach(ImageLibrary library, String tag, Collection<Digest> digests) throws IOException {
        try {
            int attached = library.attachOwnPackages(digests, Instant.now());
            log("lists of packages are attached to " + attached + " of " + digests.size() + " images of " + tag);
            return "";
        } catch (Failure e) {
            return e.getMessage();
        } catch (InterruptedException e) {
            return "interrupted";
        }
    }

    final String image() {
        return image;
    }

    final void log(String line) throws IOException, InterruptedException {
        context.get(TaskListener.class).getLogger().println("dtk: " + line);
    }

    /** Branches may run for days, and the time of a client begins when it is made. */
    final RegistryClient client() throws IOException, InterruptedException {
        return DtkConfiguration.sharedClient(new StepCredentials(context.get(Run.class))
                .registry("registryCredentialsId", credentialsId, ImageReference.parse(image)));
    }

    private String describe(String tag, JoinResult result) {
        return result.digest() == null
                ? "no image of " + tag + " is there, so it has no index"
                : image + ":" + tag + " now has " + result.joined().keySet() + " (" + result.digest() + ")";
    }
}
