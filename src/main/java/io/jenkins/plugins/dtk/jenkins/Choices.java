package io.jenkins.plugins.dtk.jenkins;

import hudson.util.ListBoxModel;
import io.jenkins.plugins.dtk.matrix.MatrixRequest;
import java.util.ArrayList;
import java.util.List;

/** Fills the drop-down lists of forms. */
final class Choices {

    private Choices() {}

    /** Some words, of which the first is what an empty value means. */
    static ListBoxModel of(List<String> words) {
        ListBoxModel list = new ListBoxModel();
        list.add(words.get(0) + " (default)", "");
        words.stream().skip(1).forEach(list::add);
        return list;
    }

    /** The channels of the update graph, of which the first is what the global configuration says. */
    static ListBoxModel channels() {
        List<String> channels = new ArrayList<>(MatrixRequest.CHANNELS);
        String saved = DtkConfiguration.get().getChannel();
        String usual = channels.contains(saved) ? saved : MatrixRequest.DEFAULT_CHANNEL;
        channels.remove(usual);
        channels.add(0, usual);
        return of(channels);
    }
}
