package io.jenkins.plugins.dtk.testing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a {@link ScriptedReply} from a cell of a table, see {@link TableText}:
 *
 * <pre>
 * 404                                       a status alone
 * 404 MANIFEST_UNKNOWN: no such manifest    the distribution API's form of an error
 * 200 {"nodes": []}                         JSON
 * 502 &lt;html>␊(x)*9999                       another body
 * 302 ~ Location: http://a.lab/             a header, behind what the body is
 * 200 [] ~ declaring 5000 ~ cut after 20    ~ endless, too
 * </pre>
 */
public final class ReplyText {

    private static final Pattern ERROR = Pattern.compile("([A-Z_]+): (.*)");

    private ReplyText() {}

    /** The reply that a cell of a table describes. */
    public static ScriptedReply reply(String text) {
        String[] parts = TableText.of(text).split(" ~ ");
        String[] words = parts[0].split(" ", 2);
        ScriptedReply reply = answer(Integer.parseInt(words[0]), words.length == 1 ? "" : words[1]);
        for (int i = 1; i < parts.length; i++) {
            add(reply, parts[i]);
        }
        return reply;
    }

    private static ScriptedReply answer(int status, String body) {
        Matcher error = ERROR.matcher(body);
        if (error.matches()) {
            return ScriptedReply.error(status, error.group(1), error.group(2));
        }
        return body.startsWith("{") || body.startsWith("[")
                ? ScriptedReply.json(status, body)
                : ScriptedReply.status(status).body(body);
    }

    private static void add(ScriptedReply reply, String more) {
        String last = more.substring(more.lastIndexOf(' ') + 1);
        if (more.equals("endless")) {
            reply.endless();
        } else if (more.startsWith("declaring ")) {
            reply.declaring(Long.parseLong(last));
        } else if (more.startsWith("cut after ")) {
            reply.cutAfter(Integer.parseInt(last));
        } else {
            String[] header = more.split(": ", 2);
            reply.header(header[0], header[1]);
        }
    }
}
