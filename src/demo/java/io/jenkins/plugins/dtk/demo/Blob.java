package io.jenkins.plugins.dtk.demo;

/** Content with its address. */
record Blob(String digest, byte[] bytes) {

    static Blob of(byte[] bytes) {
        return new Blob(Digests.of(bytes), bytes);
    }

    int size() {
        return bytes.length;
    }
}
