package io.jenkins.plugins.dtk.jenkins;

import hudson.console.ConsoleLogFilter;
import hudson.console.LineTransformationOutputStream;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.remoting.Channel;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.dtk.driver.BuildLog;
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
     * A step that writes its log on an agent takes the filter along. There nothing can be looked up: what is sent is the
     * mask, as it is now, and a stream that brings back the lines from which the branch learns why something failed.
     */
    private Object writeReplace() {
        return Channel.current() == null
                ? this
                : new Sent(secrets.lookUp(), new StreamTaskListener(new Heard(branch), StandardCharsets.UTF_8));
    }

    /** Lines that come back from an agent. They are written to the log there. */
    private static final class Heard extends LineTransformationOutputStream {
        private final Branch branch;

        Heard(Branch branch) {
            this.branch = branch;
        }

        @Override
        protected void eol(byte[] bytes, int length) {
            branch.heard(new String(bytes, 0, length, StandardCharsets.UTF_8));
        }
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
        private final TaskListener back;

        /**
         * @param mask null when the secrets could not be looked up
         * @param back gets the lines that matter to the branch
         */
        Sent(SecretMask mask, TaskListener back) {
            this.mask = mask;
            this.back = back;
        }

        /** Few of a log's lines do: the others stay on the agent. */
        private static boolean matters(String line) {
            return line.startsWith("dtk: ")
                    || line.contains("RHSM")
                    || BuildLog.sourceError(line).isPresent();
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
                    if (matters(hidden)) {
                        back.getLogger().print(hidden);
                        back.getLogger().flush();
                    }
                }
            };
        }
    }
}
