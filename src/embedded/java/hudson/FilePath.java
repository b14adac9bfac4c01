package hudson;

import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

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
        this.remote = tidy(localPath.getPath());
    }

    /** A path under a folder; an absolute path stays as it is. */
    public FilePath(FilePath base, String rel) {
        this.remote = tidy(Path.of(base.remote).resolve(rel).toString());
    }

    private static String tidy(String path) {
        return Path.of(path).normalize().toString();
    }

    /** The path as the agent writes it. */
    public String getRemote() {
        return remote;
    }

    public FilePath child(String relOrAbsolute) {
        return new FilePath(this, relOrAbsolute);
    }

    /** The folder around it; null for the root. */
    public FilePath getParent() {
        Path parent = path().getParent();
        return parent == null ? null : new FilePath(parent.toFile());
    }

    public FilePath withSuffix(String suffix) {
        return new FilePath(new File(remote + suffix));
    }

    /** Does work on the agent. */
    public <T> T act(FileCallable<T> callable) throws IOException, InterruptedException {
        return callable.invoke(file(), LOCAL);
    }

    public boolean exists() throws IOException, InterruptedException {
        return file().exists();
    }

    public boolean isDirectory() throws IOException, InterruptedException {
        return file().isDirectory();
    }

    /** Creates an empty file if there is none, and sets its time of change in milliseconds since 1970. */
    public void touch(long timestamp) throws IOException, InterruptedException {
        if (!exists()) {
            Files.createFile(path());
        }
        if (!file().setLastModified(timestamp)) {
            throw new IOException("cannot set the time of " + remote);
        }
    }

    public void mkdirs() throws IOException, InterruptedException {
        Files.createDirectories(path());
    }

    public void deleteRecursive() throws IOException, InterruptedException {
        Util.deleteRecursive(file());
    }

    /** The nine permission bits. */
    public void chmod(int mask) throws IOException, InterruptedException {
        Files.setPosixFilePermissions(path(), Util.modeToPermissions(mask));
    }

    public InputStream read() throws IOException, InterruptedException {
        return Files.newInputStream(path());
    }

    /** Opens the file for writing from its start, with the folders around it. */
    public OutputStream write() throws IOException, InterruptedException {
        Path parent = path().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        return Files.newOutputStream(path());
    }

    public void copyFrom(InputStream in) throws IOException, InterruptedException {
        try (OutputStream out = write()) {
            in.transferTo(out);
        }
    }

    private Path path() {
        return Path.of(remote);
    }

    private File file() {
        return new File(remote);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FilePath path && path.remote.equals(remote);
    }

    @Override
    public int hashCode() {
        return Objects.hash(remote);
    }

    @Override
    public String toString() {
        return remote;
    }
}
