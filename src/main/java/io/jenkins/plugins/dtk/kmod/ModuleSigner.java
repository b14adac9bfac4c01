package io.jenkins.plugins.dtk.kmod;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** Signs kernel modules: with a key in memory ({@link SigningKey}), or by asking an HSM or a signing service. */
public interface ModuleSigner {

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
