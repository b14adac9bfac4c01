package io.jenkins.plugins.dtk.kmod;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.kernel.Architecture;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a kernel module says of itself.
 *
 * @param path where it was found
 * @param name what {@code lsmod} shows
 * @param vermagic the kernel it was built for, as {@code uname -r} prints it, and that kernel's options; empty when it
 *     does not say
 * @param license such as {@code GPL}
 * @param depends the modules it needs, by name
 * @param firmware the files of firmware it may ask for, below {@code /lib/firmware}
 * @param inTree whether it was built together with its kernel
 * @param architecture what it runs on; empty for a machine that OpenShift does not ship for
 * @param used the symbols that a kernel or another module must have
 * @param weak the symbols that it uses where they are there
 * @param imports the namespaces of symbols that it may use
 * @param checksums of the symbols it was built against; empty when it was built without
 * @param exports the symbols it has for others
 * @param signature who signed it, if anybody did
 * @param compression how its file is packed
 * @param kernelUnpacks whether the kernel's own decoder takes that file, and not the program modprobe's alone
 * @param digest the SHA-256 of its file as it is, in hexadecimal
 */
public record KernelModule(
        String path,
        String name,
        String vermagic,
        String license,
        List<String> depends,
        List<String> firmware,
        boolean inTree,
        Optional<Architecture> architecture,
        Set<String> used,
        Set<String> weak,
        Set<String> imports,
        Map<String, Integer> checksums,
        Map<String, Symvers.Export> exports,
        Optional<ModuleSignature> signature,
        Compression compression,
        boolean kernelUnpacks,
        String digest) {

    /** The largest that is read, packed and unpacked: with debug information some have 100 MiB. */
    public static final int MOST_BYTES = 256 << 20;

    /** Hardly one is larger; those that are, are unpacked one at a time, because all of one is in memory. */
    private static final int COMMON_BYTES = 32 << 20;

    private static final ReentrantLock LARGE = new ReentrantLock();

    /** Those that may use symbols for the GPL alone (torvalds/linux include/linux/license.h). */
    private static final Set<String> OPEN =
            Set.of("GPL", "GPL v2", "GPL and additional rights", "Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL");

    /**
     * Reads a module: {@code .ko}, or packed with gzip, xz or zstd.
     *
     * @param path where it was found; its file name gives the name of a module that says none
     * @throws IOException when the stream cannot be read
     * @throws Failure when it is no kernel module, or damaged; one line that names the path
     */
    public static KernelModule read(String path, InputStream content) throws IOException {
        byte[] file = content.readNBytes(MOST_BYTES);
        try {
            return parse(path, file);
        } catch (IOException e) {
            throw new Failure(Kind.INVALID, String.valueOf(e.getMessage()), e).in(path);
        }
    }

    private static KernelModule parse(String path, byte[] file) throws IOException {
        Optional<byte[]> common = Compression.find(file, COMMON_BYTES);
        if (common.isPresent()) {
            return parse(path, file, common.get());
        }
        LARGE.lock();
        try {
            return parse(path, file, Compression.unpack(file, MOST_BYTES));
        } finally {
            LARGE.unlock();
        }
    }

    private static KernelModule parse(String path, byte[] file, byte[] module) throws IOException {
        Elf elf = new Elf(module);
        ModuleInfo info = ModuleInfo.of(elf);
        ModuleSymbols symbols = ModuleSymbols.of(elf);
        return new KernelModule(
                path,
                info.first("name").isEmpty() ? nameOf(path) : info.first("name"),
                info.first("vermagic"),
                info.first("license"),
                info.first("depends").isEmpty()
                        ? List.of()
                        : List.of(info.first("depends").split(",")),
                info.all("firmware"),
                info.first("intree").equals("Y"),
                Machine.architecture(elf),
                symbols.used(),
                symbols.weak(),
                Set.copyOf(info.all("import_ns")),
                ModuleChecksums.of(elf),
                symbols.exports(),
                ModuleSignature.of(module),
                Compression.of(file),
                Compression.kernelUnpacks(file),
                digest(file));
    }

    /** The kernel it was built for: the first word of its vermagic. */
    public String kernel() {
        return vermagic.split(" ", 2)[0];
    }

    /** The options of that kernel which must be the same: the words behind it. */
    public String kernelOptions() {
        int space = vermagic.indexOf(' ');
        return space < 0 ? "" : vermagic.substring(space).strip();
    }

    /** Whether a kernel takes it for proprietary, by its licence. */
    public boolean isProprietary() {
        return !OPEN.contains(license);
    }

    /** Whether a path is one of a module, by its ending. */
    public static boolean isPath(String path) {
        for (Compression packed : Compression.values()) {
            if (path.endsWith(".ko" + packed.ending())) {
                return true;
            }
        }
        return false;
    }

    private static String nameOf(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        return file.replaceFirst("\\.ko(?:\\.\\w+)?$", "").replace('-', '_');
    }

    /** The SHA-256 of a module's file as it is, in hexadecimal. */
    public static String digest(byte[] file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
