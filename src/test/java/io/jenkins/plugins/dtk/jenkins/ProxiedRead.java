package io.jenkins.plugins.dtk.jenkins;

import hudson.ProxyConfiguration;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.registry.RegistryClient;
import io.jenkins.plugins.dtk.registry.RegistryCredentials;
import io.jenkins.plugins.dtk.testing.ProxiedRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Asks for an image through the proxy that is set in Jenkins, in a process of its own. */
final class ProxiedRead {

    private ProxiedRead() {}

    /**
     * Prints whether it is there, or what went wrong.
     *
     * @param args the proxy's port, its user and password, its exceptions, the image, the authority's file, and what is
     *     reached over plain http
     */
    public static void main(String... args) throws Exception {
        ProxyConfiguration proxy =
                new ProxyConfiguration("127.0.0.1", Integer.parseInt(args[0]), args[1], args[2], args[3]);
        ImageReference image = ImageReference.parse(args[4]);
        RegistryClient client = RegistryClient.builder()
                .httpClientBuilder(JenkinsProxy.clients(proxy))
                .trustedCertificates(Files.readString(Path.of(args[5])))
                .plainHttp(Set.of(args[6]))
                .credentials(RegistryCredentials.of(image.registry(), ProxiedRegistry.USER, ProxiedRegistry.PASSWORD))
                .build();
        try {
            System.out.println("there: " + client.findManifest(image).isPresent());
        } catch (Failure e) {
            System.out.println(e.getMessage());
        }
    }
}
