package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.kmod.SigningKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
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

    /** Checks that they go together, and that key and certificate are a pair; else it is wrong usage. */
    void check() {
        if (key != null && command != null) {
            throw Usage.wrong(spec, "--sign-command", "--signing-key signs them already; name one of the two");
        }
        if (key != null && certificate == null) {
            throw Usage.wrong(spec, "--signing-key", "its certificate is missing; name --signing-certificate");
        }
        if (key == null && command == null && certificate != null) {
            throw Usage.wrong(
                    spec, "--signing-certificate", "the key is missing; name --signing-key or --sign-command");
        }
        if (key == null && command == null && !globs.isEmpty()) {
            throw Usage.wrong(spec, "--files-to-sign", "nothing signs them; name --signing-key or --sign-command");
        }
        byte[] known = bytes("--signing-certificate", certificate);
        if (key != null) {
            byte[] secret = bytes("--signing-key", key);
            Usage.checked(spec, "--signing-key", () -> SigningKey.read(secret, known));
        } else if (known != null) {
            Usage.checked(spec, "--signing-certificate", () -> SigningKey.certificate(known));
        }
    }

    private byte[] bytes(String option, Path file) {
        return file == null ? null : Usage.checked(spec, option, () -> TextFile.bytes(file));
    }

    /** Gives what signs to the steps that build an image. */
    void giveTo(LocalSteps steps) {
        if (key != null) {
            steps.secret("signing-key", pem("PRIVATE KEY", bytes("--signing-key", key)));
        }
        if (certificate != null) {
            steps.secret("signing-certificate", pem("CERTIFICATE", bytes("--signing-certificate", certificate)));
        }
        if (command != null) {
            // The steps stand in a folder of their own.
            String here = Path.of("").toAbsolutePath().toString().replace("'", "'\\''");
            steps.choice("signCommand", "cd '" + here + "' && " + command);
        }
        steps.choice("filesToSign", String.join("\n", globs));
    }

    /** As PEM, which is text, where it is DER. */
    private static String pem(String kind, byte[] file) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        return text.contains("-----BEGIN ")
                ? text
                : "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(file) + "\n-----END " + kind
                        + "-----\n";
    }
}
