/**
 * The kernel matrix: which kernels the wanted releases ship, for which architectures and on which base images; how it is
 * computed, written, read and compared.
 *
 * <p>Facade: {@link io.jenkins.plugins.dtk.matrix.MatrixComputation}. It knows {@code release} and {@code registry}.
 *
 * <pre>{@code
 * KernelMatrix matrix = new MatrixComputation(releases, registry, MatrixProgress.SILENT).compute(request);
 * String json = MatrixJson.write(matrix);
 * }</pre>
 */
package io.jenkins.plugins.dtk.matrix;
