package io.jenkins.plugins.dtk.http;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Hosts as they are compared: {@code host[:port]} in lower case. */
final class HostNames {

    private HostNames() {}

    /** One host in lower case. */
    public static String lower(String host) {
        return host.toLowerCase(Locale.ROOT);
    }

    /** Hosts in lower case, without blanks around them. */
    public static Set<String> lower(Set<String> hosts) {
        return hosts.stream().map(host -> lower(host.strip())).collect(Collectors.toSet());
    }
}
