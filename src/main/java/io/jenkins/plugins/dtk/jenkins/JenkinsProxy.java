package io.jenkins.plugins.dtk.jenkins;

import hudson.ProxyConfiguration;
import hudson.util.Secret;
import io.jenkins.plugins.dtk.http.ProxySettings;
import java.net.Proxy;
import java.net.http.HttpClient;
import java.util.function.Supplier;
import jenkins.model.Jenkins;

/**
 * The proxy of Jenkins' own configuration, with its login. The clients that Jenkins makes for a proxy with a login drop
 * what we say to registries of who we are, so this makes them itself.
 */
final class JenkinsProxy {

    private JenkinsProxy() {}

    /** Makes clients that go through the proxy that is set now, or through the one of the JVM. */
    static Supplier<HttpClient.Builder> clients() {
        return clients(Jenkins.get().getProxy());
    }

    /** @param proxy null for none */
    static Supplier<HttpClient.Builder> clients(ProxyConfiguration proxy) {
        if (proxy == null || proxy.getName() == null || proxy.getName().isBlank()) {
            return ProxyConfiguration::newHttpClientBuilder;
        }
        String user = proxy.getUserName() == null || proxy.getUserName().isBlank() ? null : proxy.getUserName();
        return ProxySettings.of(
                proxy.getName(),
                proxy.getPort(),
                user,
                user == null ? "" : Secret.toString(proxy.getSecretPassword()),
                proxy.getNoProxyHostPatterns().toString(),
                host -> proxy.createProxy(host).type() == Proxy.Type.DIRECT);
    }
}
