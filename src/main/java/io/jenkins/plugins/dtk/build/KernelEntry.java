package io.jenkins.plugins.dtk.build;

import io.jenkins.plugins.dtk.kernel.Architecture;
import java.io.Serializable;
import java.util.LinkedHashMap;

/** What the ledger says of a kernel, under its earlier name. */
final class KernelEntry implements Serializable {

    private static final long serialVersionUID = 1L;

    private enum Index {
        OPEN,
        PUBLISHED,
        FAILED,
        THERE,
        NONE,
        HELD
    }

    private String kernel;
    private String tag;
    private String baseDigest;
    private boolean complete;
    private boolean holdIncomplete;
    private LinkedHashMap<Architecture, ImageEntry> images;
    private Index index;
    private String digest;
    private String reason;
}
