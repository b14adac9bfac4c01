package io.jenkins.plugins.dtk.demo;

import io.jenkins.plugins.dtk.kernel.Architecture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Small layers that stand below the ones that matter, shared by many images. */
final class BaseLayers {

    private static final Map<String, Layer> MADE = new ConcurrentHashMap<>();

    private BaseLayers() {}

    /** The first layers of a base of this name. */
    static List<Layer> of(String base, Architecture architecture, int count) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            String content = base + " " + architecture + " layer " + i;
            layers.add(MADE.computeIfAbsent(
                    content,
                    text -> Layer.of(new TarWriter()
                            .directory("usr/lib/")
                            .file("usr/lib/" + Digests.ofText(text).substring(7, 23), text.repeat(40)))));
        }
        return layers;
    }
}
