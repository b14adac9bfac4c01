package org.jenkinsci.plugins.durabletask;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Proc;
import hudson.console.LineTransformationOutputStream;
import hudson.model.TaskListener;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A shell script. Without a {@code #!} line it runs as {@code sh -xe}. */
public final class BourneShellScript extends FileMonitoringTask {

    private final String script;
    private boolean capturingOutput;

    public BourneShellScript(String script) {
        this.script = script;
    }

    @Override
    public void captureOutput() {
        this.capturingOutput = true;
    }

    @Override
    public Controller launch(EnvVars env, FilePath workspace, Launcher launcher, TaskListener listener)
            throws IOException, InterruptedException {
        if (script.isEmpty()) {
            listener.getLogger().println("Warning: was asked to run an empty script");
        }
        return new Running(this, env, workspace, launcher);
    }

    /** The words that run the script; in a session of its own, so that Ctrl-C at a terminal leaves it to us. */
    private List<String> command(FilePath file) {
        List<String> words = new ArrayList<>();
        if (new File("/usr/bin/setsid").canExecute()) {
            words.add("/usr/bin/setsid");
        }
        if (!script.startsWith("#!")) {
            words.addAll(List.of("sh", "-xe"));
        }
        words.add(file.getRemote());
        return words;
    }

    private static final class Running extends Controller {
        private static final long serialVersionUID = 1L;

        private final transient FilePath folder;
        private final Map<String, String> cookie;
        private final transient ByteArrayOutputStream log = new ByteArrayOutputStream();
        private final transient ByteArrayOutputStream output = new ByteArrayOutputStream();
        private final transient Charset charset;
        private final transient ToUtf8 toLog;
        private final transient Proc process;

        Running(BourneShellScript task, EnvVars env, FilePath workspace, Launcher launcher)
                throws IOException, InterruptedException {
            charset = task.charset();
            String id = UUID.randomUUID().toString();
            cookie = Map.of(COOKIE, "durable-" + id);
            FilePath temporary = workspace.withSuffix("@tmp");
            temporary.mkdirs();
            folder = temporary.child("durable-" + id.substring(0, 8));
            folder.mkdirs();
            folder.chmod(0700);
            FilePath file = folder.child("script.sh");
            file.write(task.script, null);
            file.chmod(0700);
            EnvVars environment = new EnvVars(env);
            environment.putAll(cookie);
            Launcher.ProcStarter starter = launcher.launch()
                    .cmds(task.command(file))
                    .envs(environment)
                    .pwd(workspace)
                    .quiet(true);
            toLog = new ToUtf8(log, charset);
            process = task.capturingOutput
                    ? starter.stdout(output).stderr(toLog).start()
                    : starter.stdout(toLog).start();
        }

        @Override
        public boolean writeLog(FilePath workspace, OutputStream sink) throws IOException {
            byte[] written;
            synchronized (log) {
                written = log.toByteArray();
                log.reset();
            }
            sink.write(written);
            return written.length > 0;
        }

        @Override
        public Integer exitStatus(FilePath workspace, Launcher launcher) throws IOException, InterruptedException {
            if (process.isAlive()) {
                return null;
            }
            int code = process.join();
            toLog.forceEol();
            return code;
        }

        @Override
        public byte[] getOutput(FilePath workspace, Launcher launcher) {
            return output.toString(charset).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void stop(FilePath workspace, Launcher launcher) throws IOException, InterruptedException {
            launcher.kill(cookie);
        }

        @Override
        public void cleanup(FilePath workspace) throws IOException, InterruptedException {
            folder.deleteRecursive();
        }
    }

    /** Turns the lines of a program's output into UTF-8. */
    private static final class ToUtf8 extends LineTransformationOutputStream.Delegating {
        private final Charset charset;

        ToUtf8(OutputStream out, Charset charset) {
            super(out);
            this.charset = charset;
        }

        @Override
        protected void eol(byte[] bytes, int length) throws IOException {
            out.write(new String(bytes, 0, length, charset).getBytes(StandardCharsets.UTF_8));
        }
    }
}
