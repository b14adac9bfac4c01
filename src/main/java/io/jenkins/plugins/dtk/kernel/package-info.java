/**
 * Values of the field: kernels, RHEL versions, architectures, streams, flavours. They are validated once, when they are
 * read from text, and compare as people expect. No I/O.
 *
 * <p>Facade: {@link io.jenkins.plugins.dtk.kernel.KernelVersion}. It knows {@code text}.
 *
 * <pre>{@code
 * KernelVersion kernel = KernelVersion.parse("5.14.0-427.61.1.el9_4.x86_64");
 * String tag = kernel.tag(Architecture.AARCH64);
 * }</pre>
 */
package io.jenkins.plugins.dtk.kernel;
