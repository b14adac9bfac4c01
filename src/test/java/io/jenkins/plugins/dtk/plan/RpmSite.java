package io.jenkins.plugins.dtk.plan;

import io.jenkins.plugins.dtk.demo.DockerRegistry;
import io.jenkins.plugins.dtk.demo.RhsmServer;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.testing.Commands;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a build with the real dnf and rpm talks to: a registry with login, RHSM, and a content network. */
final class RpmSite implements AutoCloseable {

    private final Path home;
    final DockerRegistry registry;
    final RhsmServer rhsm;
    final ContentServer content;
    private final Set<String> bases = new HashSet<>();

    RpmSite(Path home, Architecture... architectures) throws Exception {
        this.home = home;
        registry = DockerRegistry.with()
                .home(home.resolve("registry"))
                .login(BuildSite.USER, BuildSite.PASSWORD)
                .start();
        rhsm = RhsmServer.start(BuildSite.ORGANISATION, BuildSite.ACTIVATION_KEY);
        Path repositories = home.resolve("content");
        content = new ContentServer(repositories, rhsm::isRegistered);
        for (Architecture architecture : architectures) {
            Commands.run("sh", "src/test/sh/rpm-repositories.sh", repositories.toString(), architecture.rpmName());
        }
    }

    /** The repositories that a registered system gets; those of many streams are not there for every release. */
    private String repositories(String major, Architecture architecture) {
        String arch = architecture.rpmName();
        StringBuilder file = new StringBuilder();
        for (String part : List.of("baseos", "appstream", "rt", "nfv")) {
            for (String stream : List.of("dist", "eus", "e4s", "aus", "tus")) {
                String suffix = stream.equals("dist") ? "rpms" : stream + "-rpms";
                repository(
                        file,
                        "rhel-" + major + "-for-" + arch + "-" + part + "-" + suffix,
                        "/content/@SYSTEM@/" + stream + "/rhel" + major + "/$releasever/" + arch + "/" + part + "/os");
            }
        }
        repository(
                file,
                "rhocp-4.12-for-rhel-" + major + "-" + arch + "-rpms",
                "/content/@SYSTEM@/dist/layered/rhel" + major + "/" + arch + "/rhocp/4.12/os");
        return file.toString();
    }

    private void repository(StringBuilder file, String id, String path) {
        repository(file, id, path, false);
    }

    private void repository(StringBuilder file, String id, String path, boolean enabled) {
        file.append("[%1$s]\nname=%1$s\nbaseurl=%2$s%3$s\nenabled=%4$d\n\n"
                .formatted(id, content.url(), path, enabled ? 1 : 0));
    }

    /** The base image of a release of RHEL such as {@code 9.4}, for an architecture. */
    private String rhel(String version, Architecture architecture) throws Exception {
        String major = version.substring(0, version.indexOf('.'));
        String name = registry.address() + "/ubi" + major + "/ubi:" + version + "-" + architecture.goName();
        if (bases.add(name)) {
            base(name)
                    .release("rhel", version)
                    .subscriptionManager(rhsm.url(), repositories(major, architecture))
                    .push(architecture, name);
        }
        return name;
    }

    /** The base image of RHEL 10.2 that can compile modules for a kernel that calls itself so. */
    String rhelWithCompiler(String uname) throws Exception {
        String name = registry.address() + "/ubi10/ubi:10.2-compiler";
        base(name)
                .release("rhel", "10.2")
                .subscriptionManager(rhsm.url(), repositories("10", Architecture.X86_64))
                .compiler(uname)
                .push(Architecture.X86_64, name);
        return name;
    }

    /** The base image of CentOS Stream 9. */
    private String centos() throws Exception {
        String name = registry.address() + "/centos/centos:stream9";
        if (bases.add(name)) {
            StringBuilder repositories = new StringBuilder();
            repository(repositories, "baseos", "/public/stream/9/BaseOS", true);
            repository(repositories, "appstream", "/public/stream/9/AppStream", true);
            repository(repositories, "rt", "/public/stream/9/RT", false);
            base(name)
                    .release("centos", "9")
                    .file("etc/yum.repos.d/centos.repo", repositories.toString())
                    .countingStarts()
                    .push(Architecture.X86_64, name);
        }
        return name;
    }

    private RpmBase base(String name) throws IOException {
        return new RpmBase(home.resolve("bases/" + name.replaceAll("[^A-Za-z0-9]", "-")));
    }

    /**
     * The variables of a build.
     *
     * @param rhel {@code 9.4}, or {@code 9} for CentOS Stream
     * @param changes other values for some: name, value, name, value...
     */
    Map<String, String> variables(String kernel, String rhel, Architecture architecture, String... changes)
            throws Exception {
        String full = kernel + "." + architecture.rpmName();
        Map<String, String> variables = new TreeMap<>();
        variables.put("DTK_KERNEL", kernel);
        variables.put("DTK_KERNEL_FULL", full);
        variables.put("DTK_RHEL", rhel);
        variables.put("DTK_ARCH", architecture.rpmName());
        variables.put("DTK_PLATFORM", architecture.platform());
        variables.put("DTK_IMAGE", registry.address() + "/acme/driver-toolkit");
        variables.put("DTK_TAG", full);
        variables.put("DTK_RELEASES", "4.12.58,4.13.1");
        variables.put("DTK_PLAIN_HTTP", registry.address());
        variables.put("DTK_REGISTRY_USER", BuildSite.USER);
        variables.put("DTK_REGISTRY_PASSWORD", BuildSite.PASSWORD);
        if (rhel.contains(".")) {
            variables.put("DTK_BASE_IMAGE", rhel(rhel, architecture));
            variables.put("RHSM_ORG", BuildSite.ORGANISATION);
            variables.put("RHSM_ACTIVATIONKEY", BuildSite.ACTIVATION_KEY);
        } else {
            variables.put("DTK_BASE_IMAGE", centos());
        }
        for (int i = 0; i < changes.length; i += 2) {
            variables.put(changes[i], changes[i + 1]);
        }
        return variables;
    }

    @Override
    public void close() {
        content.close();
        rhsm.close();
        registry.close();
    }
}
