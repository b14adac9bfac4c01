package io.jenkins.plugins.dtk.embedded;

import hudson.AbortException;
import hudson.FilePath;
import hudson.Util;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** The steps that deal with files of the workspace. A relative path is from the current folder. */
final class FileSteps {

    private FileSteps() {}

    private static Path resolve(EngineContext context, String step, String parameter, String path) throws Exception {
        if (path == null || path.isEmpty()) {
            throw new AbortException(step + ": '" + parameter + "' is missing");
        }
        return context.folder().resolve(path).normalize();
    }

    private static Charset charset(String step, String encoding) throws AbortException {
        try {
            return encoding == null || encoding.isEmpty() ? StandardCharsets.UTF_8 : Charset.forName(encoding);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new AbortException(step + ": 'encoding' is '" + encoding + "', which is unknown");
        }
    }

    /** Runs its block in another folder, which is made when it is not there. */
    record Dir(String path) implements BuiltIn {
        @Override
        public Object run(EngineContext context) throws Exception {
            Path folder = resolve(context, "dir", "path", path);
            context.log().println("Running in " + folder);
            Files.createDirectories(folder);
            return context.runBody(new FilePath(folder.toFile()));
        }
    }

    /** The current folder, or one for temporary files beside it. */
    record Pwd(@Optional boolean tmp) implements BuiltIn {
        @Override
        public Object run(EngineContext context) throws Exception {
            Path folder = context.folder();
            return (tmp ? Files.createDirectories(Path.of(folder + "@tmp")) : folder).toString();
        }
    }

    /** Deletes the current folder. */
    record DeleteDir() implements BuiltIn {
        @Override
        public Object run(EngineContext context) throws Exception {
            Util.deleteRecursive(context.folder().toFile());
            return null;
        }
    }

    /** The text of a file; with the encoding Base64, its bytes in that form. */
    record Read(String file, @Optional String encoding) implements BuiltIn {
        @Override
        public Object run(EngineContext context) throws Exception {
            Path path = resolve(context, "readFile", "file", file);
            if (!Files.exists(path) || Files.isDirectory(path)) {
                throw new AbortException("readFile: there is no file " + path);
            }
            byte[] bytes = Files.readAllBytes(path);
            return "Base64".equals(encoding)
                    ? Base64.getEncoder().encodeToString(bytes)
                    : new String(bytes, charset("readFile", encoding));
        }
    }

    /** Writes a text to a file; with the encoding Base64, the bytes that it stands for. */
    record Write(String file, String text, @Optional String encoding) implements BuiltIn {
        @Override
        public Object run(EngineContext context) throws Exception {
            Path path = resolve(context, "writeFile", "file", file);
            if (text == null) {
                throw new AbortException("writeFile: 'text' is missing");
            }
            Files.createDirectories(path.resolveSibling(""));
            Files.write(
                    path,
                    "Base64".equals(encoding)
                            ? Base64.getDecoder().decode(text)
                            : text.getBytes(charset("writeFile", encoding)));
            return null;
        }
    }

    /** Whether a file or folder is there. */
    record Exists(String file) implements BuiltIn {
        @Override
        public Object run(EngineContext context) throws Exception {
            return Files.exists(context.folder().resolve(file == null ? "" : file));
        }
    }

    /** Whether the agent has a Unix shell; that of this machine has. */
    record IsUnix() implements BuiltIn {
        @Override
        public Object run(EngineContext context) {
            return true;
        }
    }
}
