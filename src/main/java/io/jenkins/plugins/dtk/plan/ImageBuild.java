package io.jenkins.plugins.dtk.plan;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.matrix.MatrixKernel;
import java.util.List;
import java.util.Map;

/**
 * What one branch builds: one image of a kernel, or all of its images one after the other.
 *
 * @param name the branch's name in the log: what {@code uname -r} prints on the node, or for several architectures the
 *     kernel without one
 * @param kernel the kernel
 * @param architectures the architectures
 * @param variables the environment of the branch, without secrets
 */
public record ImageBuild(
        String name, MatrixKernel kernel, List<Architecture> architectures, Map<String, String> variables) {}
