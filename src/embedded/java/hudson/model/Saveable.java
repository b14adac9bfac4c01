package hudson.model;

import java.io.IOException;

/** Something that can be written to disk. The embedded engine keeps nothing beyond its process. */
public interface Saveable {

    void save() throws IOException;
}
