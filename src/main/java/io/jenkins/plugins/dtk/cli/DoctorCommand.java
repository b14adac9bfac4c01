package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.plan.AgentScript;
import io.jenkins.plugins.dtk.rhsm.Rhsm;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dtk doctor}: can this machine build images, and what is to be done where it cannot? */
@Command(
        name = "doctor",
        sortOptions = false,
        description = {
            "Checks whether this machine can build images: builder, storage, user namespaces, QEMU, disk, the registry's"
                    + " login, TLS, the subscription service. A line for each, with what to do.",
            "The registry's login is that of DTK_REGISTRY_USER and DTK_REGISTRY_PASSWORD."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:this machine can build images",
            " 1:something is wrong",
            " 2:wrong usage",
            " 3:nothing is wrong, but something could not be checked"
        })
final class DoctorCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--arch",
            paramLabel = "ARCH",
            description = "The architectures to build for, a comma list. Default: this machine's.")
    private List<String> architectures = new ArrayList<>();

    @Option(names = "--image", paramLabel = "HOST/REPO", description = "Where images are pushed to.")
    private String image;

    @Option(
            names = "--builder",
            paramLabel = "podman|buildah|docker",
            description = "What builds. Default: the first of these that is there.")
    private String builder;

    @Option(names = "--rhsm-url", paramLabel = "URL", description = "The subscription service. Default: Red Hat's.")
    private String rhsmUrl;

    DoctorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        ProcessBuilder doctor = new ProcessBuilder("sh", "-c", AgentScript.doctor()).redirectErrorStream(true);
        Map<String, String> environment = doctor.environment();
        put(environment, "DTK_ARCH", architectures());
        put(environment, "DTK_IMAGE", image == null ? null : repository().name());
        put(environment, "DTK_BUILDER", builder());
        Usage.checked(spec, "--rhsm-url", () -> Rhsm.url(rhsmUrl));
        put(environment, "DTK_RHSM_URL", rhsmUrl);
        try {
            return run(doctor);
        } catch (IOException e) {
            throw Failure.of(Kind.INVALID, "check this machine", "its shell does not start: " + e.getMessage());
        }
    }

    private int run(ProcessBuilder doctor) throws IOException, InterruptedException {
        Process process = doctor.start();
        try (InputStream lines = process.getInputStream()) {
            process.getOutputStream().close();
            lines.transferTo(terminal.out());
            return process.waitFor();
        } finally {
            process.destroy();
        }
    }

    private String architectures() {
        return architectures.isEmpty()
                ? null
                : Usage.checked(spec, "--arch", () -> MatrixRequest.architectures(architectures).stream()
                        .map(Architecture::rpmName)
                        .collect(Collectors.joining(",")));
    }

    private ImageReference repository() {
        return Usage.checked(spec, "--image", () -> Names.repository(image));
    }

    private String builder() {
        if (builder != null) {
            Usage.check(spec, "--builder", builder, AgentScript.BUILDERS);
        }
        return builder;
    }

    private static void put(Map<String, String> environment, String name, String value) {
        if (value != null) {
            environment.put(name, value);
        }
    }
}
