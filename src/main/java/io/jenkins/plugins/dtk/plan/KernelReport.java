package io.jenkins.plugins.dtk.plan;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.plan.ImageEntry.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the ledger's page for one kernel says.
 *
 * @param index how the index stands, in the word that the step returns
 * @param digest of the index; empty for none
 * @param reason why the index is not published; empty when there is none
 * @param notAttached why not every list of packages is attached; null when nothing failed
 */
record KernelReport(
        String kernel,
        String tag,
        String index,
        String digest,
        String reason,
        String notAttached,
        Map<Architecture, ImageEntry> images) {

    /** An image's name for people: of a driver's what {@code uname -r} prints. */
    static String name(String kernel, Architecture architecture) {
        int flavour = kernel.indexOf('+');
        return flavour < 0
                ? kernel + "." + architecture
                : kernel.substring(0, flavour) + "." + architecture + kernel.substring(flavour);
    }

    void addFailures(Reasons reasons) {
        images.forEach((architecture, image) -> {
            if (image.is(Status.FAILED)) {
                reasons.add(name(kernel, architecture), tag, image.reason(), image.agent());
            }
        });
        if (index.equals("failed")) {
            reasons.add("index " + tag, tag, reason, "");
        }
        if (notAttached != null) {
            reasons.add("lists of packages of " + tag, tag, notAttached, "");
        }
    }

    void addKept(Reasons reasons) {
        if (index.equals("kept")) {
            reasons.add("index " + tag, tag, reason, "");
        }
    }

    /** The images that were built anew and not pushed, because their tags cannot be written twice. */
    List<String> refused() {
        return images.entrySet().stream()
                .filter(image -> image.getValue().isRefused())
                .map(image -> kernel + "." + image.getKey())
                .toList();
    }

    /** Plain maps, lists and strings. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("kernel", kernel);
        map.put("tag", tag);
        map.put("index", index);
        map.put("digest", digest);
        if (!reason.isEmpty()) {
            map.put("reason", reason);
        }
        if (notAttached != null) {
            map.put("notAttached", notAttached);
        }
        Map<String, Object> archs = new LinkedHashMap<>();
        images.forEach((architecture, image) -> archs.put(architecture.platform(), image.toMap()));
        map.put("archs", archs);
        return map;
    }
}
