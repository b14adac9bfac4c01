package io.jenkins.plugins.dtk.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.dtk.kernel.Architecture;
import io.jenkins.plugins.dtk.testing.Parts;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphServerTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @AutoClose
    private static DockerRegistry registry;

    private static PublishedWorld published;

    @AutoClose
    private static GraphServer graph;

    @BeforeAll
    static void start() throws Exception {
        Parts.need("docker-registry");
        registry = DockerRegistry.start();
        published = OpenShiftWorld.demo().publish(registry);
        graph = GraphServer.start(published);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "channel=candidate-4.9, 4.8.2",
        "channel=candidate-4.15, 4.14.7 4.14.8 4.14.19 4.14.20 4.15.6 4.15.7 4.15.9",
        "channel=candidate-4.15&arch=arm64, 4.14.7 4.14.8 4.14.19 4.14.20 4.15.6 4.15.7 4.15.9",
        "channel=candidate-4.13&arch=multi, 4.12.0-rc.4 4.12.25 4.12.26 4.12.27 4.12.28 4.13.0-rc.8",
        "channel=candidate-4.8&arch=arm64, ''",
        "channel=candidate-4.8, 4.8.2",
        "channel=stable-4.20, 4.18.6 4.19.35 4.20.26",
        "channel=unknown, ''",
        "channel=candidate-4.8&arch=riscv64, ''",
    })
    void aChannelHasItsReleasesAndEarlierOnesThatUpdateToThem(String query, String versions) throws Exception {
        JsonNode answer = JSON.readTree(get("?" + query, "application/json").body());
        assertThat(String.join(" ", answer.get("nodes").findValuesAsText("version")))
                .isEqualTo(versions);
    }

    @Test
    void aNodeGivesItsPayloadByDigest() throws Exception {
        JsonNode node = JSON
                .readTree(get("?channel=candidate-4.22&arch=arm64", null).body())
                .at("/nodes")
                .findParents("version")
                .stream()
                .filter(candidate -> candidate.get("version").asText().equals("4.22.11"))
                .findFirst()
                .orElseThrow();
        String digest = published.payload("4.22.11", Architecture.AARCH64).orElseThrow();
        assertThat(node.at("/payload").asText()).isEqualTo("quay.io/openshift-release-dev/ocp-release@" + digest);
        assertThat(node.at("/metadata/io.openshift.upgrades.graph.release.channels")
                        .asText())
                .isEqualTo("candidate-4.22,candidate-5.0");
    }

    @Test
    void edgesLeadFromNodeToNode() throws Exception {
        JsonNode answer = JSON.readTree(get("?channel=candidate-4.15", null).body());
        assertThat(answer.get("edges").toString()).isEqualTo("[[0,1],[1,2],[2,3],[3,4],[4,5],[5,6]]");
        assertThat(answer.at("/conditionalEdges/0/edges/0").toString())
                .isEqualTo("{\"from\":\"4.14.7\",\"to\":\"4.14.19\"}");
        assertThat(answer.at("/conditionalEdges/0/risks/0/matchingRules/0/type").asText())
                .isEqualTo("Always");
    }

    @ParameterizedTest(name = "{0}, Accept: {1}: status {2}")
    @CsvSource({
        "'', application/json, 400, missing_params",
        "?arch=amd64, application/json, 400, missing_params",
        "?channel=Candidate_4, application/json, 400, invalid_params",
        "?channel=candidate-4.8&arch=a/b, application/json, 400, invalid_params",
        "?channel=candidate-4.8, text/html, 406, invalid_content_type",
        "/else?channel=candidate-4.8, application/json, 404, does_not_exist",
    })
    void aWrongQuestionGetsAnErrorInJson(String question, String accept, int status, String kind) throws Exception {
        HttpResponse<String> response = get(question, accept);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(JSON.readTree(response.body()).get("kind").asText()).isEqualTo(kind);
        assertThat(JSON.readTree(response.body()).get("value").asText()).isNotEmpty();
    }

    @Test
    void itListsWhatItWasAsked() throws Exception {
        int before = graph.requests().size();
        get("?channel=candidate-4.14&arch=amd64", null);
        assertThat(graph.requests().subList(before, graph.requests().size()))
                .containsExactly("/graph?channel=candidate-4.14&arch=amd64");
    }

    private static HttpResponse<String> get(String question, String accept) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(graph.url() + question));
        if (accept != null) {
            request.header("Accept", accept);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
