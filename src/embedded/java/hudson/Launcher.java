package hudson;

import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import hudson.util.ProcessTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** Starts programs on an agent. */
public abstract class Launcher {

    protected final TaskListener listener;
    protected final VirtualChannel channel;

    protected Launcher(TaskListener listener, VirtualChannel channel) {
        this.listener = listener;
        this.channel = channel;
    }

    /** Describes a program to start. */
    public final ProcStarter launch() {
        return new ProcStarter();
    }

    public abstract Proc launch(ProcStarter starter) throws IOException;

    /** Ends every process whose environment has all of these variables, with what they started. */
    public abstract void kill(Map<String, String> modelEnvVars) throws IOException, InterruptedException;

    /** Writes {@code [folder] $ command} to the log. */
    protected final void maskedPrintCommandLine(List<String> commands, boolean[] masks, FilePath workDir) {
        StringBuilder line = new StringBuilder();
        if (workDir != null) {
            line.append('[').append(workDir.getName()).append("] ");
        }
        line.append('$');
        for (int i = 0; i < commands.size(); i++) {
            String word = masks != null && i < masks.length && masks[i] ? "******" : commands.get(i);
            line.append(' ').append(word.indexOf(' ') >= 0 ? '"' + word + '"' : word);
        }
        listener.getLogger().println(line);
    }

    /** What to start: command, environment, folder, and where input and output go. */
    public final class ProcStarter {

        protected List<String> commands;
        protected boolean[] masks;
        protected FilePath pwd;
        protected OutputStream stdout = OutputStream.nullOutputStream();
        protected OutputStream stderr;
        protected InputStream stdin = InputStream.nullInputStream();
        protected String[] envs = {};
        protected boolean reverseStdin;
        protected boolean reverseStdout;
        protected boolean reverseStderr;
        private boolean quiet;

        public ProcStarter cmds(List<String> args) {
            commands = List.copyOf(args);
            return this;
        }

        public List<String> cmds() {
            return commands;
        }

        public boolean[] masks() {
            return masks;
        }

        /** Keeps the command out of the log. */
        public ProcStarter quiet(boolean quiet) {
            this.quiet = quiet;
            return this;
        }

        public boolean quiet() {
            return quiet;
        }

        public ProcStarter pwd(FilePath workDir) {
            this.pwd = workDir;
            return this;
        }

        public FilePath pwd() {
            return pwd;
        }

        public ProcStarter stdout(OutputStream out) {
            this.stdout = out;
            return this;
        }

        public OutputStream stdout() {
            return stdout;
        }

        /** Where errors go; by default where the output goes. */
        public ProcStarter stderr(OutputStream err) {
            this.stderr = err;
            return this;
        }

        public OutputStream stderr() {
            return stderr;
        }

        public InputStream stdin() {
            return stdin;
        }

        /** Variables on top of the agent's own. */
        public ProcStarter envs(Map<String, String> overrides) {
            envs = overrides.entrySet().stream()
                    .map(variable -> variable.getKey() + '=' + variable.getValue())
                    .toArray(String[]::new);
            return this;
        }

        public String[] envs() {
            return envs.clone();
        }

        public Proc start() throws IOException {
            return launch(this);
        }
    }

    /** Starts programs on this machine. */
    public static class LocalLauncher extends Launcher {

        public LocalLauncher(TaskListener listener) {
            this(listener, null);
        }

        public LocalLauncher(TaskListener listener, VirtualChannel channel) {
            super(listener, channel);
        }

        @Override
        public Proc launch(ProcStarter starter) throws IOException {
            if (!starter.quiet()) {
                maskedPrintCommandLine(starter.cmds(), starter.masks(), starter.pwd());
            }
            return new Proc.LocalProc(starter);
        }

        @Override
        public void kill(Map<String, String> modelEnvVars) throws IOException, InterruptedException {
            ProcessTree.get().killAll(modelEnvVars);
        }
    }
}
