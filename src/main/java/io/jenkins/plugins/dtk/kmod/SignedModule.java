package io.jenkins.plugins.dtk.kmod;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;

/**
 * A module with a new signature: one that it had is replaced, and it is packed as it was, in a way that the kernel can
 * read. Nothing else of it changes.
 *
 * @param file the file, packed
 * @param signature as read back from it
 */
public record SignedModule(byte[] file, ModuleSignature signature) {

    /**
     * Signs a module.
     *
     * @param path names it in messages
     * @param content {@code .ko}, or packed with gzip, xz or zstd
     * @throws Failure when it cannot be read or signed, or the signature is not right; one line that names the path
     */
    public static SignedModule of(String path, InputStream content, Signer signer)
            throws Failure, InterruptedException {
        try {
            byte[] file = content.readNBytes(KernelModule.MOST_BYTES);
            byte[] module = unsigned(file);
            byte[] signed = signer.sign(module.clone());
            return new SignedModule(Compression.of(file).pack(signed), readBack(module, signed, signer.certificate()));
        } catch (IOException e) {
            throw new Failure(Kind.INVALID, String.valueOf(e.getMessage()), e).in(path);
        }
    }

    /**
     * A module unpacked, without a signature: what a signer is given.
     *
     * @throws Failure when it cannot be read; one line that names the path
     */
    public static byte[] unsigned(String path, InputStream content) throws Failure {
        try {
            return unsigned(content.readNBytes(KernelModule.MOST_BYTES));
        } catch (IOException e) {
            throw new Failure(Kind.INVALID, String.valueOf(e.getMessage()), e).in(path);
        }
    }

    private static byte[] unsigned(byte[] file) throws IOException {
        return AppendedSignature.removed(Compression.unpack(file, KernelModule.MOST_BYTES));
    }

    private static ModuleSignature readBack(byte[] module, byte[] signed, Optional<X509Certificate> certificate)
            throws IOException {
        Optional<ModuleSignature> found = ModuleSignature.of(signed);
        if (found.isEmpty()) {
            throw new IOException("it was not signed: it has no signature behind it");
        }
        if (!Arrays.equals(AppendedSignature.removed(signed), module)) {
            throw new IOException("whoever signed it changed more than its signature");
        }
        if (certificate.isPresent() && !ModuleSignature.isBy(certificate.get(), signed)) {
            throw new IOException("its signature is not by the key of the certificate of '"
                    + certificate.get().getSubjectX500Principal().getName() + "'");
        }
        return found.get();
    }

    /** Signs kernel modules: with a key in memory ({@link SigningKey}), or by asking an HSM or a signing service. */
    public interface Signer {

        /**
         * Signs a module.
         *
         * @param module unpacked, without a signature
         * @return the same bytes with the signature behind them, as the kernel reads it
         * @throws IOException when it cannot be signed; one line, without anything secret
         */
        byte[] sign(byte[] module) throws IOException, InterruptedException;

        /** The certificate that signatures are verified with; empty where it is not known. */
        Optional<X509Certificate> certificate();
    }
}
