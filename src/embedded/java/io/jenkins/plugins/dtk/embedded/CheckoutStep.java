package io.jenkins.plugins.dtk.embedded;

import hudson.AbortException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;

/** {@code checkout scm}: copies the folder that the pipeline is from into the workspace, as it is. */
record CheckoutStep(Object scm) implements BuiltIn {

    /** What the name {@code scm} stands for in a pipeline. */
    static final Object SCM = new Object() {
        @Override
        public String toString() {
            return "scm";
        }
    };

    @Override
    public Object run(EngineContext context) throws Exception {
        if (scm != SCM) {
            throw new AbortException("checkout: only 'checkout scm' is possible without Jenkins; it takes the folder "
                    + context.run().settings().folder());
        }
        Path from = context.run().settings().folder();
        Path to = context.folder();
        context.log().println("Copying " + from + " to " + to);
        copy(from, to, context.run().settings().home());
        return Map.of();
    }

    private static void copy(Path from, Path to, Path leftOut) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (folder.equals(leftOut) || folder.equals(to)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile() || attributes.isSymbolicLink()) {
                    Files.copy(
                            file,
                            to.resolve(from.relativize(file)),
                            StandardCopyOption.REPLACE_EXISTING,
                            StandardCopyOption.COPY_ATTRIBUTES,
                            LinkOption.NOFOLLOW_LINKS);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
