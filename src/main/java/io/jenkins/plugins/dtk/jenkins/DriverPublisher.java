package io.jenkins.plugins.dtk.jenkins;

import io.jenkins.plugins.dtk.driver.DriverLibrary;
import io.jenkins.plugins.dtk.driver.MatrixTarget;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.library.ImageLibrary.JoinResult;
import io.jenkins.plugins.dtk.oci.Digest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.plan.BuildPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Gives the images of a driver all of their tags, as the branches of a kernel have ended. */
final class DriverPublisher extends IndexPublisher {

    private static final long serialVersionUID = 1L;

    private final LinkedHashMap<String, LinkedHashMap<Architecture, ArrayList<String>>> tags = new LinkedHashMap<>();
    private final LinkedHashMap<String, LinkedHashMap<Architecture, String>> kernels = new LinkedHashMap<>();

    private final LinkedHashMap<String, ArrayList<String>> indexes = new LinkedHashMap<>();
    private final boolean hold;

    /** @param hold whether an index stays as it is until the image for every architecture is there */
    DriverPublisher(StepContext context, String image, String credentialsId, BuildPlan plan, boolean hold) {
        super(context, image, credentialsId, false);
        this.hold = hold;
        plan.targets().forEach((kernel, targets) -> {
            LinkedHashMap<Architecture, ArrayList<String>> all = new LinkedHashMap<>();
            LinkedHashMap<Architecture, String> names = new LinkedHashMap<>();
            for (Map.Entry<Architecture, MatrixTarget> target : targets.entrySet()) {
                all.put(target.getKey(), new ArrayList<>(target.getValue().tags()));
                names.put(target.getKey(), target.getValue().target().uname());
            }
            indexes.put(
                    kernel.kernel().toString(),
                    targets.values().stream()
                            .flatMap(target -> target.indexes().stream())
                            .distinct()
                            .collect(Collectors.toCollection(ArrayList::new)));
            tags.put(kernel.kernel().toString(), all);
            kernels.put(kernel.kernel().toString(), names);
        });
    }

    @Override
    Published publish(String kernel, Collection<Architecture> architectures) throws IOException, InterruptedException {
        DriverLibrary library = new DriverLibrary(client(), ImageReference.parse(image()));
        JoinResult result = library.complete(kernels.get(kernel), tags.get(kernel), indexes.get(kernel), hold);
        for (Map.Entry<Architecture, Digest> there : result.joined().entrySet()) {
            log(kernels.get(kernel).get(there.getKey()) + " is "
                    + String.join(", ", tags.get(kernel).get(there.getKey())) + " (" + there.getValue() + ")");
        }
        if (result.digest() != null) {
            log("index " + String.join(", ", indexes.get(kernel)) + " now has "
                    + result.joined().keySet() + " (" + result.digest() + ")");
        } else if (!indexes.get(kernel).isEmpty() && !result.joined().isEmpty()) {
            log("index " + String.join(", ", indexes.get(kernel)) + " stays as it is: there is no image for "
                    + result.missing());
        }
        return new Published(result, "");
    }
}
