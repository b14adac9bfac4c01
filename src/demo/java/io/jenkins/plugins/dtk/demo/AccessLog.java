package io.jenkins.plugins.dtk.demo;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a {@link DockerRegistry} was asked since the last {@link #mark()}.
 *
 * <pre>{@code
 * AccessLog asked = registry.requests();
 * ... // the work to watch
 * asked.since().count("GET", AccessLog.Kind.MANIFEST, "openshift-release-dev/ocp-release");
 * }</pre>
 */
public final class AccessLog {

    /** The part of the distribution API that a request speaks to. */
    public enum Kind {
        MANIFEST("/v2/(?<repository>.+)/manifests/[^/]+"),
        UPLOAD("/v2/(?<repository>.+)/blobs/uploads/.*"),
        BLOB("/v2/(?<repository>.+)/blobs/[^/]+"),
        TAGS("/v2/(?<repository>.+)/tags/list"),
        /** The check of API and login, {@code /v2/}. */
        BASE("/v2/(?<repository>)"),
        OTHER("(?<repository>).*");

        private final Pattern path;

        Kind(String path) {
            this.path = Pattern.compile(path + "(\\?.*)?");
        }
    }

    /**
     * One request.
     *
     * @param path with the query, if there was one
     * @param repository the repository it is about, empty where it is about none
     * @param status the HTTP status it was answered with
     * @param bytes the size of the answer's body
     */
    public record Request(String method, String path, Kind kind, String repository, int status, long bytes) {}

    /** Requests in the order in which they were finished. */
    public record Requests(List<Request> all) {

        /** How many used this method on this part of the API, in any repository. */
        public long count(String method, Kind kind) {
            return all.stream()
                    .filter(request -> request.method().equals(method) && request.kind() == kind)
                    .count();
        }

        /** How many used this method on this part of the API in one repository. */
        public long count(String method, Kind kind, String repository) {
            return new Requests(all.stream()
                            .filter(request -> request.repository().equals(repository))
                            .toList())
                    .count(method, kind);
        }

        /** How many wanted to change something. */
        public long writes() {
            return all.stream()
                    .filter(request -> !List.of("GET", "HEAD").contains(request.method()))
                    .count();
        }

        /** How many there were. */
        public int count() {
            return all.size();
        }

        /** The bodies of all answers together, in bytes. */
        public long bytes() {
            return all.stream().mapToLong(Request::bytes).sum();
        }
    }

    static final String OWN_AGENT = "dtk-demo-ping";
    private static final Pattern LINE =
            Pattern.compile("\\S+ \\S+ \\S+ \\[[^]]*] \"(\\S+) (\\S+) [^\"]*\" (\\d+) (\\d+) .*");

    private final Path file;
    private final Ping ping;
    private long offset;

    interface Ping {
        void send() throws IOException;
    }

    AccessLog(Path file, Ping ping) {
        this.file = file;
        this.ping = ping;
    }

    /** Forgets what was asked until now. */
    public void mark() throws IOException {
        ping.send();
        offset = Files.size(file);
    }

    /**
     * The requests since the mark. The registry logs a request when it has sent the answer; one more request,
     * which is not counted, goes before reading, so that the lines of all earlier ones are there.
     */
    public Requests since() throws IOException {
        ping.send();
        List<Request> requests = new ArrayList<>();
        for (String line : new String(read(), StandardCharsets.UTF_8).split("\n")) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches() && !line.contains(OWN_AGENT)) {
                requests.add(request(matcher));
            }
        }
        return new Requests(List.copyOf(requests));
    }

    private byte[] read() throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[(int) (log.length() - offset)];
            log.seek(offset);
            log.readFully(bytes);
            return bytes;
        }
    }

    private static Request request(Matcher line) {
        String path = line.group(2);
        int status = Integer.parseInt(line.group(3));
        long bytes = Long.parseLong(line.group(4));
        for (Kind kind : Kind.values()) {
            Matcher matcher = kind.path.matcher(path);
            if (matcher.matches()) {
                return new Request(line.group(1), path, kind, matcher.group("repository"), status, bytes);
            }
        }
        throw new IllegalStateException("OTHER matches every path, also " + path);
    }
}
