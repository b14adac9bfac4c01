package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.kmod.SignedModule.Signer;
import io.jenkins.plugins.dtk.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * Takes signatures that the build on an agent has made, by a command of the user's for an HSM or a signing service: that
 * runs where the build runs, with the user's environment. The modules wait in a folder, each under the digest of what it
 * is without a signature.
 */
final class SignedByBuild implements Signer {

    /** In the folder of the build. */
    static final String FOLDER = "to-sign";

    private static final int MOST_BYTES = 512 << 20;

    private final Path folder;
    private final Optional<X509Certificate> certificate;

    SignedByBuild(Path build, Optional<X509Certificate> certificate) {
        this.folder = build.resolve(FOLDER);
        this.certificate = certificate;
    }

    void prepare() throws IOException {
        Files.createDirectories(folder);
    }

    /** Leaves a module for the build. */
    void leave(byte[] module) throws IOException {
        Files.write(file(module), module);
    }

    private Path file(byte[] module) {
        return folder.resolve(Digest.of(module).tag() + ".ko");
    }

    @Override
    public byte[] sign(byte[] module) throws IOException {
        try (InputStream signed = Files.newInputStream(file(module))) {
            return signed.readNBytes(MOST_BYTES);
        }
    }

    @Override
    public Optional<X509Certificate> certificate() {
        return certificate;
    }
}
