package hudson;

import hudson.model.TaskListener;
import hudson.remoting.Callable;
import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.FileFilter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A file or folder of an agent. Here every agent is this machine, so it is a local file. */
public final class FilePath implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final VirtualChannel LOCAL = new VirtualChannel() {};

    private final String remote;

    /** A path on the agent behind the channel. */
    public FilePath(VirtualChannel channel, String remote) {
        this.remote = tidy(remote);
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

    public FilePath sibling(String name) {
        return getParent().child(name);
    }

    public FilePath withSuffix(String suffix) {
        return new FilePath(new File(remote + suffix));
    }

    public String getName() {
        return path().getFileName().toString();
    }

    /** The name without its last extension. */
    public String getBaseName() {
        String name = getName();
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    public FilePath absolutize() throws IOException, InterruptedException {
        return new FilePath(path().toAbsolutePath().toFile());
    }

    public URI toURI() throws IOException, InterruptedException {
        return file().toURI();
    }

    public boolean isRemote() {
        return false;
    }

    /** Runs work where the file is. */
    public <T> T act(FileCallable<T> callable) throws IOException, InterruptedException {
        return callable.invoke(file(), LOCAL);
    }

    /** Runs work on the agent that the file is on. */
    public <V, E extends Throwable> V act(Callable<V, E> callable) throws IOException, InterruptedException, E {
        return callable.call();
    }

    public boolean exists() throws IOException, InterruptedException {
        return file().exists();
    }

    public boolean isDirectory() throws IOException, InterruptedException {
        return file().isDirectory();
    }

    /** Bytes. */
    public long length() throws IOException, InterruptedException {
        return file().length();
    }

    /** Milliseconds since 1970. */
    public long lastModified() throws IOException, InterruptedException {
        return file().lastModified();
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

    /** Deletes a file or an empty folder; what is not there is no error. */
    public boolean delete() throws IOException, InterruptedException {
        return Files.deleteIfExists(path());
    }

    public void deleteRecursive() throws IOException, InterruptedException {
        Util.deleteRecursive(file());
    }

    public void deleteContents() throws IOException, InterruptedException {
        Util.deleteContentsRecursive(file());
    }

    /** The nine permission bits. */
    public void chmod(int mask) throws IOException, InterruptedException {
        Files.setPosixFilePermissions(path(), Util.modeToPermissions(mask));
    }

    /** The nine permission bits. */
    public int mode() throws IOException, InterruptedException {
        return Util.permissionsToMode(Files.getPosixFilePermissions(path()));
    }

    public List<FilePath> list() throws IOException, InterruptedException {
        return list((FileFilter) null);
    }

    public List<FilePath> listDirectories() throws IOException, InterruptedException {
        return list(File::isDirectory);
    }

    /** What is in the folder and passes the filter, by name; empty when it is no folder. */
    public List<FilePath> list(FileFilter filter) throws IOException, InterruptedException {
        List<FilePath> children = new ArrayList<>();
        File[] files = file().listFiles(filter);
        if (files != null) {
            Arrays.sort(files);
            for (File child : files) {
                children.add(new FilePath(child));
            }
        }
        return children;
    }

    public InputStream read() throws IOException, InterruptedException {
        return Files.newInputStream(path());
    }

    /** The text of the file, read as UTF-8. */
    public String readToString() throws IOException, InterruptedException {
        return Files.readString(path(), StandardCharsets.UTF_8);
    }

    /** Opens the file for writing from its start, with the folders around it. */
    public OutputStream write() throws IOException, InterruptedException {
        Path parent = path().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        return Files.newOutputStream(path());
    }

    /** Writes a text; a null encoding is UTF-8. */
    public void write(String content, String encoding) throws IOException, InterruptedException {
        Charset charset = encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding);
        try (OutputStream out = write()) {
            out.write(content.getBytes(charset));
        }
    }

    public void copyFrom(InputStream in) throws IOException, InterruptedException {
        try (OutputStream out = write()) {
            in.transferTo(out);
        }
    }

    public void copyFrom(FilePath source) throws IOException, InterruptedException {
        source.copyTo(this);
    }

    public void copyTo(FilePath target) throws IOException, InterruptedException {
        try (OutputStream out = target.write()) {
            copyTo(out);
        }
    }

    public void copyTo(OutputStream out) throws IOException, InterruptedException {
        Files.copy(path(), out);
    }

    public void renameTo(FilePath target) throws IOException, InterruptedException {
        Files.move(path(), target.path(), StandardCopyOption.REPLACE_EXISTING);
    }

    /** A new file in this folder that only its owner can read. */
    public FilePath createTempFile(String prefix, String suffix) throws IOException, InterruptedException {
        return new FilePath(Files.createTempFile(path(), prefix, suffix).toFile());
    }

    /** A new folder in this folder that only its owner can enter. */
    public FilePath createTempDir(String prefix, String suffix) throws IOException, InterruptedException {
        return new FilePath(Files.createTempDirectory(path(), prefix + suffix).toFile());
    }

    /** A new file in this folder with this text, in UTF-8, that only its owner can read. */
    public FilePath createTextTempFile(String prefix, String suffix, String contents)
            throws IOException, InterruptedException {
        FilePath file = createTempFile(prefix, suffix);
        file.write(contents, null);
        return file;
    }

    /** What starts programs on the agent that the file is on. */
    public Launcher createLauncher(TaskListener listener) throws IOException, InterruptedException {
        return new Launcher.LocalLauncher(listener);
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

    /**
     * Work on a file, done where the file is. Extend {@link jenkins.MasterToSlaveFileCallable}.
     *
     * @param <T> what it returns
     */
    public interface FileCallable<T> extends Serializable {

        T invoke(File file, VirtualChannel channel) throws IOException, InterruptedException;
    }
}
