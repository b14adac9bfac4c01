package io.jenkins.plugins.dtk.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The schemas that the readers of exported documents publish; {@code report/schemas/NOTICE} says where from. */
enum PublicSchema {
    MODULE("kmm-module.json"),
    IMAGE_STREAM("imagestream.json"),
    IMAGE_SET("imagesetconfiguration.json");

    private static final String FOLDER = "/io/jenkins/plugins/dtk/report/schemas/";

    private final JsonSchema schema;

    PublicSchema(String file) {
        try (InputStream text = PublicSchema.class.getResourceAsStream(FOLDER + file)) {
            schema = JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode yaml(String text) throws IOException {
        return new YAMLMapper().readTree(text);
    }

    /** What is wrong with a document; empty when nothing is. */
    List<String> faults(JsonNode document) {
        return schema.validate(document).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }
}
