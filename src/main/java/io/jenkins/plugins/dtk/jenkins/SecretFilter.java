package io.jenkins.plugins.dtk.jenkins;

import hudson.console.ConsoleLogFilter;
import hudson.console.LineTransformationOutputStream;
import hudson.model.Run;
import hudson.remoting.Channel;
import io.jenkins.plugins.dtk.text.SecretMask;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/**
 * Hides a branch's secrets in its log, line by line, so that one split over two writes is hidden too. Where the secrets
 * cannot be looked up, it is unknown whether a line holds one: the line is withheld. Throwing would not do, as the
 * log then goes on without this filter. The branch hears each line: a step's own failure does not say why.
 */
final class SecretFilter extends ConsoleLogFilter implements Serializable {

    private static final long serialVersionUID = 1L;

    private final BranchSecrets secrets;
    private final Branch branch;

    SecretFilter(BranchSecrets secrets, Branch branch) {
        this.secrets = secrets;
        this.branch = branch;
    }

    @Override
    @SuppressWarnings("rawtypes") // as the extension point declares it
    public OutputStream decorateLogger(Run build, OutputStream logger) {
        return new Masking(logger, secrets, branch);
    }

    /**
     * A step that writes its log on an agent takes the filter along. There nothing can be looked up, and no one of this
     * build can be asked: what is sent is the mask alone, as it is now.
     */
    private Object writeReplace() {
        return Channel.current() == null ? this : new Sent(secrets.lookUp());
    }

    private static final class Masking extends LineTransformationOutputStream.Delegating {
        private final BranchSecrets secrets;
        private final Branch branch;
        private SecretMask mask;

        Masking(OutputStream out, BranchSecrets secrets, Branch branch) {
            super(out);
            this.secrets = secrets;
            this.branch = branch;
        }

        @Override
        protected void eol(byte[] bytes, int length) throws IOException {
            String line = hide(new String(bytes, 0, length, StandardCharsets.UTF_8));
            out.write(line.getBytes(StandardCharsets.UTF_8));
            branch.heard(line);
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

    /** The filter on an agent. */
    private static final class Sent extends ConsoleLogFilter implements Serializable {
        private static final long serialVersionUID = 1L;

        private final SecretMask mask;

        /**
         * @param mask null when the secrets could not be looked up
         */
        Sent(SecretMask mask) {
            this.mask = mask;
        }

        @Override
        @SuppressWarnings("rawtypes") // as the extension point declares it
        public OutputStream decorateLogger(Run build, OutputStream logger) {
            return new LineTransformationOutputStream.Delegating(logger) {
                @Override
                protected void eol(byte[] bytes, int length) throws IOException {
                    String line = new String(bytes, 0, length, StandardCharsets.UTF_8);
                    String hidden = mask == null ? "**** (withheld)\n" : mask.hide(line);
                    out.write(hidden.getBytes(StandardCharsets.UTF_8));
                }
            };
        }
    }
}
