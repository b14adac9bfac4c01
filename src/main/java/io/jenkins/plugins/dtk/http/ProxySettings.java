package io.jenkins.plugins.dtk.http;

import io.jenkins.plugins.dtk.text.Quote;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Through which proxy hosts are reached, and who we are to it. The login goes out with each request to the proxy, and to
 * the proxy alone: Java's own way, an authenticator, takes the login for the host away as well.
 */
public final class ProxySettings implements Supplier<HttpClient.Builder> {

    /** Java sends no Basic login for a tunnel, unless this property is set before its first request. */
    private static final String TUNNELS = "jdk.http.auth.tunneling.disabledSchemes";

    private static final int DEFAULT_PORT = 80;

    /** What makes two of these equal. */
    private final List<String> key;

    private final Function<URI, Optional<Hop>> route;

    private ProxySettings(List<String> key, Function<URI, Optional<Hop>> route) {
        this.key = key;
        this.route = route;
    }

    /** A proxy; the user is null where it wants no login. */
    private record Hop(String host, int port, String user, String password) {

        String address() {
            return host + ":" + port;
        }
    }

    /**
     * One proxy for all hosts but some.
     *
     * @param isDirect whether a host is reached without it
     * @param exceptions in words, so that equal settings are known
     * @param user null where it wants no login
     */
    public static ProxySettings of(
            String host,
            int port,
            String user,
            String password,
            String exceptions,
            Function<String, Boolean> isDirect) {
        Hop hop = new Hop(host, port, user, password);
        permitTunnels(hop);
        return new ProxySettings(
                List.of(hop.address(), String.valueOf(user), String.valueOf(password), exceptions),
                address -> Optional.of(hop).filter(any -> !isDirect.apply(address.getHost())));
    }

    /**
     * Reads {@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY}, in upper or lower case, as
     * podman and skopeo do (golang/net http/httpproxy/proxy.go), except that loopback addresses are no exception. Without
     * any, the settings of the JVM apply.
     *
     * @throws IllegalArgumentException when a value is malformed; one line without its login
     */
    public static ProxySettings of(Map<String, String> environment) {
        String all = value(environment, "ALL_PROXY");
        Optional<Hop> https = hop("HTTPS_PROXY", environment, all);
        Optional<Hop> http = hop("HTTP_PROXY", environment, all);
        NoProxy exceptions = new NoProxy(value(environment, "NO_PROXY"));
        https.ifPresent(ProxySettings::permitTunnels);
        if (https.isEmpty() && http.isEmpty()) {
            return new ProxySettings(List.of(), null);
        }
        return new ProxySettings(
                List.of(https.toString(), http.toString(), exceptions.toString()),
                address -> ("https".equalsIgnoreCase(address.getScheme()) ? https : http)
                        .filter(any -> !exceptions.matches(address)));
    }

    private static String value(Map<String, String> environment, String name) {
        String upper = environment.getOrDefault(name, "");
        return (upper.isBlank() ? environment.getOrDefault(name.toLowerCase(Locale.ROOT), "") : upper).strip();
    }

    private static Optional<Hop> hop(String name, Map<String, String> environment, String all) {
        String own = value(environment, name);
        return own.isEmpty() && all.isEmpty() ? Optional.empty() : Optional.of(parse(name, own.isEmpty() ? all : own));
    }

    private static Hop parse(String name, String text) {
        int at = text.lastIndexOf('@');
        int scheme = text.indexOf("://");
        String login = at < 0 ? "" : text.substring(scheme < 0 ? 0 : scheme + 3, at);
        String shown = (scheme < 0 ? "" : text.substring(0, scheme + 3)) + (at < 0 ? "" : "****@");
        String place = text.substring(Math.max(at + 1, scheme < 0 ? 0 : scheme + 3));
        try {
            URI address = URI.create((scheme < 0 ? "http" : text.substring(0, scheme)) + "://" + place);
            if ("http".equalsIgnoreCase(address.getScheme()) && address.getHost() != null) {
                int colon = login.indexOf(':');
                return new Hop(
                        address.getHost(),
                        address.getPort() < 0 ? DEFAULT_PORT : address.getPort(),
                        at < 0 ? null : decoded(colon < 0 ? login : login.substring(0, colon)),
                        colon < 0 ? "" : decoded(login.substring(colon + 1)));
            }
        } catch (IllegalArgumentException e) {
            // Reported below, without the login.
        }
        throw new IllegalArgumentException(name + " is not a proxy that can be used: " + Quote.of(shown + place)
                + " (expected http://[USER:PASSWORD@]HOST:PORT; a proxy of the kind https or socks cannot be used)");
    }

    /** Percent signs as they stand where they are no escapes. */
    private static String decoded(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            plain.write(low < 0 ? bytes[i] : high * 16 + low);
            i += low < 0 ? 0 : 2;
        }
        return plain.toString(StandardCharsets.UTF_8);
    }

    private static void permitTunnels(Hop hop) {
        if (hop.user() != null && System.getProperty(TUNNELS) == null) {
            System.setProperty(TUNNELS, "");
        }
    }

    /** The proxy on the way to an address, {@code HOST:PORT}; nothing where none of these settings is. */
    Optional<String> proxy(URI address) {
        return route == null ? Optional.empty() : route.apply(address).map(Hop::address);
    }

    /** What says to the proxy on the way who we are. */
    Optional<String> authorization(URI address) {
        return route == null
                ? Optional.empty()
                : route.apply(address)
                        .filter(hop -> hop.user() != null)
                        .map(hop -> "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(
                                                (hop.user() + ":" + hop.password()).getBytes(StandardCharsets.UTF_8)));
    }

    /** What to do about a proxy that does not take us. */
    String advice(URI address) {
        if (authorization(address).isEmpty()) {
            return "give it a user and a password: in HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT, in Jenkins in its proxy"
                    + " configuration";
        }
        return "https".equalsIgnoreCase(address.getScheme())
                ? "check its user and password; when they are right, Java did not send them: start it with -D" + TUNNELS
                        + "="
                : "check its user and password";
    }

    /** The passwords, which no message may show. */
    List<String> secrets() {
        return route == null
                ? List.of()
                : Stream.of("http", "https")
                        .map(scheme -> route.apply(URI.create(scheme + "://any.invalid/")))
                        .flatMap(Optional::stream)
                        .filter(hop -> hop.user() != null && !hop.password().isEmpty())
                        .flatMap(hop -> Stream.of(hop.password(), hop.user() + ":" + hop.password()))
                        .toList();
    }

    /** A client that goes through the proxy. */
    @Override
    public HttpClient.Builder get() {
        return route == null ? HttpClient.newBuilder() : HttpClient.newBuilder().proxy(new Selector());
    }

    private final class Selector extends ProxySelector {
        @Override
        public List<Proxy> select(URI address) {
            return List.of(route.apply(address)
                    .map(hop -> new Proxy(Proxy.Type.HTTP, new InetSocketAddress(hop.host(), hop.port())))
                    .orElse(Proxy.NO_PROXY));
        }

        @Override
        public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
            // The client reports it to its caller.
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProxySettings those && key.equals(those.key);
    }

    @Override
    public int hashCode() {
        return Objects.hash(key);
    }

    /** Names no login. */
    @Override
    public String toString() {
        return "proxy settings";
    }
}
