package io.jenkins.plugins.dtk.plan;

import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.testing.Commands;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/**
 * A base image in which dnf and rpm are real: the {@link RpmSystem} below, and above it the files by which one release
 * differs from the other, with a subscription-manager that speaks to the RHSM stand-in.
 */
final class RpmBase {

    private static final Path STANDIN = Path.of("src/test/resources/standin");

    private final Path folder;
    private final Path files;
    private String uname = "";

    RpmBase(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.files = Files.createDirectories(folder.resolve("files"));
    }

    /** Adds a file. */
    RpmBase file(String path, String content) throws IOException {
        Path file = files.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return this;
    }

    /** Lets every start of dnf print a line. */
    RpmBase countingStarts() throws IOException {
        file(
                "usr/sbin/dnf",
                """
                #!/usr/bin/python3 -s
                import os, sys
                print("a start of dnf", flush=True)
                os.execv("/usr/bin/dnf", ["dnf"] + sys.argv[1:])
                """);
        Files.setPosixFilePermissions(files.resolve("usr/sbin/dnf"), PosixFilePermissions.fromString("rwxr-xr-x"));
        return this;
    }

    /** Says which system it is: {@code rhel} or {@code centos}, and its version. */
    RpmBase release(String id, String version) throws IOException {
        return file(
                "etc/os-release", "ID=\"" + id + "\"\nVERSION_ID=\"" + version + "\"\nPLATFORM_ID=\"platform:el\"\n");
    }

    /** As UBI has it: subscription-manager with its plugin of dnf, and the links by which it finds the subscription of its host. */
    RpmBase subscriptionManager(String url, String repositories) throws IOException {
        file("etc/standin/rhsm-url", url + "\n");
        file("etc/rhsm/rhsm.conf", "[server]\nhostname = rhsm.invalid\nprefix = /subscription\nport = 443\n");
        file("etc/standin/redhat.repo", repositories);
        Files.createSymbolicLink(files.resolve("etc/rhsm-host"), Path.of("/run/secrets/rhsm"));
        Path program = Files.createDirectories(files.resolve("usr/sbin")).resolve("subscription-manager");
        Files.copy(STANDIN.resolve("subscription-manager"), program);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        String plugin = "subscription_manager.py";
        file("usr/lib/python3/dist-packages/dnf-plugins/" + plugin, Files.readString(STANDIN.resolve(plugin)));
        return this;
    }

    /** Adds a compiler and what modules are built with, for a kernel that calls itself so. */
    RpmBase compiler(String newUname) {
        uname = newUname;
        return this;
    }

    /** Pushes it to HOST:PORT/REPO:TAG with the login of {@link BuildSite}. */
    void push(Architecture architecture, String target) throws Exception {
        Path image = Files.createDirectories(folder.resolve("image"));
        Path own = folder.resolve("files.tar.gz");
        Commands.run("tar", "-czf", own.toString(), "--owner=0", "--group=0", "-C", files.toString(), "etc", "usr");
        Layer system = layer(image, RpmSystem.archive(architecture, uname));
        Layer release = layer(image, own);
        byte[] config =
                """
                {"os":"linux","architecture":"%s","config":{"Env":["PATH=/usr/sbin:/usr/bin"]},\
                "rootfs":{"type":"layers","diff_ids":["%s","%s"]},\
                "history":[{},{}]}"""
                        .formatted(architecture.goName(), system.diffId(), release.diffId())
                        .getBytes(StandardCharsets.UTF_8);
        String configDigest = hex(MessageDigest.getInstance("SHA-256").digest(config));
        Files.write(image.resolve(configDigest), config);
        String oci = "application/vnd.oci.image.";
        Files.writeString(
                image.resolve("manifest.json"),
                """
                {"schemaVersion":2,"mediaType":"%1$smanifest.v1+json",\
                "config":{"mediaType":"%1$sconfig.v1+json","digest":"sha256:%2$s","size":%3$d},\
                "layers":[%4$s,%5$s]}"""
                        .formatted(oci, configDigest, config.length, system.descriptor(), release.descriptor()));
        Files.writeString(image.resolve("version"), "Directory Transport Version: 1.1\n");
        Commands.run(
                "skopeo",
                "copy",
                "--quiet",
                "--dest-tls-verify=false",
                "--dest-creds=" + BuildSite.USER + ":" + BuildSite.PASSWORD,
                "dir:" + image,
                "docker://" + target);
    }

    private static Layer layer(Path image, Path archive) throws Exception {
        MessageDigest whole = MessageDigest.getInstance("SHA-256");
        MessageDigest unpacked = MessageDigest.getInstance("SHA-256");
        try (InputStream file = new DigestInputStream(Files.newInputStream(archive), whole);
                InputStream tar = new DigestInputStream(new GZIPInputStream(file, 1 << 16), unpacked)) {
            tar.transferTo(java.io.OutputStream.nullOutputStream());
            file.transferTo(java.io.OutputStream.nullOutputStream());
        }
        String digest = hex(whole.digest());
        Path blob = image.resolve(digest);
        if (!Files.exists(blob)) {
            Files.createSymbolicLink(blob, archive.toAbsolutePath());
        }
        return new Layer(digest, Files.size(archive), "sha256:" + hex(unpacked.digest()));
    }

    private static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    private record Layer(String digest, long size, String diffId) {
        String descriptor() {
            return "{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar+gzip\",\"digest\":\"sha256:" + digest
                    + "\",\"size\":" + size + "}";
        }
    }
}
