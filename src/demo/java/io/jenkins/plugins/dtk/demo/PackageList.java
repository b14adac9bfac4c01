package io.jenkins.plugins.dtk.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.dtk.kernel.Architecture;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The packages of node OS images, as the images list them. */
final class PackageList {

    private static final List<String[]> COMMON = Resources.lines("packages.txt").stream()
            .map(PackageList::nameVersionRelease)
            .toList();

    private PackageList() {}

    private static String[] nameVersionRelease(String line) {
        String[] words = line.split("[ -](?=\\d)");
        return new String[] {words[0], words[1], words[2]};
    }

    /** The content of {@code usr/share/openshift/base/meta.json}: openshift/os scripts/generate-metadata. */
    static byte[] metaJson(String kernel, Architecture architecture) {
        String dist = kernel.substring(kernel.lastIndexOf('.'));
        List<String[]> rows = new ArrayList<>();
        for (String[] common : COMMON) {
            rows.add(new String[] {common[0], common[1], common[2] + dist});
        }
        String[] versionRelease = kernel.split("-", 2);
        for (String name :
                List.of("kernel", "kernel-core", "kernel-modules", "kernel-modules-core", "kernel-modules-extra")) {
            rows.add(new String[] {name, versionRelease[0], versionRelease[1]});
        }
        rows.sort(Comparator.comparing(row -> row[0]));
        ObjectNode meta = StableJson.object();
        ArrayNode list = meta.putArray("rpmdb.pkglist");
        for (String[] row : rows) {
            list.addArray().add(row[0]).add("0").add(row[1]).add(row[2]).add(architecture.rpmName());
        }
        return StableJson.bytes(meta);
    }

    /** Packages beside the kernels that an extensions image offers: name to version-release.architecture. */
    static Map<String, String> extensions(Architecture architecture) {
        Map<String, String> packages = new LinkedHashMap<>();
        packages.put("NetworkManager-libreswan", "1.2.24-1.el9." + architecture);
        packages.put("bison", "3.7.4-5.el9." + architecture);
        packages.put("krb5-workstation", "1.21.1-6.el9." + architecture);
        packages.put("libreswan", "4.15-3.el9." + architecture);
        packages.put("sysstat", "12.5.4-9.el9." + architecture);
        packages.put("usbguard", "1.0.0-15.el9." + architecture);
        return packages;
    }

    /** The content of {@code usr/share/rpm-ostree/extensions.json}. */
    static byte[] extensionsJson(Map<String, String> packages) {
        ObjectNode json = StableJson.object();
        packages.forEach(json::put);
        return StableJson.indented(json);
    }
}
