package hudson;

import hudson.model.Describable;
import hudson.model.Saveable;
import hudson.util.Secret;
import java.io.IOException;
import java.io.Serializable;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The HTTP proxy that Jenkins is set to use. This process is set to none: it has the one of the JVM. */
public final class ProxyConfiguration implements Describable<ProxyConfiguration>, Saveable, Serializable {

    private static final long serialVersionUID = 1L;

    public final String name;
    public final int port;
    private final String userName;
    private final String noProxyHost;
    private final transient Secret secretPassword;

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

    /** One pattern for each host name, in which {@code *} stands for anything. */
    public List<Pattern> getNoProxyHostPatterns() {
        return Stream.of(noProxyHost == null ? new String[0] : noProxyHost.split("[ \t\n,|]+"))
                .map(host -> Pattern.compile(host.replace(".", "\\.").replace("*", ".*")))
                .toList();
    }

    /** The proxy for a host: none for one that needs none. */
    public Proxy createProxy(String host) {
        boolean direct = host != null
                && getNoProxyHostPatterns().stream()
                        .anyMatch(pattern -> pattern.matcher(host).matches());
        return direct ? Proxy.NO_PROXY : new Proxy(Proxy.Type.HTTP, new InetSocketAddress(name, port));
    }

    /** This configuration lives as long as the process, so there is nothing to write. */
    @Override
    public void save() throws IOException {}

    /** A client that goes through the proxy of the JVM. */
    public static HttpClient.Builder newHttpClientBuilder() {
        return HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(20));
    }
}
