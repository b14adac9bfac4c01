package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the .hpi of the default build says of itself is what the one that is built as Jenkins does says. */
class ManifestTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Short-Name",
                "Long-Name",
                "Url",
                "Artifact-Id",
                "Plugin-License-Name",
                "Plugin-License-Url",
                "Plugin-Developers",
                "Plugin-ScmConnection",
                "Plugin-ScmUrl"
            })
    void isTheSame(String name) throws Exception {
        assertThat(ofTheDefaultBuild().get(name)).as(name).isEqualTo(ofThisBuild().getValue(name));
    }

    @Test
    void needsTheSamePlugins() throws Exception {
        assertThat(plugins(ofTheDefaultBuild().get("Plugin-Dependencies")))
                .containsExactlyInAnyOrderElementsOf(plugins(ofThisBuild().getValue("Plugin-Dependencies")));
    }

    private static List<String> plugins(String dependencies) {
        return Arrays.stream(dependencies.split(","))
                .map(dependency -> dependency.substring(0, dependency.indexOf(':')))
                .toList();
    }

    private static Attributes ofThisBuild() throws Exception {
        try (InputStream in = ManifestTest.class.getResourceAsStream("/the.hpl")) {
            return new Manifest(in).getMainAttributes();
        }
    }

    private static Map<String, String> ofTheDefaultBuild() throws Exception {
        try (InputStream in = ManifestTest.class.getResourceAsStream("build.xml")) {
            NodeList attributes = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(in)
                    .getElementsByTagName("attribute");
            Map<String, String> manifest = new HashMap<>();
            for (int i = 0; i < attributes.getLength(); i++) {
                Element attribute = (Element) attributes.item(i);
                manifest.put(attribute.getAttribute("name"), attribute.getAttribute("value"));
            }
            return manifest;
        }
    }
}
