package com.cloudbees.plugins.credentials;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Arrays;

/** A secret that is bytes, such as that of a file. */
public class SecretBytes implements Serializable {

    private static final long serialVersionUID = 1L;

    private final transient byte[] value;

    private SecretBytes(byte[] value) {
        this.value = value.clone();
    }

    /** A secret of these plain bytes. */
    public static SecretBytes fromRawBytes(byte[] bytes) {
        return new SecretBytes(bytes);
    }

    public byte[] getPlainData() {
        return value.clone();
    }

    /** The plain bytes; null for null. */
    public static byte[] getPlainData(SecretBytes secret) {
        return secret == null ? null : secret.getPlainData();
    }

    /** Nothing here has the key that Jenkins would encrypt a secret with before it writes one. */
    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("a secret is not kept: look it up by its id where it is used");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretBytes secret && Arrays.equals(secret.value, value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }
}
