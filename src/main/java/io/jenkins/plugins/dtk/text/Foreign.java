package io.jenkins.plugins.dtk.text;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names the forms that Windows and Kubernetes give to a file that should be plain text, so that a message can. */
public final class Foreign {

    /** Behind it stands what to do. */
    private static final String UTF_16 = "text in UTF-16, as Windows writes it; save it as UTF-8";

    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/\\s]{16,}=*\\s*");
    private static final Pattern YAML_OBJECT = Pattern.compile("(?m)^kind:[ \\t]*[\"']?(Secret|ConfigMap|List)\\b");
    private static final Pattern JSON_OBJECT = Pattern.compile("\"kind\"\\s*:\\s*\"(Secret|ConfigMap|List)\"");

    private Foreign() {}

    /** The text without the byte order mark that Windows puts in front of UTF-8. */
    public static String withoutMark(String text) {
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    /** Names the form of bytes that are no text in UTF-8; nothing when it is not known. */
    public static Optional<String> form(byte[] bytes) {
        boolean marked = bytes.length > 1
                && ((bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe)
                        || (bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff));
        if (marked) {
            return Optional.of(UTF_16);
        }
        boolean sequence = bytes.length > 3 && bytes[0] == 0x30 && (bytes[1] & 0xfc) == 0x80;
        return sequence
                ? Optional.of("binary, as a certificate in DER form is; make PEM of it with openssl x509 -inform der")
                : Optional.empty();
    }

    /** Names the form of a text that is not what it should be; nothing when it is none of the known ones. */
    public static Optional<String> form(String text) {
        if (text.indexOf('\0') >= 0) {
            return Optional.of(UTF_16);
        }
        if (YAML_OBJECT.matcher(text).find() || JSON_OBJECT.matcher(text).find()) {
            return Optional.of("a whole object of Kubernetes; give the value in it alone, for a pull secret by: oc get"
                    + " secret NAME -o jsonpath='{.data.\\.dockerconfigjson}' | base64 -d");
        }
        return isBase64(text) ? Optional.of("base64; decode it first, by base64 -d") : Optional.empty();
    }

    private static boolean isBase64(String text) {
        if (!BASE64.matcher(text).matches()) {
            return false;
        }
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(text.strip());
            String decoded =
                    withoutMark(new String(bytes, StandardCharsets.UTF_8)).strip();
            return decoded.startsWith("{") || decoded.startsWith("-----BEGIN ");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
