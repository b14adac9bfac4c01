package io.jenkins.plugins.dtk.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/** nginx in front of a registry: TLS with HTTP/2, as most registries are reached. */
public final class TlsProxy implements AutoCloseable {

    private static final String CONFIGURATION =
            """
            daemon off;
            pid DIR/pid;
            error_log DIR/error.log;
            events {}
            http {
              log_format numbered '$connection $request $status';
              access_log DIR/access.log numbered;
              client_body_temp_path DIR/body;
              proxy_temp_path DIR/proxy;
              fastcgi_temp_path DIR/fastcgi;
              uwsgi_temp_path DIR/uwsgi;
              scgi_temp_path DIR/scgi;
              keepalive_requests REQUESTS;
              server {
                listen 127.0.0.1:PORT ssl http2;
                ssl_certificate DIR/certificate.pem;
                ssl_certificate_key DIR/key.pem;
                location / {
                  proxy_pass http://BACKEND;
                  proxy_set_header Host $http_host;
                  proxy_set_header X-Forwarded-Proto https;
                }
              }
            }
            """;

    private final Path folder;
    private final SelfSigned identity;
    private final LoopbackProgram program;

    private TlsProxy(Path folder, SelfSigned identity, LoopbackProgram program) {
        this.folder = folder;
        this.identity = identity;
        this.program = program;
    }

    /**
     * Starts it.
     *
     * @param backend {@code HOST:PORT} that it passes all requests to, over plain http
     * @param requestsPerConnection after so many it closes a connection
     */
    public static TlsProxy start(Path folder, String backend, int requestsPerConnection)
            throws IOException, InterruptedException, GeneralSecurityException {
        SelfSigned identity = SelfSigned.create(folder, "ip:127.0.0.1");
        Files.writeString(folder.resolve("certificate.pem"), identity.certificate());
        Files.writeString(folder.resolve("key.pem"), identity.key());
        int port = LoopbackProgram.freePort();
        Path file = Files.writeString(
                folder.resolve("nginx.conf"),
                CONFIGURATION
                        .replace("DIR", folder.toString())
                        .replace("REQUESTS", String.valueOf(requestsPerConnection))
                        .replace("PORT", String.valueOf(port))
                        .replace("BACKEND", backend));
        String early = folder.resolve("error.log").toString();
        return new TlsProxy(
                folder, identity, LoopbackProgram.start(folder, port, "nginx", "-c", file.toString(), "-e", early));
    }

    /** Where it listens: {@code 127.0.0.1:PORT}. */
    public String address() {
        return program.address();
    }

    /** The certificate of its authority, in PEM. */
    public String certificate() throws GeneralSecurityException {
        return identity.certificate();
    }

    /** What it was asked. */
    public String log() throws IOException {
        return Files.readString(folder.resolve("access.log"));
    }

    @Override
    public void close() throws InterruptedException {
        program.close();
    }
}
