package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.kernel.KernelVersion;
import java.util.Optional;

/** The optional kernels of a node OS build. */
record Extensions(Optional<KernelVersion> realTime, Optional<KernelVersion> pages64k) {}
