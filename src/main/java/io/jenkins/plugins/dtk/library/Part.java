package io.jenkins.plugins.dtk.library;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.registry.Descriptor;
import java.util.List;

/**
 * The image of one architecture, as it is under its tag.
 *
 * @param image its entry for the index, with the platform that its config states
 * @param attached what belongs to it, such as attestations, when the tag names an index of its own
 * @param baseDigest what its label says about its base, or null
 */
record Part(Architecture architecture, Descriptor image, List<Descriptor> attached, String baseDigest) {}
