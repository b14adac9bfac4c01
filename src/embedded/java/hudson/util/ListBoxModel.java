package hudson.util;

import java.util.ArrayList;
import org.kohsuke.stapler.HttpResponse;

/** The choices of a drop-down list. */
public class ListBoxModel extends ArrayList<ListBoxModel.Option> implements HttpResponse {

    private static final long serialVersionUID = 1L;

    /** Adds a choice: the text that is shown and the value that it stands for. */
    public void add(String displayName, String value) {
        add(new Option(displayName, value));
    }

    /** Adds a choice that is shown as its value. */
    public ListBoxModel add(String nameAndValue) {
        add(nameAndValue, nameAndValue);
        return this;
    }

    /** One choice. */
    public static final class Option {

        public String name;
        public String value;

        public Option(String name, String value) {
            this.name = name;
            this.value = value;
        }

        @Override
        public String toString() {
            return name + '=' + value;
        }
    }
}
