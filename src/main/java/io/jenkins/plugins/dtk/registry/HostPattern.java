package io.jenkins.plugins.dtk.registry;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A prefix of names whose host is a pattern, as Kubernetes reads them in pull secrets (kubernetes/kubernetes
 * pkg/credentialprovider/keyring.go, URLsMatch): {@code *}, {@code ?} and {@code [a-z]} within one part of the host's
 * name, as many parts as the host has, the port as it is.
 */
final class HostPattern {

    private final Pattern host;
    private final String path;

    HostPattern(String prefix) {
        int slash = prefix.indexOf('/');
        host = compile(slash < 0 ? prefix : prefix.substring(0, slash));
        path = slash < 0 ? "" : prefix.substring(slash);
    }

    static boolean isPattern(String prefix) {
        return prefix.chars().limit(300).anyMatch(c -> c == '*' || c == '?' || c == '[');
    }

    /** Whether a repository, as {@code host[:port]/path}, begins so. */
    boolean matches(String name) {
        int slash = name.indexOf('/');
        String rest = name.substring(slash) + "/";
        return rest.startsWith(path + "/")
                && host.matcher(name.substring(0, slash)).matches();
    }

    /** One that is malformed matches nothing. */
    private static Pattern compile(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            int end = c == '[' ? glob.indexOf(']', i + 2) : -1;
            if (c == '*') {
                regex.append("[^.:/]*");
            } else if (c == '?') {
                regex.append("[^.:/]");
            } else if (end > 0) {
                regex.append(glob, i, end).append("&&[^.:/]]");
                i = end;
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        try {
            return Pattern.compile(regex.toString());
        } catch (PatternSyntaxException e) {
            return Pattern.compile("(?!)");
        }
    }
}
