package hudson.util;

import hudson.Util;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.kohsuke.stapler.HttpResponse;

/** What a check of a form field found: fine, a warning or an error, with a message. */
public abstract class FormValidation extends IOException implements HttpResponse {

    private static final long serialVersionUID = 1L;

    public final Kind kind;

    private FormValidation(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** How bad it is. */
    public enum Kind {
        OK,
        WARNING,
        ERROR
    }

    public static FormValidation ok() {
        return respond(Kind.OK, "<div/>");
    }

    public static FormValidation warning(String message) {
        return plain(Kind.WARNING, message);
    }

    public static FormValidation error(String message) {
        return plain(Kind.ERROR, message);
    }

    /** The message as HTML. */
    public abstract String renderHtml();

    /** A result with HTML of one's own. */
    public static FormValidation respond(Kind kind, String html) {
        return new Rendered(kind, Pattern.compile("<[^>]*>").matcher(html).replaceAll(""), html);
    }

    private static FormValidation plain(Kind kind, String message) {
        if (message == null) {
            return respond(kind, "<div/>");
        }
        String type = kind.name().toLowerCase(Locale.ROOT);
        return new Rendered(kind, message, "<div class=" + type + '>' + Util.escape(message) + "</div>");
    }

    private static final class Rendered extends FormValidation {
        private static final long serialVersionUID = 1L;
        private final String html;

        Rendered(Kind kind, String message, String html) {
            super(kind, message);
            this.html = html;
        }

        @Override
        public String renderHtml() {
            return html;
        }
    }

    @Override
    public String toString() {
        return kind + ": " + renderHtml();
    }
}
