package io.jenkins.plugins.dtk.build;

import io.jenkins.plugins.dtk.demo.RhsmServer;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the stand-in base image with podman and publishes it. */
final class StandInBases {

    private final BuildAgent agent;
    private final BuildSite site;
    private final Map<String, String> digests = new HashMap<>();

    StandInBases(BuildAgent agent, BuildSite site) {
        this.agent = agent;
        this.site = site;
    }

    void publish(String tag) throws Exception {
        Path root = Files.createDirectories(agent.home().resolve("rootfs"));
        for (String folder : List.of("bin", "etc/standin", "etc/pki/entitlement", "usr/bin", "tmp", "var/tmp", "run")) {
            Files.createDirectories(root.resolve(folder));
        }
        Files.copy(Path.of("/bin/busybox"), root.resolve("bin/busybox"));
        for (String applet : agent.run("busybox", "--list").lines().toList()) {
            if (!applet.equals("busybox")) {
                Files.createSymbolicLink(root.resolve("bin").resolve(applet), Path.of("busybox"));
            }
        }
        for (String recorder : List.of("dnf", "rpm", "subscription-manager")) {
            Path file = root.resolve("usr/bin").resolve(recorder);
            try (InputStream in = RhsmServer.class.getResourceAsStream("standin/" + recorder)) {
                Files.copy(in, file);
            }
            Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.writeString(root.resolve("etc/os-release"), "ID=\"rhel\"\nVERSION_ID=\"8.4\"\n");
        Files.writeString(root.resolve("etc/standin/rhsm-url"), site.rhsm.url() + "\n");
        Files.writeString(root.resolve("etc/standin/needs-registration"), "");
        Files.createSymbolicLink(root.resolve("etc/rhsm-host"), Path.of("/run/secrets/rhsm"));
        agent.run("tar", "-C", root.toString(), "-cf", root + ".tar", ".");
        agent.run("podman", "import", "--quiet", root + ".tar", "localhost/ubi");
        push("localhost/ubi", tag);
    }

    void publishWithDnf(String tag, String script) throws Exception {
        Path context = Files.createDirectories(agent.home().resolve("with-dnf-" + tag));
        Files.writeString(context.resolve("dnf"), script);
        Files.writeString(
                context.resolve("Containerfile"), "FROM localhost/ubi\nCOPY --chmod=755 dnf /usr/local/bin/dnf\n");
        agent.run("podman", "build", "--quiet", "--tag", "localhost/ubi-" + tag, context.toString());
        push("localhost/ubi-" + tag, tag);
    }

    void publishIndex(String tag) throws Exception {
        agent.run("podman", "manifest", "create", "localhost/index-" + tag, "containers-storage:localhost/ubi");
        push("manifest push --all", "localhost/index-" + tag, tag);
    }

    private void push(String image, String tag) throws Exception {
        push("push", image, tag);
    }

    private void push(String command, String image, String tag) throws Exception {
        Path digest = agent.home().resolve("digest");
        List<String> podman = new ArrayList<>(List.of("podman"));
        podman.addAll(List.of(command.split(" ")));
        podman.addAll(List.of(
                "--quiet",
                "--tls-verify=false",
                "--creds=" + BuildSite.USER + ":" + BuildSite.PASSWORD,
                "--digestfile=" + digest,
                image,
                site.registry.address() + "/ubi8/ubi:" + tag));
        agent.run(podman.toArray(String[]::new));
        digests.put(tag, Files.readString(digest).strip());
    }

    String digest(String tag) {
        return digests.get(tag);
    }
}
