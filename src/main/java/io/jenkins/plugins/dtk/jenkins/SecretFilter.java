package io.jenkins.plugins.dtk.jenkins;

import hudson.console.ConsoleLogFilter;
import hudson.console.LineTransformationOutputStream;
import hudson.model.Run;
import io.jenkins.plugins.dtk.build.SecretMask;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/** Hides a branch's secrets in its log, line by line, so that one split over two writes is hidden too. */
final class SecretFilter extends ConsoleLogFilter implements Serializable {

    private static final long serialVersionUID = 1L;

    private final BranchSecrets secrets;

    SecretFilter(BranchSecrets secrets) {
        this.secrets = secrets;
    }

    @Override
    @SuppressWarnings("rawtypes") // as the extension point declares it
    public OutputStream decorateLogger(Run build, OutputStream logger) throws IOException, InterruptedException {
        return new Masking(logger, secrets.mask());
    }

    private static final class Masking extends LineTransformationOutputStream.Delegating {
        private final SecretMask mask;

        Masking(OutputStream out, SecretMask mask) {
            super(out);
            this.mask = mask;
        }

        @Override
        protected void eol(byte[] bytes, int length) throws IOException {
            String line = new String(bytes, 0, length, StandardCharsets.UTF_8);
            out.write(mask.hide(line).getBytes(StandardCharsets.UTF_8));
        }
    }
}
