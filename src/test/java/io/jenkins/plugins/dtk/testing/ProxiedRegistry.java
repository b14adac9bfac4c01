package io.jenkins.plugins.dtk.testing;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** A registry with a login that has one image, {@code acme/x:1}, over TLS and without; and a real proxy with another. */
public final class ProxiedRegistry implements AutoCloseable {

    public static final String USER = "robot";
    public static final String PASSWORD = "s3cr3t-of-the-registry";

    /** As in the file of a login, and in a request. */
    public static final String LOGIN =
            Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));

    private final RealProxy proxy;
    private final ScriptedServer registry = ScriptedServer.start();
    private final TlsProxy tls;

    /** Starts all of it with its files in a folder. */
    public ProxiedRegistry(Path folder) throws Exception {
        proxy = RealProxy.start(Files.createDirectory(folder.resolve("proxy")));
        ScriptedReply refusal = ScriptedReply.error(401, "UNAUTHORIZED", "authentication required")
                .header("WWW-Authenticate", "Basic realm=\"Registry\"");
        FakeImage content = new FakeImage().file("a", "b");
        ScriptedReply image = ScriptedReply.status(200)
                .header("Content-Type", content.mediaType())
                .header("Docker-Content-Digest", content.digest())
                .body(content.manifest());
        registry.on("GET", "/v2/", refusal);
        for (String method : List.of("GET", "HEAD")) {
            registry.on(
                    method,
                    "/v2/acme/x/manifests/1",
                    request -> ("Basic " + LOGIN).equals(request.header("Authorization")) ? image : refusal);
        }
        tls = TlsProxy.start(Files.createDirectory(folder.resolve("tls")), registry.address(), 1000);
    }

    /** The proxy. */
    public RealProxy proxy() {
        return proxy;
    }

    /** The registry without TLS, and what it was asked in both ways. */
    public ScriptedServer registry() {
        return registry;
    }

    /** The registry over TLS. */
    public TlsProxy tls() {
        return tls;
    }

    @Override
    public void close() throws Exception {
        proxy.close();
        tls.close();
        registry.close();
    }
}
