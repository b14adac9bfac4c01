package io.jenkins.plugins.dtk.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.http.BodyStream;
import io.jenkins.plugins.dtk.json.JsonCursor;
import io.jenkins.plugins.dtk.json.JsonDocument;
import io.jenkins.plugins.dtk.release.GraphAnswer.Node;
import io.jenkins.plugins.dtk.text.Quote;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** An answer of the update graph as it arrives: its nodes are looked at one by one, and those that are wanted kept. */
final class GraphBody {

    /** The largest channel of 2026 is below 3 MiB. */
    private static final int MAX_BYTES = 32 << 20;

    /** A channel has some 500 releases. */
    private static final int MOST_NODES = 20_000;

    private static final int LONGEST_TEXT = 1_000;

    /** More than can be shown: bytes are not characters. */
    private static final int SHOWN = 1_024;

    /** Which channels have a release: openshift/cincinnati docs/design/openshift.md. */
    private static final String CHANNELS = "io.openshift.upgrades.graph.release.channels";

    /** A release is in some fifty channels. */
    private static final int LONGEST_CHANNELS = 10_000;

    private final InputStream body;
    private final byte[] start;
    private final String channel;

    /** How many nodes say in which channels they are, and how many of these are in ours. */
    private int stated;

    private int fitting;

    /** @param channel that was asked for, with its line */
    GraphBody(BodyStream answer, String channel) throws IOException {
        body = new BufferedInputStream(answer.upTo(MAX_BYTES, "the answer"));
        body.mark(SHOWN);
        start = body.readNBytes(SHOWN);
        body.reset();
        this.channel = channel;
    }

    /**
     * Reads the answer to its end.
     *
     * @param wanted decides by the version, or null for none, whether a node is kept
     * @throws Failure also when by its own words no node is of the channel, because a proxy may mix up answers
     */
    List<Node> nodes(Predicate<String> wanted) throws IOException {
        List<List<Node>> found = new ArrayList<>();
        try {
            JsonDocument.named("the answer").parse(body, root -> {
                if (root.isObject()) {
                    root.fields((name, value) -> {
                        if (name.equals("nodes") && value.isList()) {
                            found.add(list(value, wanted));
                        }
                    });
                }
                return null;
            });
        } catch (Failure e) {
            if (e.kind() != Failure.Kind.INVALID) {
                throw e;
            }
            body.transferTo(OutputStream.nullOutputStream()); // That it is too large says more than where it is broken.
            throw invalid(e.getMessage());
        }
        if (found.isEmpty()) {
            throw invalid("the answer has no list of nodes");
        }
        if (stated > 0 && fitting == 0) {
            throw new Failure(
                    Failure.Kind.UNREACHABLE,
                    "the answer is that of another channel: of its " + stated + " releases none says that it is in "
                            + channel);
        }
        return found.get(0);
    }

    private List<Node> list(JsonCursor value, Predicate<String> wanted) throws IOException {
        List<Node> nodes = new ArrayList<>();
        value.elements(element -> {
            String[] texts = {null, null};
            if (element.isObject()) {
                element.fields((name, text) -> {
                    int place = name.equals("version") ? 0 : name.equals("payload") ? 1 : -1;
                    if (place >= 0 && text.isText()) {
                        texts[place] = text.shortText(LONGEST_TEXT);
                    } else if (name.equals("metadata") && text.isObject()) {
                        text.fields(this::noteChannels);
                    }
                });
            }
            if (wanted.test(texts[0])) {
                if (nodes.size() == MOST_NODES) {
                    throw value.invalid("the answer has more than " + MOST_NODES + " releases");
                }
                nodes.add(new Node(texts[0], texts[1]));
            }
        });
        return nodes;
    }

    private void noteChannels(String name, JsonCursor value) throws IOException {
        if (name.equals(CHANNELS) && value.isText()) {
            stated++;
            String channels = value.shortText(LONGEST_CHANNELS);
            fitting += channels == null || Arrays.asList(channels.split(",")).contains(channel) ? 1 : 0;
        }
    }

    private Failure invalid(String reason) {
        return new Failure(
                Failure.Kind.INVALID,
                start.length == 0 ? reason : reason + "; it begins with " + Quote.of(new String(start, UTF_8)));
    }
}
