package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.kernel.KernelVersion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The kernels for which no image is wanted, each with the reason. */
final class Exclusions {

    private final Map<String, String> reasons = new LinkedHashMap<>();

    /**
     * @param given the reasons, by kernel as {@code uname -r} prints it, or without its architecture; without flavour too
     *     it stands for all flavours
     * @throws IllegalArgumentException when one is no kernel, or has no reason; one line
     */
    Exclusions(Map<String, String> given) {
        given.forEach((kernel, reason) -> {
            String name = KernelVersion.parse(kernel).toString();
            if (reason.isBlank()) {
                throw new IllegalArgumentException("kernel " + name + " is left out without a reason: give one");
            }
            reasons.put(name, reason);
        });
    }

    /** What was given, each kernel in its usual form. */
    Map<String, String> given() {
        return reasons;
    }

    /** Why there shall be no image for a target; empty where there shall. */
    Optional<String> of(DriverTarget target) {
        return Stream.of(
                        target.uname(),
                        target.flavoured().toString(),
                        target.kernel().nvr())
                .map(reasons::get)
                .filter(Objects::nonNull)
                .findFirst();
    }
}
