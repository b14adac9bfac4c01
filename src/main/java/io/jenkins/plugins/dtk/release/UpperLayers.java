package io.jenkins.plugins.dtk.release;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** What the layers above hide of those below: what they replace, delete, or empty (OCI image-spec layer.md). */
final class UpperLayers {

    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";

    /** All layers of an image together. */
    private static final int MOST = 3_000_000;

    private final Set<String> above = new HashSet<>();
    private final Set<String> here = new HashSet<>();

    /** Whether an entry is hidden from view, or hides others itself; notes it. */
    boolean hides(String path, char type) throws IOException {
        int slash = path.lastIndexOf('/');
        String name = path.substring(slash + 1);
        boolean hidden = isHidden(path);
        if (name.equals(OPAQUE)) {
            note(slash < 0 ? "/" : path.substring(0, slash) + "/");
        } else if (name.startsWith(WHITEOUT)) {
            note(path.substring(0, slash + 1) + name.substring(WHITEOUT.length()));
        } else if (type != '5') {
            note(path);
        }
        return hidden || name.startsWith(WHITEOUT);
    }

    private boolean isHidden(String path) {
        if (above.isEmpty()) {
            return false;
        }
        if (above.contains("/") || above.contains(path)) {
            return true;
        }
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            if (above.contains(path.substring(0, slash)) || above.contains(path.substring(0, slash + 1))) {
                return true;
            }
        }
        return false;
    }

    private void note(String path) throws IOException {
        here.add(path);
        if (above.size() + here.size() > MOST) {
            throw new IOException("the image has more than " + MOST + " files");
        }
    }

    /** What a layer hides it hides of those below, not of itself. */
    void layerEnds() {
        above.addAll(here);
        here.clear();
    }
}
