package io.jenkins.plugins.dtk.demo;

import io.jenkins.plugins.dtk.kernel.Architecture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stands in for Red Hat's UBI images: an index of linux/amd64 and linux/arm64 with busybox, the files of UBI that the
 * builder looks at, and {@code dnf}, {@code rpm} and {@code subscription-manager} that only record what they are given
 * (the scripts in {@code standin/} beside this class).
 */
public final class StandInBase {

    private static final List<String> TOOLS = List.of("usr/bin/dnf", "usr/bin/rpm", "usr/sbin/subscription-manager");
    private static final List<String> FOLDERS = List.of(
            "dev/",
            "etc/",
            "etc/dnf/",
            "etc/dnf/vars/",
            "etc/pki/",
            "etc/pki/consumer/",
            "etc/pki/entitlement/",
            "etc/rhsm/",
            "etc/standin/",
            "etc/yum.repos.d/",
            "lib/",
            "proc/",
            "root/",
            "run/",
            "run/secrets/",
            "sys/",
            "tmp/",
            "usr/",
            "usr/bin/",
            "usr/lib/",
            "usr/sbin/",
            "usr/src/",
            "var/",
            "var/cache/",
            "var/lib/",
            "var/log/",
            "var/tmp/");
    private static final List<String> APPLETS = List.of(
            """
                    [ [[ arch ash awk base64 basename cat chgrp chmod chown chroot clear cmp cp cut date dd df diff
                    dirname du echo egrep env expr false fgrep find fold free getopt grep groups gunzip gzip head
                    hexdump hostid hostname id kill killall less ln ls md5sum mkdir mkfifo mknod mktemp more mv nc
                    nproc nslookup od paste patch pidof ping printf ps pwd readlink realpath rev rm rmdir sed seq
                    setsid sh sha256sum sha512sum shuf sleep sort stat strings stty sync tac tail tar tee test time
                    timeout top touch tr true truncate tty uname uniq unlink unxz unzip uptime usleep vi watch wc
                    wget which whoami xargs xxd xz xzcat yes zcat"""
                    .split("\\s+"));

    /** Names no real service: no one is to be asked for what the stand-in has registered. */
    private static final String RHSM =
            """
            [server]
            hostname = rhsm.invalid
            prefix = /subscription
            port = 443

            [rhsm]
            baseurl = https://cdn.invalid
            repo_ca_cert = /etc/rhsm/ca/redhat-uep.pem
            """;

    private final Map<Architecture, Path> busybox;
    private final Map<String, byte[]> files = new TreeMap<>();
    private final Map<String, byte[]> programs = new TreeMap<>();

    private StandInBase(Map<Architecture, Path> busybox) {
        this.busybox = busybox;
    }

    /** One image for each of these static busybox programs. */
    public static StandInBase of(Map<Architecture, Path> busybox) {
        return new StandInBase(new TreeMap<>(busybox));
    }

    /** With the programs in a folder that {@code src/demo/sh/fetch-busybox.sh} has filled. */
    public static StandInBase of(Path folder) {
        return of(Map.of(
                Architecture.X86_64, folder.resolve("busybox-x86_64"),
                Architecture.AARCH64, folder.resolve("busybox-aarch64")));
    }

    /** Lets subscription-manager speak to an {@link RhsmServer} at this address. */
    public StandInBase rhsm(String url) {
        return file("etc/standin/rhsm-url", url + "\n");
    }

    /** Adds a file, in a folder that the image has; the path begins without a slash. */
    public StandInBase file(String path, String content) {
        files.put(path, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Adds a program, in a folder that the image has; one in {@code usr/sbin/} is found before one in {@code usr/bin/}. */
    public StandInBase program(String path, String script) {
        programs.put(path, script.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Where the image for a RHEL version such as {@code 9.6} is: {@code ubi9/ubi}; the version is its tag. */
    public static String repository(String rhel) {
        return "ubi" + rhel.substring(0, rhel.indexOf('.')) + "/ubi";
    }

    /** Pushes the images for these RHEL versions and returns the digest of each one's index. */
    public Map<String, String> publish(RegistryAccess registry, Iterable<String> rhelVersions) throws IOException {
        return publish(new Uploader(registry, new Tally()), rhelVersions);
    }

    /** Puts the images for these RHEL versions into the storage of a registry and returns the digest of each one's index. */
    public Map<String, String> publish(DockerRegistry registry, Iterable<String> rhelVersions) throws IOException {
        return publish(new StorageWriter(registry.storage(), new Tally()), rhelVersions);
    }

    private Map<String, String> publish(ImageStore store, Iterable<String> rhelVersions) throws IOException {
        Map<Architecture, Layer> systems = new TreeMap<>();
        for (Architecture architecture : busybox.keySet()) {
            systems.put(architecture, system(architecture));
        }
        Map<String, String> digests = new LinkedHashMap<>();
        for (String rhel : rhelVersions) {
            Layer release = release(rhel);
            List<Image> images = new ArrayList<>();
            for (Map.Entry<Architecture, Layer> system : systems.entrySet()) {
                Image image = image(rhel, system.getKey(), system.getValue(), release);
                store.put(repository(rhel), image);
                images.add(image);
            }
            Image index = Image.index(Flavour.DOCKER, images);
            store.put(repository(rhel), index, rhel);
            digests.put(rhel, index.digest());
        }
        return digests;
    }

    private static Image image(String rhel, Architecture architecture, Layer system, Layer release) {
        return Image.of(Flavour.DOCKER, architecture)
                .label("name", repository(rhel))
                .label("version", rhel)
                .label("architecture", architecture.rpmName())
                .label("summary", "stands in for the Universal Base Image of RHEL " + rhel)
                .layer(system)
                .layer(release)
                .build();
    }

    private Layer system(Architecture architecture) throws IOException {
        Path program = busybox.get(architecture);
        if (!Files.isReadable(program)) {
            throw new IOException("no busybox of " + architecture + " for the stand-in base image: cannot read "
                    + program + " ('src/demo/sh/fetch-busybox.sh FOLDER' fetches it)");
        }
        TarWriter tar = new TarWriter();
        FOLDERS.forEach(tar::directory);
        tar.symlink("bin", "usr/bin").symlink("sbin", "usr/sbin");
        tar.file("usr/bin/busybox", Files.readAllBytes(program), 0755);
        APPLETS.forEach(applet -> tar.symlink("usr/bin/" + applet, "busybox"));
        for (String tool : TOOLS) {
            tar.file(tool, Resources.bytes("standin/" + tool.substring(tool.lastIndexOf('/') + 1)), 0755);
        }
        return Layer.of(tar);
    }

    /** What differs from version to version, and the two links by which UBI finds the subscription of its host. */
    private Layer release(String rhel) {
        String major = rhel.substring(0, rhel.indexOf('.'));
        TarWriter tar = new TarWriter()
                .file(
                        "etc/os-release",
                        """
                        NAME="Red Hat Enterprise Linux"
                        VERSION="%1$s"
                        ID="rhel"
                        ID_LIKE="fedora"
                        VERSION_ID="%1$s"
                        PLATFORM_ID="platform:el%2$s"
                        PRETTY_NAME="Stand-in for Red Hat Enterprise Linux %1$s"
                        """
                                .formatted(rhel, major))
                .file("etc/rhsm/rhsm.conf", RHSM)
                .file("etc/passwd", "root:x:0:0:root:/root:/bin/sh\n")
                .file("etc/group", "root:x:0:\n")
                .symlink("etc/rhsm-host", "/run/secrets/rhsm")
                .symlink("etc/pki/entitlement-host", "/run/secrets/etc-pki-entitlement");
        files.forEach(tar::file);
        programs.forEach((path, script) -> tar.file(path, script, 0755));
        return Layer.of(tar);
    }
}
