package io.jenkins.plugins.dtk.testing;

import java.io.IOException;
import java.nio.file.Path;

/** Keys with certificates, as a vendor makes them for Secure Boot. */
public final class SigningPair {

    private SigningPair() {}

    /**
     * Makes one that is valid for two days.
     *
     * @param name of whom it is, {@code CN}
     */
    public static void make(Path key, Path certificate, String name) throws IOException, InterruptedException {
        Commands.run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + name,
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString());
    }
}
