package hudson.util;

import hudson.model.ModelObject;
import java.util.ArrayList;
import org.kohsuke.stapler.HttpResponse;

/** The choices of a drop-down list. */
public class ListBoxModel extends ArrayList<ListBoxModel.Option> implements HttpResponse {

    private static final long serialVersionUID = 1L;

    public ListBoxModel() {}

    /** Adds a choice: the text that is shown and the value that it stands for. */
    public void add(String displayName, String value) {
        add(new Option(displayName, value));
    }

    public void add(ModelObject named, String value) {
        add(named.getDisplayName(), value);
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
        public boolean selected;

        public Option(String name, String value) {
            this(name, value, false);
        }

        public Option(String name, String value, boolean selected) {
            this.name = name;
            this.value = value;
            this.selected = selected;
        }

        @Override
        public String toString() {
            return name + '=' + value + (selected ? "[selected]" : "");
        }
    }
}
