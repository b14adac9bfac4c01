package hudson;

import hudson.model.Describable;
import hudson.model.Saveable;
import hudson.util.Secret;
import java.io.IOException;
import java.io.Serializable;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/** The HTTP proxy that Jenkins is set to use, and the HTTP clients that go through it. */
public final class ProxyConfiguration implements Describable<ProxyConfiguration>, Saveable, Serializable {

    private static final long serialVersionUID = 1L;

    public final String name;
    public final int port;
    private final String userName;
    private final String noProxyHost;
    private transient Secret secretPassword;

    public ProxyConfiguration(String name, int port) {
        this(name, port, null, null, null);
    }

    /** @param noProxyHost host patterns that need no proxy, one a line or with a space or comma between; may be null */
    public ProxyConfiguration(String name, int port, String userName, String password, String noProxyHost) {
        this.name = Util.fixEmptyAndTrim(name);
        this.port = port;
        this.userName = Util.fixEmptyAndTrim(userName);
        this.secretPassword = Secret.fromString(password);
        this.noProxyHost = Util.fixEmptyAndTrim(noProxyHost);
    }

    public String getName() {
        return name;
    }

    public int getPort() {
        return port;
    }

    public String getUserName() {
        return userName;
    }

    public Secret getSecretPassword() {
        return secretPassword;
    }

    public void setSecretPassword(Secret password) {
        this.secretPassword = password;
    }

    public List<Pattern> getNoProxyHostPatterns() {
        return getNoProxyHostPatterns(noProxyHost);
    }

    /** One pattern for each host name, in which {@code *} stands for anything. */
    public static List<Pattern> getNoProxyHostPatterns(String noProxyHost) {
        return Stream.of(Util.fixNull(noProxyHost).split("[ \t\n,|]+"))
                .filter(host -> !host.isEmpty())
                .map(host -> Pattern.compile(host.replace(".", "\\.").replace("*", ".*")))
                .collect(Collectors.toList());
    }

    /** The proxy for a host: none for one that needs none. */
    public Proxy createProxy(String host) {
        if (host != null
                && getNoProxyHostPatterns().stream()
                        .anyMatch(pattern -> pattern.matcher(host).matches())) {
            return Proxy.NO_PROXY;
        }
        return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(name, port));
    }

    /** This configuration lives as long as the process, so there is nothing to write. */
    @Override
    public void save() throws IOException {}

    /** A client that goes through the proxy that is set, or through the one that the JVM is told of. */
    public static HttpClient newHttpClient() {
        return newHttpClientBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    /** Like {@link #newHttpClient}, for the caller to finish. */
    public static HttpClient.Builder newHttpClientBuilder() {
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(20));
        ProxyConfiguration proxy = Jenkins.get().getProxy();
        if (proxy == null || proxy.name == null) {
            return builder;
        }
        if (proxy.userName != null) {
            builder.authenticator(proxy.authenticator());
        }
        return builder.proxy(proxy.selector());
    }

    /** A request to an address. */
    public static HttpRequest.Builder newHttpRequestBuilder(URI uri) {
        return HttpRequest.newBuilder(uri);
    }

    private ProxySelector selector() {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return List.of(createProxy(uri.getHost()));
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                // The client reports the failure to its caller.
            }
        };
    }

    private Authenticator authenticator() {
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                boolean ours = getRequestorType() == RequestorType.PROXY;
                String password = Secret.toString(secretPassword);
                return ours ? new PasswordAuthentication(userName, password.toCharArray()) : null;
            }
        };
    }
}
