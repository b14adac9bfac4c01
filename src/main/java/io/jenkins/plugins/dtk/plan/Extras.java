package io.jenkins.plugins.dtk.plan;

import io.jenkins.plugins.dtk.text.CommaList;
import io.jenkins.plugins.dtk.text.Quote;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What goes into all images of a run in addition to the kernel's packages and the tools, and where it is found. */
public final class Extras implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final Pattern PACKAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]*");

    /** The id of a repository that the system knows, or an address; {@code dtk-check.sh} takes the same. */
    private static final Pattern REPOSITORY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*"
            + "|https?://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?"
            + "(/([A-Za-z0-9._~:@+-]|\\$(releasever|basearch|arch))*)*");

    private final ArrayList<String> packages;
    private final ArrayList<String> repositories;

    private Extras(List<String> packages, List<String> repositories) {
        this.packages = new ArrayList<>(packages);
        this.repositories = new ArrayList<>(repositories);
    }

    /**
     * Reads two lists, separated by spaces or commas; null is empty.
     *
     * @param packages names of RPM packages, as dnf takes them
     * @param repositories ids of repositories that the base image or the subscription knows, and addresses of others;
     *     an address may hold dnf's variables {@code $releasever}, {@code $basearch} and {@code $arch}
     * @throws IllegalArgumentException when an item is malformed; one line
     */
    public static Extras of(String packages, String repositories) {
        return new Extras(packages(packages), repositories(repositories));
    }

    /** Reads a list of packages: see {@link #of}. */
    public static List<String> packages(String list) {
        return items("extraPackages", list, PACKAGE, "names of packages, such as dwarves elfutils-devel");
    }

    /** Reads a list of repositories: see {@link #of}. */
    public static List<String> repositories(String list) {
        return items(
                "extraRepositories",
                list,
                REPOSITORY,
                "ids of repositories, or addresses such as https://mirror.lab/rhel/$releasever/$basearch/");
    }

    private static List<String> items(String parameter, String list, Pattern form, String expected) {
        List<String> items;
        try {
            items = CommaList.words(list);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + parameter + "' is " + e.getMessage() + "; it takes " + expected, e);
        }
        for (String item : items) {
            if (!form.matcher(item).matches()) {
                throw new IllegalArgumentException(
                        "'" + parameter + "' has the item " + Quote.of(item) + "; it takes " + expected);
            }
        }
        return items;
    }

    /** The variables that hand them to the builder script; none where there is nothing. */
    public Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("DTK_EXTRA_PACKAGES", String.join(" ", packages));
        variables.put("DTK_EXTRA_REPOS", String.join(" ", repositories));
        variables.values().removeIf(String::isEmpty);
        return variables;
    }
}
