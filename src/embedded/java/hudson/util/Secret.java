package hudson.util;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;

/** A secret text, kept from logs and forms by a type of its own. */
public final class Secret implements Serializable {

    private static final long serialVersionUID = 1L;

    private final transient String value;

    private Secret(String value) {
        this.value = value;
    }

    /** A secret of this text; null is the empty text. */
    public static Secret fromString(String text) {
        return new Secret(text == null ? "" : text);
    }

    /** The plain text; null for null. */
    public static String toString(Secret secret) {
        return secret == null ? null : secret.getPlainText();
    }

    public String getPlainText() {
        return value;
    }

    /** Nothing here has the key that Jenkins would encrypt a secret with before it writes one. */
    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("a secret is not kept: look it up by its id where it is used");
    }

    /** As in Jenkins, the plain text. */
    @Override
    public String toString() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }
}
