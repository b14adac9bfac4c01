package io.jenkins.plugins.dtk.driver;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.kmod.KernelModule;
import io.jenkins.plugins.dtk.kmod.ModuleSignature;
import io.jenkins.plugins.dtk.kmod.SignedModule;
import io.jenkins.plugins.dtk.kmod.SignedModule.Signer;
import io.jenkins.plugins.dtk.release.ImageTree;
import io.jenkins.plugins.dtk.release.ImageTree.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Signs modules of an image that was built: makes a layer that replaces them, with the owner, permissions, date and name
 * that each had, so that what depmod wrote stays true. Only the vendor's own modules are signed: those that came with a
 * kernel have its signature, and a new one would break the trust in it.
 */
public final class ModuleSigning {

    private final Signer signer;

    /** Null where the signer has a key. */
    private final SignedByBuild outside;

    private final List<FileGlob> globs;

    /**
     * @param globs which modules, as in KMM's {@code filesToSign}; empty: all of the vendor's
     * @throws IllegalArgumentException when one is no pattern of paths; one line
     */
    public ModuleSigning(Signer signer, Collection<String> globs) {
        this(signer, null, globs);
    }

    private ModuleSigning(Signer signer, SignedByBuild outside, Collection<String> globs) {
        this.signer = signer;
        this.outside = outside;
        this.globs = globs.stream().map(FileGlob::new).toList();
    }

    /**
     * Has the modules signed by the build on an agent, which runs a command of the user's for each.
     *
     * @param folder of the build
     * @param certificate that the signatures are verified with; empty where it is not known
     * @param globs which modules, as in KMM's {@code filesToSign}; empty: all of the vendor's
     */
    public static ModuleSigning byCommand(
            Path folder, Optional<X509Certificate> certificate, Collection<String> globs) {
        SignedByBuild outside = new SignedByBuild(folder, certificate);
        return new ModuleSigning(outside, outside, globs);
    }

    /** Whether the build signs, of what it finds in its folder. */
    boolean isOfBuild() {
        return outside != null;
    }

    /** Leaves the modules for the build to sign. */
    void leave(InputStream archive, Set<String> paths) throws IOException {
        outside.prepare();
        ImageTree.unpack(archive, new ImageTree.Files() {
            @Override
            public boolean wants(String path) {
                return paths.contains(path);
            }

            @Override
            public void take(String path, InputStream content) throws IOException {
                outside.leave(SignedModule.unsigned(path, content));
            }
        });
    }

    /**
     * The paths of the modules to sign.
     *
     * @param own the vendor's modules for the target
     * @throws Failure when a glob matches none of them; one line
     */
    Set<String> paths(DriverTarget target, Collection<KernelModule> own) throws Failure {
        Set<String> all = new TreeSet<>();
        own.forEach(module -> all.add(module.path()));
        if (globs.isEmpty()) {
            return all;
        }
        Set<String> chosen = new TreeSet<>();
        for (FileGlob glob : globs) {
            List<String> found = all.stream()
                    .filter(path -> glob.matches(path, target.uname()))
                    .toList();
            if (found.isEmpty()) {
                throw new Failure(
                        Failure.Kind.INVALID,
                        "nothing is signed by '" + glob + "': of the driver's own modules for kernel " + target
                                + " none has such a path; there is /" + String.join(", /", all));
            }
            chosen.addAll(found);
        }
        return chosen;
    }

    /**
     * Writes the layer.
     *
     * @param archive the image's file system, as {@code podman export} writes it
     * @param layer receives a tar archive; is not closed
     * @return the signatures by path, as read back
     * @throws Failure when a module cannot be signed; one line
     * @throws IOException when the archive cannot be read or the layer written
     */
    Map<String, ModuleSignature> write(InputStream archive, Set<String> paths, OutputStream layer)
            throws IOException, InterruptedException {
        Signing signing = new Signing(paths, new LayerWriter(layer));
        try {
            ImageTree.unpack(archive, signing);
        } catch (InterruptedIOException e) {
            throw (InterruptedException) new InterruptedException().initCause(e);
        }
        signing.layer.end();
        return signing.signatures;
    }

    private final class Signing implements ImageTree.Files {
        private final Set<String> paths;
        private final LayerWriter layer;
        private final Map<String, ModuleSignature> signatures = new TreeMap<>();

        Signing(Set<String> paths, LayerWriter layer) {
            this.paths = paths;
            this.layer = layer;
        }

        @Override
        public boolean wants(String path) {
            return paths.contains(path);
        }

        @Override
        public void take(Entry entry, InputStream content) throws IOException {
            try {
                SignedModule signed = SignedModule.of(entry.path(), content, signer);
                signatures.put(entry.path(), signed.signature());
                layer.file(entry, signed.file());
            } catch (InterruptedException e) {
                throw (IOException) new InterruptedIOException().initCause(e);
            }
        }

        @Override
        public void take(String path, InputStream content) {
            throw new IllegalStateException(path);
        }
    }
}
