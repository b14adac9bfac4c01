package io.jenkins.plugins.dtk.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The hosts that need no proxy, as {@code NO_PROXY} names them (golang/net http/httpproxy/proxy.go): {@code *} for all,
 * a host with all below it, {@code .example.com} or {@code *.example.com} for those below alone, an address, a network
 * such as {@code 10.0.0.0/8}; each with a port or without.
 */
final class NoProxy {

    private final List<String> entries;

    NoProxy(String list) {
        entries = Arrays.stream(list.toLowerCase(Locale.ROOT).split("[,\\s]+"))
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    boolean matches(URI address) {
        String host = bare(String.valueOf(address.getHost()).toLowerCase(Locale.ROOT));
        int port =
                address.getPort() >= 0 ? address.getPort() : "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
        return entries.stream().anyMatch(entry -> matches(entry, host, port));
    }

    private static boolean matches(String entry, String host, int port) {
        if (entry.equals("*")) {
            return true;
        }
        int slash = entry.indexOf('/');
        if (slash >= 0) {
            return isWithin(entry.substring(0, slash), entry.substring(slash + 1), host);
        }
        String name = entry;
        int colon = entry.lastIndexOf(':');
        boolean hasPort = colon > 0
                && entry.substring(colon + 1).matches("\\d{1,5}")
                && (entry.indexOf(':') == colon || entry.charAt(colon - 1) == ']');
        if (hasPort) {
            if (Integer.parseInt(entry.substring(colon + 1)) != port) {
                return false;
            }
            name = entry.substring(0, colon);
        }
        name = bare(name);
        if (name.startsWith("*.")) {
            name = name.substring(1);
        }
        if (name.startsWith(".")) {
            return host.endsWith(name) && host.length() > name.length();
        }
        return host.equals(name) || (!isAddress(host) && host.endsWith("." + name));
    }

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || host.matches("\\d{1,3}(\\.\\d{1,3}){3}");
    }

    private static boolean isWithin(String network, String bits, String host) {
        if (!isAddress(host) || !isAddress(bare(network)) || !bits.matches("\\d{1,3}")) {
            return false;
        }
        try {
            byte[] first = InetAddress.getByName(bare(network)).getAddress();
            byte[] other = InetAddress.getByName(host).getAddress();
            int left = Integer.parseInt(bits);
            boolean equal = first.length == other.length && left <= first.length * 8;
            for (int i = 0; equal && i < first.length && left > 0; i++, left -= 8) {
                int mask = left >= 8 ? 0xff : 0xff << (8 - left) & 0xff;
                equal = (first[i] & mask) == (other[i] & mask);
            }
            return equal;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return entries.toString();
    }
}
