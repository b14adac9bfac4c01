package io.jenkins.plugins.dtk.jenkins;

import io.jenkins.plugins.dtk.driver.DriverTags;
import io.jenkins.plugins.dtk.driver.MatrixTarget;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.library.JoinResult;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.plan.BuildPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Gives the images of a driver all of their tags, as the branches of a kernel have ended. */
final class DriverPublisher extends IndexPublisher {

    private static final long serialVersionUID = 1L;

    private final LinkedHashMap<String, LinkedHashMap<Architecture, ArrayList<String>>> tags = new LinkedHashMap<>();
    private final LinkedHashMap<String, LinkedHashMap<Architecture, String>> kernels = new LinkedHashMap<>();

    DriverPublisher(StepContext context, String image, String credentialsId, BuildPlan plan) {
        super(context, image, credentialsId, false);
        plan.targets().forEach((kernel, targets) -> {
            LinkedHashMap<Architecture, ArrayList<String>> all = new LinkedHashMap<>();
            LinkedHashMap<Architecture, String> names = new LinkedHashMap<>();
            for (Map.Entry<Architecture, MatrixTarget> target : targets.entrySet()) {
                all.put(target.getKey(), new ArrayList<>(target.getValue().tags()));
                names.put(target.getKey(), target.getValue().target().uname());
            }
            tags.put(kernel.kernel().toString(), all);
            kernels.put(kernel.kernel().toString(), names);
        });
    }

    @Override
    Published publish(String kernel, Collection<Architecture> architectures) throws IOException, InterruptedException {
        DriverTags library = new DriverTags(client(), ImageReference.parse(image()));
        JoinResult result = library.complete(kernels.get(kernel), tags.get(kernel));
        for (Map.Entry<Architecture, String> there : result.joined().entrySet()) {
            log(kernels.get(kernel).get(there.getKey()) + " is "
                    + String.join(", ", tags.get(kernel).get(there.getKey())) + " (" + there.getValue() + ")");
        }
        return new Published(result, "");
    }
}
