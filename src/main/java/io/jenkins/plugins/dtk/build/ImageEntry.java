package io.jenkins.plugins.dtk.build;

import java.io.Serializable;

/** What the ledger says of an image, under its earlier name. */
final class ImageEntry implements Serializable {

    private static final long serialVersionUID = 1L;

    enum Status {
        THERE,
        OPEN,
        BUILT,
        FAILED,
        SKIPPED
    }

    private boolean before;
    private Status status;
    private String digest;
    private String reason;
    private String node;
    private long duration;
    private boolean perhaps;
}
