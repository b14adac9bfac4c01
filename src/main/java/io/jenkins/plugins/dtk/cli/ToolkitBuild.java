package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.embedded.EmbeddedEngine;
import io.jenkins.plugins.dtk.embedded.RunOutcome;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.jenkins.DtkConfiguration;
import io.jenkins.plugins.dtk.matrix.KernelMatrix;
import io.jenkins.plugins.dtk.matrix.MatrixJson;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.registry.RegistryCredentials;
import io.jenkins.plugins.dtk.site.SiteSettings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The steps of the plugin with this machine as the one agent: what a pipeline with nothing else in it does. */
final class ToolkitBuild {

    /** Its secrets have the ids of their parameters. Credentials and choices that are empty are none, as in a form. */
    private static final String PIPELINE =
            """
            def names = ['matrix', 'image', 'registry', 'rhsm-org', 'rhsm-activation-key', 'rhsm-certificate', 'rhsm',
                         'builder', 'extraPackages', 'extraRepositories', 'rebuild', 'limit', 'sbom']
            properties([parameters(names.collect { string(name: it, defaultValue: '') })])
            dtkBuild(matrix: params.matrix, image: params.image, registryCredentialsId: params.registry,
                     rhsmOrgId: params['rhsm-org'], rhsmActivationKeyId: params['rhsm-activation-key'],
                     rhsmCertificateId: params['rhsm-certificate'], rhsm: params.rhsm, builder: params.builder,
                     extraPackages: params.extraPackages, extraRepositories: params.extraRepositories,
                     rebuild: params.rebuild, limit: params.limit as int, sbom: params.sbom == 'true') {
                node(env.DTK_ARCH) {
                    dtkImage()
                }
            }
            """;

    private final ImageReference repository;
    private final EmbeddedEngine engine = EmbeddedEngine.ofText(PIPELINE, Path.of(""));
    private final Map<String, String> parameters = new TreeMap<>();

    /** @param rhsmUrl the subscription service's address; null means Red Hat's */
    ToolkitBuild(ImageReference repository, SiteSettings settings, String rhsmUrl) {
        this.repository = repository;
        engine.configuration(DtkConfiguration.of(settings, rhsmUrl));
        engine.jobName("toolkits");
    }

    /**
     * A secret of the builds.
     *
     * @param id and parameter of the pipeline
     * @param value the text, or {@code @FILE} for the text in a file
     * @throws IllegalArgumentException when the file cannot be read; one line
     */
    ToolkitBuild secret(String id, String value) {
        engine.credential(id, value);
        parameters.put(id, id);
        return this;
    }

    /**
     * Pushes with the login for the library, where there is one.
     *
     * @throws IllegalArgumentException when it is no user with password; one line
     */
    ToolkitBuild login(RegistryCredentials logins) {
        logins.password(repository).ifPresent(login -> secret("registry", login));
        return this;
    }

    ToolkitBuild executors(int executors) {
        engine.executors(executors);
        return this;
    }

    /** A parameter of dtkBuild. */
    ToolkitBuild choice(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    /** Builds what a matrix says is to be built; the outcome's value is what dtkBuild returned. */
    RunOutcome run(KernelMatrix matrix, PrintStream log) throws Failure {
        parameters.put("matrix", MatrixJson.write(matrix));
        parameters.put("image", repository.name());
        parameters.forEach(engine::parameter);
        return RunCommand.outcome(engine.output(log));
    }
}
