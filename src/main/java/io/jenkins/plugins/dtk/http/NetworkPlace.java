package io.jenkins.plugins.dtk.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Where a host is: in the internet, or in a network that is this machine's own. */
final class NetworkPlace {

    private NetworkPlace() {}

    /**
     * Whether one of its addresses is loopback, link-local, private (RFC 1918, RFC 4193) or shared (RFC 6598). A name that
     * is not known here is the proxy's matter.
     */
    static boolean isPrivate(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (isPrivate(address)) {
                    return true;
                }
            }
            return false;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean shared = bytes.length == 4 && (bytes[0] & 0xff) == 100 && (bytes[1] & 0xc0) == 64;
        boolean local = bytes.length == 4 && bytes[0] == 0;
        boolean unique = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || shared
                || local
                || unique;
    }
}
