package io.jenkins.plugins.dtk.build;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.library.JoinResult;
import io.jenkins.plugins.dtk.matrix.MatrixKernel;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ledger's page for one kernel. */
final class KernelEntry implements Serializable {

    private static final long serialVersionUID = 1L;

    /** How one image stands. */
    private enum Status {
        /** It was there before. */
        THERE,
        /** Its branch has not ended. */
        OPEN,
        /** Its branch has ended well. */
        BUILT,
        FAILED
    }

    /** How the index stands. */
    private enum Index {
        OPEN,
        PUBLISHED,
        FAILED
    }

    private static final class Image implements Serializable {
        private static final long serialVersionUID = 1L;
        private Status status = Status.THERE;
        private String digest = "";
        private String reason = "";
    }

    private final String kernel;
    private final String tag;
    private final LinkedHashMap<Architecture, Image> images = new LinkedHashMap<>();
    private Index index = Index.OPEN;
    private String digest = "";
    private String reason = "";

    KernelEntry(MatrixKernel kernel) {
        this.kernel = kernel.kernel().nvr();
        this.tag = kernel.kernel().tag();
        kernel.architectures().forEach(architecture -> images.put(architecture, new Image()));
    }

    void expect(Architecture architecture) {
        images.computeIfAbsent(architecture, a -> new Image()).status = Status.OPEN;
    }

    String tag() {
        return tag;
    }

    Collection<Architecture> architectures() {
        return new ArrayList<>(images.keySet());
    }

    void ended(String branch, String failure) {
        images.forEach((architecture, image) -> {
            if (branch.equals(kernel + "." + architecture.rpmName())) {
                image.status = failure == null ? Status.BUILT : Status.FAILED;
                image.reason = failure == null ? "" : failure;
            }
        });
    }

    boolean branchesDone() {
        return images.values().stream().noneMatch(image -> image.status == Status.OPEN);
    }

    /** Where every branch failed and nothing was there before, there is nothing to put into an index. */
    boolean isJoinable() {
        return branchesDone() && index == Index.OPEN && hasImages();
    }

    boolean isDone() {
        return branchesDone() && (index != Index.OPEN || !hasImages());
    }

    private boolean hasImages() {
        return images.values().stream().anyMatch(image -> image.status != Status.FAILED);
    }

    void joined(JoinResult result) {
        index = Index.PUBLISHED;
        digest = result.digest() == null ? "" : result.digest();
        images.forEach((architecture, image) -> {
            String own = result.joined().get(architecture);
            if (own != null) {
                image.digest = own;
            } else if (image.status != Status.FAILED) {
                String gone = image.status == Status.BUILT
                        ? "its branch ended well but pushed no image"
                        : "its image was there before, but is no more";
                image.status = Status.FAILED;
                image.reason = result.rejected().getOrDefault(architecture, gone);
            }
        });
    }

    void joinFailed(String why) {
        index = Index.FAILED;
        reason = why;
    }

    long built() {
        return count(Status.BUILT);
    }

    long failed() {
        return count(Status.FAILED);
    }

    private long count(Status status) {
        return images.values().stream().filter(image -> image.status == status).count();
    }

    void addFailures(List<String> failures) {
        images.forEach((architecture, image) -> {
            if (image.status == Status.FAILED) {
                failures.add(kernel + "." + architecture + ": " + image.reason);
            }
        });
        if (index == Index.FAILED) {
            failures.add("index " + tag + ": " + reason);
        }
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("kernel", kernel);
        map.put("tag", tag);
        boolean none = index == Index.PUBLISHED ? digest.isEmpty() : index == Index.OPEN && isDone();
        map.put("index", none ? "none" : lower(index));
        map.put("digest", digest);
        if (!reason.isEmpty()) {
            map.put("reason", reason);
        }
        Map<String, Object> archs = new LinkedHashMap<>();
        images.forEach((architecture, image) -> archs.put(architecture.platform(), toMap(image)));
        map.put("archs", archs);
        return map;
    }

    private static Map<String, Object> toMap(Image image) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("status", lower(image.status));
        map.put("digest", image.digest);
        if (!image.reason.isEmpty()) {
            map.put("reason", image.reason);
        }
        return map;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(java.util.Locale.ROOT);
    }
}
