package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.plan.BuildInputs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the builds of a driver are given, the same for all kernels but for placeholders.
 *
 * @param version of the driver; empty for none
 * @param containerfile the file with the build's steps
 * @param context the folder that the build sees; null for an empty one
 * @param contexts more folders that the build sees, by the name under which it takes files from them
 * @param arguments build arguments, with placeholders in their values
 * @param target the stage to build; empty for the last
 * @param secrets folders or files by name
 */
record DriverSource(
        String version,
        Path containerfile,
        Path context,
        Map<String, Path> contexts,
        Map<String, String> arguments,
        String target,
        Map<String, Path> secrets) {

    private static final int MOST_FILES = 20_000;

    /** Of a larger file the beginning and the size are looked at. */
    private static final int LOOKED_AT = 1 << 20;

    /** The file, or an IllegalArgumentException of one line where it is none, as of the others. */
    static Path file(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no file '" + file + "'");
        }
        return file;
    }

    static Path folder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("there is no folder '" + folder + "'");
        }
        return folder;
    }

    static Map<String, Path> contexts(Map<String, Path> contexts) {
        BuildInputs.checkContexts(contexts.keySet());
        contexts.values().forEach(DriverSource::folder);
        return contexts;
    }

    static Map<String, String> arguments(Map<String, String> arguments) {
        BuildInputs.check(arguments.keySet());
        arguments.forEach((name, value) -> {
            if (value.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("the value of '" + name + "' has more than one line");
            }
        });
        return arguments;
    }

    static Map<String, Path> secrets(Map<String, Path> secrets) {
        BuildInputs.checkSecrets(secrets.keySet());
        for (Path secret : secrets.values()) {
            if (!Files.exists(secret)) {
                throw new IllegalArgumentException("there is no file or folder '" + secret + "'");
            }
        }
        return secrets;
    }

    /** The text of the Containerfile. */
    String text() {
        return TextFile.read(containerfile);
    }

    /** Gives all of it to the steps that build an image. */
    void giveTo(LocalSteps steps) {
        steps.choice("containerfile", containerfile.toAbsolutePath().toString())
                .choice(
                        "context",
                        context == null ? "" : context.toAbsolutePath().toString())
                .choice("buildContexts", paths(contexts))
                .choice("buildArgs", lines(arguments))
                .choice("target", target)
                .choice("secrets", paths(secrets));
    }

    private static String paths(Map<String, Path> named) {
        Map<String, String> all = new TreeMap<>();
        named.forEach((name, path) -> all.put(name, path.toAbsolutePath().toString()));
        return lines(all);
    }

    private static String lines(Map<String, String> named) {
        return named.entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .collect(Collectors.joining("\n"));
    }

    /** The version and a digest of all that a build is given but its secrets: the same source has the same. */
    String identity() throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        digest.update((text() + new TreeMap<>(arguments) + target).getBytes(StandardCharsets.UTF_8));
        if (context != null) {
            add(context, digest);
        }
        for (Path more : new TreeMap<>(contexts).values()) {
            add(more, digest);
        }
        return version + "@" + HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    private static void add(Path folder, MessageDigest digest) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> sorted = files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> !folder.relativize(file).startsWith(".git"))
                    .limit(MOST_FILES)
                    .sorted()
                    .toList();
            for (Path file : sorted) {
                digest.update(
                        (folder.relativize(file) + " " + Files.size(file) + "\n").getBytes(StandardCharsets.UTF_8));
                try (InputStream content = Files.newInputStream(file)) {
                    digest.update(content.readNBytes(LOOKED_AT));
                }
            }
        }
    }
}
