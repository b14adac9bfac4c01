package io.jenkins.plugins.dtk.jenkins;

import hudson.console.ConsoleLogFilter;
import hudson.console.LineTransformationOutputStream;
import hudson.model.Run;
import io.jenkins.plugins.dtk.build.SecretMask;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/**
 * Hides a branch's secrets in its log, line by line, so that one split over two writes is hidden too. Where the secrets
 * cannot be looked up, nobody can tell whether a line holds one: the line is withheld. Throwing would not do, as the
 * log then goes on without this filter.
 */
final class SecretFilter extends ConsoleLogFilter implements Serializable {

    private static final long serialVersionUID = 1L;

    private final BranchSecrets secrets;

    SecretFilter(BranchSecrets secrets) {
        this.secrets = secrets;
    }

    @Override
    @SuppressWarnings("rawtypes") // as the extension point declares it
    public OutputStream decorateLogger(Run build, OutputStream logger) {
        return new Masking(logger, secrets);
    }

    private static final class Masking extends LineTransformationOutputStream.Delegating {
        private final BranchSecrets secrets;
        private SecretMask mask;

        Masking(OutputStream out, BranchSecrets secrets) {
            super(out);
            this.secrets = secrets;
        }

        @Override
        protected void eol(byte[] bytes, int length) throws IOException {
            String line = new String(bytes, 0, length, StandardCharsets.UTF_8);
            out.write(hide(line).getBytes(StandardCharsets.UTF_8));
        }

        private String hide(String line) {
            try {
                if (mask == null) {
                    mask = secrets.mask();
                }
                return mask.hide(line);
            } catch (IOException e) {
                return "**** (withheld: " + e.getMessage() + ")\n";
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return "**** (withheld: interrupted)\n";
            }
        }
    }
}
