package io.jenkins.plugins.dtk.build;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.matrix.MatrixKernel;
import java.util.Map;

/**
 * One image to build: one kernel for one architecture.
 *
 * @param kernel the kernel
 * @param architecture the architecture
 * @param variables the environment of its branch, without secrets
 */
public record ImageBuild(MatrixKernel kernel, Architecture architecture, Map<String, String> variables) {

    /** The branch's name in the log: exactly what {@code uname -r} prints on the node. */
    public String name() {
        return kernel.kernel().full(architecture);
    }
}
