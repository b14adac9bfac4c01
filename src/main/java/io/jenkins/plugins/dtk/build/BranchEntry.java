package io.jenkins.plugins.dtk.build;

import io.jenkins.plugins.dtk.kernel.Architecture;
import java.io.Serializable;
import java.util.ArrayList;

/** What the ledger says of a branch, under its earlier name. */
final class BranchEntry implements Serializable {

    private static final long serialVersionUID = 1L;

    private String tag;
    private ArrayList<Architecture> architectures;
    private ArrayList<String> reasons;
    private String node;
    private long started;
    private long ended;
}
