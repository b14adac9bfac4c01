package io.jenkins.plugins.dtk.jenkins;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.library.ImageLibrary;
import io.jenkins.plugins.dtk.library.JoinResult;
import io.jenkins.plugins.dtk.registry.ImageReference;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import java.io.IOException;
import java.io.Serializable;
import java.util.Collection;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Publishes the indexes of kernels in one library. Reads and writes a registry: for background threads only. */
final class IndexPublisher implements Serializable {

    private static final long serialVersionUID = 1L;

    private final StepContext context;
    private final String image;
    private final String credentialsId;

    /** One for all kernels, as it knows how fast the registry takes requests. */
    private transient RegistryClient client;

    IndexPublisher(StepContext context, String image, String credentialsId) {
        this.context = context;
        this.image = image;
        this.credentialsId = credentialsId;
    }

    /**
     * Publishes the index of one kernel, and says in the log what it names.
     *
     * @throws IOException when it could not be published; one line
     */
    JoinResult publish(String tag, Collection<Architecture> architectures) throws IOException, InterruptedException {
        JoinResult result = new ImageLibrary(client(), ImageReference.parse(image)).join(tag, architectures);
        context.get(TaskListener.class).getLogger().println("dtk: " + describe(tag, result));
        return result;
    }

    private synchronized RegistryClient client() throws IOException, InterruptedException {
        if (client == null) {
            client = DtkConfiguration.settings()
                    .registryClient(new StepCredentials(context.get(Run.class))
                            .registry("registryCredentialsId", credentialsId, ImageReference.parse(image)));
        }
        return client;
    }

    private String describe(String tag, JoinResult result) {
        return result.digest() == null
                ? "no image of " + tag + " is there, so it has no index"
                : image + ":" + tag + " now has " + result.joined().keySet() + " (" + result.digest() + ")";
    }
}
