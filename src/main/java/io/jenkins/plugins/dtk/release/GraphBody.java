package io.jenkins.plugins.dtk.release;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.json.JsonCursor;
import io.jenkins.plugins.dtk.json.JsonDocument;
import io.jenkins.plugins.dtk.release.GraphAnswer.Node;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** An answer of the update graph as it arrives: its nodes are looked at one by one, and those that are wanted kept. */
final class GraphBody extends FilterInputStream {

    /** The largest channel of 2026 is below 3 MiB. */
    private static final int MAX_BYTES = 32 << 20;

    /** A channel has some 500 releases. */
    private static final int MOST_NODES = 20_000;

    private static final int LONGEST_TEXT = 1_000;

    private static final int SHOWN = 1_024;

    /** Which channels have a release: openshift/cincinnati docs/design/openshift.md. */
    private static final String CHANNELS = "io.openshift.upgrades.graph.release.channels";

    /** A release is in some fifty channels. */
    private static final int LONGEST_CHANNELS = 10_000;

    private final byte[] start = new byte[SHOWN];
    private final String channel;
    private int count;

    /** How many nodes say in which channels they are, and how many of these are in ours. */
    private int stated;

    private int fitting;

    /** @param channel that was asked for, with its line */
    GraphBody(InputStream body, String channel) {
        super(body);
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
            JsonDocument.named("the answer").read(this, root -> {
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
            if (e.kind() == Failure.Kind.INVALID && count <= MAX_BYTES) {
                transferTo(OutputStream.nullOutputStream()); // How large it is says more than where it is broken.
            }
            if (e.kind() == Failure.Kind.INVALID && count > 0 && count <= MAX_BYTES && e.getCause() == null) {
                throw invalid("the answer is not JSON: " + start(), e);
            }
            if (count > 0 || e.kind() != Failure.Kind.INVALID) {
                throw e;
            }
        }
        if (found.isEmpty()) {
            throw invalid("the answer has no list of nodes: " + start(), null);
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
                    throw invalid("the answer has more than " + MOST_NODES + " releases", new IOException("too many"));
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

    /** The start of what was read, for messages. */
    String start() {
        return Text.shorten(Arrays.copyOf(start, Math.min(count, SHOWN)));
    }

    /** The start of an answer that is no graph. */
    static String start(InputStream body) throws IOException {
        return Text.shorten(body.readNBytes(SHOWN));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        if (read > 0) {
            if (count < SHOWN) {
                System.arraycopy(target, offset, start, count, Math.min(read, SHOWN - count));
            }
            count += read;
            if (count > MAX_BYTES) {
                throw invalid("the answer is larger than " + (MAX_BYTES >> 20) + " MiB", null);
            }
        }
        return read;
    }

    private static Failure invalid(String reason, IOException cause) {
        return new Failure(Failure.Kind.INVALID, reason, cause);
    }
}
