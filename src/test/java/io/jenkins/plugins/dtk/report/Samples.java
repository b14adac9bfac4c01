package io.jenkins.plugins.dtk.report;

import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A matrix with every kind of kernel, and what a run returned for it. */
public final class Samples {

    static final String IMAGE = "quay.io/acme/driver-toolkit";

    private Samples() {}

    static String digest(char letter) {
        return "sha256:" + String.valueOf(letter).repeat(64);
    }

    /** Kernels that lack one, both and no image, one that only lacks its index, and one of x86_64 alone. */
    public static KernelMatrix matrix() {
        return MatrixJson.parse(
                """
                {"versions":[
                {"rhel":"8.6","kernel":"4.18.0-372.59.1.el8_6","archs":"linux/amd64,linux/arm64","kernelRt":"4.18.0-372.59.1.rt7.216.el8_6",
                 "stream":"rhel-8","releases":["4.12.20","4.12.21","4.12.22","4.12.23","4.12.24","4.12.25","4.12.26"],"missing":["linux/arm64"]},
                {"rhel":"9.2","kernel":"5.14.0-284.45.1.el9_2","archs":"linux/amd64,linux/arm64","kernelRt":"5.14.0-284.45.1.rt14.330.el9_2",
                 "stream":"rhel-9","releases":["4.14.7","4.14.8"],"missing":["linux/amd64","linux/arm64"]},
                {"rhel":"9.4","kernel":"5.14.0-427.61.1.el9_4","archs":"linux/amd64,linux/arm64","kernelRt":"5.14.0-427.61.1.el9_4",
                 "stream":"rhel-9","releases":["4.17.22","4.18.6"],"missing":[]},
                {"rhel":"9.6","kernel":"5.14.0-570.124.1.el9_6","archs":"linux/amd64,linux/arm64",
                 "stream":"rhel-9","releases":["4.20.26"],"missing":[],"unjoined":["linux/arm64"]},
                {"rhel":"10.2","kernel":"6.12.0-211.47.1.el10_2","archs":"linux/amd64",
                 "stream":"rhel-10","releases":["4.22.11"],"missing":["linux/amd64"]}
                ],"unreadable":["release 4.19.35-x86_64: the payload has no image-references"]}
                """);
    }

    /** What dtkBuild returns: one image built, one failed, one kernel whose index failed. */
    static Map<String, Object> built(String reason) {
        return Map.of(
                "image",
                IMAGE,
                "built",
                2,
                "failed",
                2,
                "kernels",
                List.of(
                        kernel(
                                "4.18.0-372.59.1.el8_6",
                                "published",
                                digest('a'),
                                "",
                                Map.of(
                                        "linux/amd64",
                                        image("there", digest('b'), ""),
                                        "linux/arm64",
                                        image("built", digest('c'), ""))),
                        kernel(
                                "5.14.0-284.45.1.el9_2",
                                "published",
                                digest('d'),
                                "",
                                Map.of(
                                        "linux/amd64",
                                        image("built", digest('e'), ""),
                                        "linux/arm64",
                                        image("failed", "", reason))),
                        kernel(
                                "5.14.0-570.124.1.el9_6",
                                "failed",
                                "",
                                "the registry refused the login: check user and password",
                                Map.of("linux/amd64", image("there", "", ""), "linux/arm64", image("there", "", ""))),
                        kernel(
                                "6.12.0-211.47.1.el10_2",
                                "open",
                                "",
                                "",
                                Map.of("linux/amd64", image("failed", "", "out of disk")))));
    }

    private static Map<String, Object> kernel(
            String name, String index, String digest, String reason, Map<String, Object> archs) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("kernel", name);
        map.put("tag", name);
        map.put("index", index);
        map.put("digest", digest);
        if (!reason.isEmpty()) {
            map.put("reason", reason);
        }
        map.put("archs", archs);
        return map;
    }

    private static Map<String, Object> image(String status, String digest, String reason) {
        return reason.isEmpty()
                ? Map.of("status", status, "digest", digest)
                : Map.of("status", status, "digest", digest, "reason", reason);
    }
}
