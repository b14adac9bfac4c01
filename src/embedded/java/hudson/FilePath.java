package hudson;

import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;

/** A file or folder of an agent. Here every agent is this machine, so it is a local file. */
public final class FilePath implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final VirtualChannel LOCAL = new VirtualChannel() {};

    private final String remote;

    /**
     * Work on a file where it is.
     *
     * @param <T> what it returns
     */
    public interface FileCallable<T> extends Serializable {

        /** Does the work. */
        T invoke(File f, VirtualChannel channel) throws IOException, InterruptedException;
    }

    public FilePath(File localPath) {
        this.remote = localPath.toPath().normalize().toString();
    }

    /** The path as the agent writes it. */
    public String getRemote() {
        return remote;
    }

    /** A path under a folder; an absolute path stays as it is. */
    public FilePath child(String relOrAbsolute) {
        return new FilePath(Path.of(remote).resolve(relOrAbsolute).toFile());
    }

    /** Does work on the agent. */
    public <T> T act(FileCallable<T> callable) throws IOException, InterruptedException {
        return callable.invoke(new File(remote), LOCAL);
    }

    @Override
    public String toString() {
        return remote;
    }
}
