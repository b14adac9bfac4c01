package io.jenkins.plugins.dtk.build;

import java.io.ObjectStreamException;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;

/** The ledger of a run under its earlier name. */
final class BuildLedger implements Serializable {

    private static final long serialVersionUID = 1L;

    private String image;
    private boolean holdIncomplete;
    private LinkedHashMap<String, KernelEntry> kernels;
    private LinkedHashMap<String, BranchEntry> branches;
    private LinkedHashSet<String> unfinished;
    private int openBranches;

    private Object readResolve() throws ObjectStreamException {
        return Renamed.present(this);
    }
}
