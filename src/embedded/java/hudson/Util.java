package hudson;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Small helpers that Jenkins' own code and plugins use everywhere. */
public class Util {

    private static final Pattern VARIABLE = Pattern.compile("\\$([A-Za-z0-9_]+|\\{[A-Za-z0-9_.]+\\}|\\$)");

    /** Null for null and for the empty text; otherwise the text. */
    public static String fixEmpty(String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /** Like {@link #fixEmpty}, without white space around it. */
    public static String fixEmptyAndTrim(String text) {
        return text == null ? null : fixEmpty(text.trim());
    }

    /** Replaces {@code $NAME} and {@code ${NAME}}, and {@code $$} by one dollar; an unknown name stays as it is. */
    public static String replaceMacro(String text, Map<String, String> variables) {
        if (text == null) {
            return null;
        }
        return VARIABLE.matcher(text).replaceAll(match -> {
            String name = match.group(1);
            if (name.equals("$")) {
                return Matcher.quoteReplacement("$");
            }
            String value = variables.get(name.startsWith("{") ? name.substring(1, name.length() - 1) : name);
            return Matcher.quoteReplacement(value == null ? match.group() : value);
        });
    }

    /** Deletes a file, or a folder with all that is in it. Follows no link; what is not there is no error. */
    public static void deleteRecursive(File file) throws IOException {
        if (!Files.exists(file.toPath(), LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(file.toPath(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                Files.delete(path);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** A length of time for people, from milliseconds: {@code 12 ms}, {@code 3.4 sec}, {@code 2 min 5 sec}. */
    public static String getTimeSpanString(long milliseconds) {
        long seconds = milliseconds / 1000;
        if (milliseconds < 1000) {
            return milliseconds + " ms";
        }
        if (seconds < 60) {
            return seconds < 10 ? seconds + "." + milliseconds % 1000 / 100 + " sec" : seconds + " sec";
        }
        long minutes = seconds / 60;
        return minutes < 60 ? minutes + " min " + seconds % 60 + " sec" : minutes / 60 + " hr " + minutes % 60 + " min";
    }

    /** Escapes what HTML gives a meaning to, and keeps line ends visible. */
    public static String escape(String text) {
        if (text == null) {
            return null;
        }
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#039;")
                .replace("\n", "<br>");
    }
}
