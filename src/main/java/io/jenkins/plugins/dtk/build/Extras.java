package io.jenkins.plugins.dtk.build;

import java.io.ObjectStreamException;
import java.io.Serializable;
import java.util.ArrayList;

/** Extra packages and repositories of a run, under their earlier name. */
final class Extras implements Serializable {

    private static final long serialVersionUID = 1L;

    private ArrayList<String> packages;
    private ArrayList<String> repositories;

    private Object readResolve() throws ObjectStreamException {
        return Renamed.present(this);
    }
}
