package io.jenkins.plugins.dtk.jenkins;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What a run of {@code dtkBuild} found and did, as a file in the folder of its build: its matrix, and what it returns.
 * Hundreds of kernels would make the build's own file slow to load, which Jenkins does for every list of builds.
 */
final class RunStore {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** More was never written; a file is read whole. */
    private static final int MOST_BYTES = 64 << 20;

    private final Path folder;
    private final Path file;

    RunStore(Path folder, String id) {
        this.folder = folder;
        this.file = folder.resolve("driver-toolkit-" + id + ".json.gz");
    }

    /**
     * What is stored.
     *
     * @param matrix the kernels
     * @param result what became of them
     */
    record Stored(KernelMatrix matrix, Map<?, ?> result) {}

    /** Writes it in place of what is stored; false where the build has no folder, because nothing of it is kept. */
    boolean write(KernelMatrix matrix, Map<String, Object> result) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("matrix", MatrixJson.toMap(matrix));
        all.put("result", result);
        Path temporary = Path.of(file + ".tmp");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(temporary))) {
            out.write(MAPPER.writeValueAsBytes(all));
        }
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    /**
     * Reads it back.
     *
     * @throws IOException when there is no such file, or it is damaged
     */
    Stored load() throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            Map<?, ?> all = MAPPER.readValue(in.readNBytes(MOST_BYTES), Map.class);
            if (all.get("matrix") instanceof Map<?, ?> matrix && all.get("result") instanceof Map<?, ?> result) {
                return new Stored(MatrixJson.fromMap(matrix), result);
            }
            throw new IOException(file + " holds no matrix and result");
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new IOException(file + " is damaged", e);
        }
    }
}
