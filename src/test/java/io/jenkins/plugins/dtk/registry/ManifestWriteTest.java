package io.jenkins.plugins.dtk.registry;

import static io.jenkins.plugins.dtk.registry.Scripted.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.oci.ImageIndex;
import io.jenkins.plugins.dtk.oci.MediaType;
import io.jenkins.plugins.dtk.testing.ScriptedReply;
import io.jenkins.plugins.dtk.testing.ScriptedServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A manifest that is written")
class ManifestWriteTest {

    private static final String PATH = "/v2/acme/x/manifests/1";
    private static final ImageIndex INDEX = ImageIndex.of(MediaType.OCI_INDEX, List.of(), Map.of());

    @AutoClose
    private final ScriptedServer server = ScriptedServer.start();

    private final RegistryClient client = Scripted.client(server).build();

    @Test
    void isWrittenAgainWhenTheRegistryDoubtsADigestThatIsRight() throws Exception {
        ScriptedReply doubt = ScriptedReply.error(400, "DIGEST_INVALID", "provided digest did not match");
        server.on("PUT", PATH, ScriptedReply.status(201)).on("PUT", PATH, 2, request -> doubt);
        client.putManifest(image(server, "acme/x:1"), INDEX);
        assertThat(server.count("PUT", PATH)).isEqualTo(3);
    }

    @ParameterizedTest(name = "with {0} {1} is refused at once")
    @CsvSource({
        "400, MANIFEST_INVALID",
        "400, MANIFEST_BLOB_UNKNOWN",
        "403, DENIED",
        "405, UNSUPPORTED",
        "413, SIZE_INVALID"
    })
    void isNotWrittenAgainWhenTheRegistryRefusesIt(int status, String code) {
        server.on("PUT", PATH, ScriptedReply.error(status, code, "no"));
        Failure failure =
                catchThrowableOfType(Failure.class, () -> client.putManifest(image(server, "acme/x:1"), INDEX));
        assertThat(failure)
                .hasMessageStartingWith("Tried to write the manifest of " + server.address() + "/acme/x:1 but failed")
                .hasMessageContaining(code);
        assertThat(server.count("PUT", PATH)).isEqualTo(1);
    }
}
