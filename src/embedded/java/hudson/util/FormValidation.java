package hudson.util;

import hudson.Util;
import java.io.IOException;
import java.util.Collection;
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

    public static FormValidation ok(String message) {
        return plain(Kind.OK, message);
    }

    public static FormValidation ok(String format, Object... arguments) {
        return ok(String.format(format, arguments));
    }

    public static FormValidation warning(String message) {
        return plain(Kind.WARNING, message);
    }

    public static FormValidation warning(String format, Object... arguments) {
        return warning(String.format(format, arguments));
    }

    public static FormValidation error(String message) {
        return plain(Kind.ERROR, message);
    }

    public static FormValidation error(String format, Object... arguments) {
        return error(String.format(format, arguments));
    }

    /** An error whose cause is shown after its message. */
    public static FormValidation error(Throwable cause, String message) {
        FormValidation error = error(message + ": " + cause.getMessage());
        error.initCause(cause);
        return error;
    }

    /** The worst of several, with all of their messages. */
    public static FormValidation aggregate(Collection<FormValidation> results) {
        Kind worst = Kind.OK;
        StringBuilder html = new StringBuilder();
        for (FormValidation result : results) {
            worst = result.kind.compareTo(worst) > 0 ? result.kind : worst;
            html.append("<li>").append(result.renderHtml()).append("</li>");
        }
        return results.isEmpty() ? ok() : respond(worst, "<ul style='list-style-type: none'>" + html + "</ul>");
    }

    public static FormValidation validateRequired(String value) {
        return Util.fixEmptyAndTrim(value) == null ? error("This field is required") : ok();
    }

    public static FormValidation validateNonNegativeInteger(String value) {
        return wholeNumber(value, 0, "Not a number that is 0 or more");
    }

    public static FormValidation validatePositiveInteger(String value) {
        return wholeNumber(value, 1, "Not a number that is 1 or more");
    }

    private static FormValidation wholeNumber(String value, int least, String message) {
        try {
            return Integer.parseInt(value) < least ? error(message) : ok();
        } catch (NumberFormatException e) {
            return error(message);
        }
    }

    /** The message as HTML. */
    public abstract String renderHtml();

    /** A result with HTML of one's own. */
    public static FormValidation respond(Kind kind, String html) {
        return new FormValidation(kind, text(html)) {
            private static final long serialVersionUID = 1L;

            @Override
            public String renderHtml() {
                return html;
            }
        };
    }

    private static FormValidation plain(Kind kind, String message) {
        if (message == null) {
            return respond(kind, "<div/>");
        }
        String html = "<div class=" + kind.name().toLowerCase(Locale.ROOT) + '>' + Util.escape(message) + "</div>";
        return new FormValidation(kind, message) {
            private static final long serialVersionUID = 1L;

            @Override
            public String renderHtml() {
                return html;
            }
        };
    }

    private static String text(String html) {
        return Pattern.compile("<[^>]*>").matcher(html).replaceAll("");
    }

    @Override
    public String toString() {
        return kind + ": " + renderHtml();
    }
}
