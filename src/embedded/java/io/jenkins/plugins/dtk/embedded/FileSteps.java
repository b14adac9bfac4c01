package io.jenkins.plugins.dtk.embedded;

import hudson.AbortException;
import hudson.FilePath;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Base64;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The steps that deal with files of the workspace. A relative path is from the current folder. */
final class FileSteps {

    private FileSteps() {}

    private static FilePath path(EngineContext context, String step, String parameter, String path) throws Exception {
        if (path == null || path.isEmpty()) {
            throw new AbortException(step + ": '" + parameter + "' is missing");
        }
        return context.get(FilePath.class).child(path);
    }

    private static Charset charset(String step, String encoding) throws AbortException {
        try {
            return encoding == null || encoding.isEmpty() ? StandardCharsets.UTF_8 : Charset.forName(encoding);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new AbortException(step + ": 'encoding' is '" + encoding + "', which is unknown");
        }
    }

    /** Runs its block in another folder, which is made when it is not there. */
    static final class Dir extends BuiltIn {
        private final String path;

        @DataBoundConstructor
        Dir(String path) {
            this.path = path;
        }

        @Override
        Object run(EngineContext context) throws Exception {
            FilePath folder = path(context, "dir", "path", path);
            FlowSteps.log(context).println("Running in " + folder);
            folder.mkdirs();
            return context.runBody(folder);
        }
    }

    /** The current folder, or one for temporary files beside it. */
    static final class Pwd extends BuiltIn {
        private boolean tmp;

        @DataBoundConstructor
        Pwd() {}

        @DataBoundSetter
        public void setTmp(boolean tmp) {
            this.tmp = tmp;
        }

        @Override
        Object run(EngineContext context) throws Exception {
            FilePath folder = context.get(FilePath.class);
            if (!tmp) {
                return folder.getRemote();
            }
            FilePath temporary = folder.withSuffix("@tmp");
            temporary.mkdirs();
            return temporary.getRemote();
        }
    }

    /** Deletes the current folder. */
    static final class DeleteDir extends BuiltIn {
        @DataBoundConstructor
        DeleteDir() {}

        @Override
        Object run(EngineContext context) throws Exception {
            context.get(FilePath.class).deleteRecursive();
            return null;
        }
    }

    /** The text of a file; with the encoding Base64, its bytes in that form. */
    static final class Read extends BuiltIn {
        private final String file;
        private String encoding;

        @DataBoundConstructor
        Read(String file) {
            this.file = file;
        }

        @DataBoundSetter
        public void setEncoding(String encoding) {
            this.encoding = encoding;
        }

        @Override
        Object run(EngineContext context) throws Exception {
            FilePath path = path(context, "readFile", "file", file);
            if (!path.exists() || path.isDirectory()) {
                throw new AbortException("readFile: there is no file " + path);
            }
            try (InputStream in = path.read()) {
                byte[] bytes = in.readAllBytes();
                return "Base64".equals(encoding)
                        ? Base64.getEncoder().encodeToString(bytes)
                        : new String(bytes, charset("readFile", encoding));
            }
        }
    }

    /** Writes a text to a file; with the encoding Base64, the bytes that it stands for. */
    static final class Write extends BuiltIn {
        private final String file;
        private final String text;
        private String encoding;

        @DataBoundConstructor
        Write(String file, String text) {
            this.file = file;
            this.text = text;
        }

        @DataBoundSetter
        public void setEncoding(String encoding) {
            this.encoding = encoding;
        }

        @Override
        Object run(EngineContext context) throws Exception {
            FilePath path = path(context, "writeFile", "file", file);
            if (text == null) {
                throw new AbortException("writeFile: 'text' is missing");
            }
            byte[] bytes = "Base64".equals(encoding)
                    ? Base64.getDecoder().decode(text)
                    : text.getBytes(charset("writeFile", encoding));
            try (var out = path.write()) {
                out.write(bytes);
            }
            return null;
        }
    }

    /** Whether a file or folder is there. */
    static final class Exists extends BuiltIn {
        private final String file;

        @DataBoundConstructor
        Exists(String file) {
            this.file = file;
        }

        @Override
        Object run(EngineContext context) throws Exception {
            return context.get(FilePath.class).child(file == null ? "" : file).exists();
        }
    }

    /** Whether the agent has a Unix shell. */
    static final class IsUnix extends BuiltIn {
        @DataBoundConstructor
        IsUnix() {}

        @Override
        Object run(EngineContext context) throws Exception {
            return context.run().settings().agent().toComputer().isUnix();
        }
    }
}
