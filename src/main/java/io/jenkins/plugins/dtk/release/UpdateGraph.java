package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.failure.ErrorContext;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.failure.Failure.Kind;
import io.jenkins.plugins.dtk.http.HttpExchange;
import io.jenkins.plugins.dtk.http.HttpExchange.Request;
import io.jenkins.plugins.dtk.http.HttpSettings;
import io.jenkins.plugins.dtk.http.Response;
import io.jenkins.plugins.dtk.http.Retries;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.release.GraphAnswer.Node;
import io.jenkins.plugins.dtk.release.ReleaseVersion.Minor;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * OpenShift's update graph (Cincinnati): which releases a channel has, and the digest of each payload. One
 * request per line and architecture. A channel also carries the line before it, so its answer is filtered.
 * The protocol: openshift/cincinnati docs/design/openshift.md.
 */
final class UpdateGraph {

    private final URI url;
    private final HttpExchange http;
    private final Retries retries;

    UpdateGraph(URI url, HttpSettings http) {
        this.url = url;
        this.http = new HttpExchange(http);
        this.retries = new Retries(this.http);
    }

    /**
     * The releases of one line in a channel.
     *
     * @param channel {@code candidate}, {@code fast}, {@code stable} or {@code eus}
     * @return empty when the graph does not know the channel
     */
    List<Release> releases(String channel, Minor line, Architecture architecture) throws Failure, InterruptedException {
        return answer(channel, line, architecture).releases();
    }

    /** The same, with what is odd in the answer. */
    GraphAnswer answer(String channel, Minor line, Architecture architecture) throws Failure, InterruptedException {
        URI request = URI.create(url + (url.getQuery() == null ? "?" : "&") + "channel=" + channel + "-" + line
                + "&arch=" + architecture.goName());
        List<Node> nodes = get(request, channel + "-" + line, version -> isOfInterest(line, version));
        try {
            return GraphAnswer.of(nodes, line, architecture);
        } catch (Failure e) {
            throw e.during(action(request));
        }
    }

    /** What is no version is odd, and no answer is so only because of other lines. */
    private static boolean isOfInterest(Minor line, String version) {
        return version == null
                || !ReleaseVersion.isVersion(version)
                || ReleaseVersion.parse(version).line().equals(line);
    }

    private List<Node> get(URI request, String channel, Predicate<String> wanted) throws Failure, InterruptedException {
        return ErrorContext.during(action(request), () -> retries.run(request, () -> fetch(request, channel, wanted)));
    }

    private List<Node> fetch(URI request, String channel, Predicate<String> wanted)
            throws Failure, InterruptedException {
        try (Response answer = http.sendDirectly(Request.get(request, Map.of("Accept", "application/json")))) {
            if (answer.status() == 200) {
                return new GraphBody(answer.body(), channel).nodes(wanted);
            }
            throw new Failure(
                    answer.isPassing() ? Kind.UNREACHABLE : Kind.INVALID,
                    "the answer was HTTP status " + answer.status() + ": " + Text.shorten(answer.readError()));
        } catch (InterruptedIOException e) {
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException().initCause(e);
        } catch (Failure e) {
            throw e;
        } catch (IOException e) {
            throw new Failure(Kind.UNREACHABLE, Text.reason(e), e);
        }
    }

    private static String action(URI request) {
        return "read the update graph at " + request;
    }
}
