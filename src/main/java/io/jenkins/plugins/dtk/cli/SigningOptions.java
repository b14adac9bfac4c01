package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.driver.ModuleSigning;
import io.jenkins.plugins.dtk.kmod.ModuleSigner;
import io.jenkins.plugins.dtk.kmod.SigningKey;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say how a driver's modules are signed for Secure Boot. */
final class SigningOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--signing-key",
            paramLabel = "FILE",
            description = "The private key that signs the modules for Secure Boot, RSA or EC, in PEM or DER. It is read"
                    + " here alone: no build, layer, log or argument of a process has it.")
    private Path key;

    @Option(
            names = "--signing-certificate",
            paramLabel = "FILE",
            description = "The key's certificate, in PEM or DER: what the nodes trust. With --sign-command, signatures"
                    + " are verified with it.")
    private Path certificate;

    @Option(
            names = "--files-to-sign",
            paramLabel = "GLOB",
            description = "Which modules are signed, as in KMM, such as"
                    + " /opt/lib/modules/$${KERNEL_FULL_VERSION}/extra/*.ko; may be repeated. Default: the driver's own,"
                    + " and none that came with a kernel.")
    private List<String> globs = new ArrayList<>();

    @Option(
            names = "--sign-command",
            paramLabel = "COMMAND",
            description =
                    "In place of --signing-key, for keys in an HSM or a signing service: a shell command that signs"
                            + " the module whose path is appended to it, in place, such as: sign-file sha256"
                            + " 'pkcs11:object=acme' acme.crt")
    private String command;

    /**
     * How modules are signed; empty when they are not.
     *
     * @throws picocli.CommandLine.ParameterException when the options do not go together, or key and certificate are no
     *     pair
     */
    Optional<ModuleSigning> signing() {
        Optional<ModuleSigner> signer = signer();
        if (signer.isEmpty() && !globs.isEmpty()) {
            throw Usage.wrong(spec, "--files-to-sign", "nothing signs them; name --signing-key or --sign-command");
        }
        return signer.map(with -> Usage.read(spec, "--files-to-sign", () -> new ModuleSigning(with, globs)));
    }

    private Optional<ModuleSigner> signer() {
        if (key != null && command != null) {
            throw Usage.wrong(spec, "--sign-command", "--signing-key signs them already; name one of the two");
        }
        if (key != null) {
            if (certificate == null) {
                throw Usage.wrong(spec, "--signing-key", "its certificate is missing; name --signing-certificate");
            }
            byte[] secret = Usage.read(spec, "--signing-key", () -> TextFile.bytes(key));
            byte[] known = Usage.read(spec, "--signing-certificate", () -> TextFile.bytes(certificate));
            return Optional.of(Usage.read(spec, "--signing-key", () -> SigningKey.read(secret, known)));
        }
        X509Certificate known = certificate == null
                ? null
                : Usage.read(spec, "--signing-certificate", () -> SigningKey.certificate(TextFile.bytes(certificate)));
        if (command == null && known != null) {
            throw Usage.wrong(
                    spec, "--signing-certificate", "the key is missing; name --signing-key or --sign-command");
        }
        return command == null ? Optional.empty() : Optional.of(new SignCommand(command, Optional.ofNullable(known)));
    }
}
