package io.jenkins.plugins.dtk.kmod;

import io.jenkins.plugins.dtk.testing.RealKernel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** Tables of symbols, as a kernel's build writes them. */
final class Tables {

    private Tables() {}

    static Symvers of(String lines) throws IOException {
        return Symvers.read("Module.symvers", new ByteArrayInputStream(lines.getBytes(StandardCharsets.US_ASCII)));
    }

    /** The table of a real kernel in which a line is another, as in a coming kernel. */
    static Symvers changed(RealKernel kernel, String symbol, String from, String to) throws IOException {
        String table = Files.readString(kernel.headers().resolve("Module.symvers"));
        String line = table.lines()
                .filter(each -> each.split("\t")[1].equals(symbol))
                .findFirst()
                .orElseThrow();
        return of(table.replace(line, line.replaceFirst(from, to)));
    }

    /** The table of a real kernel with a line more. */
    static Symvers extended(RealKernel kernel, String line) throws IOException {
        return of(Files.readString(kernel.headers().resolve("Module.symvers")) + line + "\n");
    }
}
