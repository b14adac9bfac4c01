package io.jenkins.plugins.dtk.cli;

import io.jenkins.plugins.dtk.embedded.EmbeddedEngine;
import io.jenkins.plugins.dtk.embedded.RunOutcome;
import io.jenkins.plugins.dtk.failure.Failure;
import io.jenkins.plugins.dtk.jenkins.DtkConfiguration;
import io.jenkins.plugins.dtk.oci.ImageReference;
import io.jenkins.plugins.dtk.registry.RegistryCredentials;
import io.jenkins.plugins.dtk.site.SiteSettings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The steps of the plugin with this machine as the one agent: what a pipeline with nothing else in it does. Its
 * parameters are texts; one that is not given is none. Its secrets have the ids of their parameters.
 */
final class LocalSteps {

    private static final String DECLARED =
            "properties([parameters(names.collect { string(name: it, defaultValue: '') })])\n";

    private static final String TOOLKITS =
            """
            def names = ['matrix', 'image', 'registry', 'rhsm-org', 'rhsm-activation-key', 'rhsm-certificate', 'rhsm',
                         'builder', 'extraPackages', 'extraRepositories', 'rebuild', 'limit', 'sbom']
            """
                    + DECLARED
                    + """
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

    /** The files of a driver may be anywhere on this machine: for its builds all of that is the workspace. */
    private static final String DRIVERS =
            """
            def names = ['matrix', 'image', 'registry', 'pull-secret', 'builder', 'rebuild', 'limit', 'containerfile',
                         'context', 'buildContexts', 'buildArgs', 'target', 'secrets', 'fit', 'symvers', 'signing-key',
                         'signing-certificate', 'signCommand', 'filesToSign']
            """
                    + DECLARED
                    + """
                    try {
                        dtkBuild(matrix: params.matrix, image: params.image, registryCredentialsId: params.registry,
                                 pullSecretId: params['pull-secret'], builder: params.builder, rebuild: params.rebuild,
                                 limit: params.limit as int) {
                            node(env.DTK_ARCH) {
                                withEnv(['WORKSPACE=/']) {
                                    dtkImage(containerfile: params.containerfile, context: params.context,
                                             buildContexts: params.buildContexts, buildArgs: params.buildArgs,
                                             target: params.target, secrets: params.secrets, fit: params.fit,
                                             symvers: params.symvers.readLines(), signingKeyId: params['signing-key'],
                                             signingCertificateId: params['signing-certificate'],
                                             signCommand: params.signCommand, filesToSign: params.filesToSign.readLines())
                                }
                            }
                        }
                    } catch (hudson.AbortException e) {
                        echo e.message
                    }
                    return dtkReport().json
                    """;

    private final ImageReference repository;
    private final EmbeddedEngine engine;
    private final Map<String, String> parameters = new TreeMap<>();

    private LocalSteps(String pipeline, String job, ImageReference repository, SiteSettings settings, String rhsmUrl) {
        this.repository = repository;
        engine = EmbeddedEngine.ofText(pipeline, Path.of(""));
        engine.configuration(DtkConfiguration.of(settings, rhsmUrl));
        engine.jobName(job);
        choice("image", repository.name());
    }

    /**
     * Builds toolkits; the outcome's value is what {@code dtkBuild} returned.
     *
     * @param rhsmUrl the subscription service's address; null means Red Hat's
     */
    static LocalSteps toolkits(ImageReference repository, SiteSettings settings, String rhsmUrl) {
        return new LocalSteps(TOOLKITS, "toolkits", repository, settings, rhsmUrl);
    }

    /** Builds images of a driver; the outcome's value is the JSON of {@code dtkReport}. */
    static LocalSteps drivers(ImageReference repository, SiteSettings settings) {
        return new LocalSteps(DRIVERS, "drivers", repository, settings, null);
    }

    /**
     * A secret of the builds.
     *
     * @param id and parameter of the pipeline
     * @param value the text, or {@code @FILE} for the text in a file
     * @throws IllegalArgumentException when the file cannot be read; one line
     */
    LocalSteps secret(String id, String value) {
        engine.credential(id, value);
        return choice(id, id);
    }

    /**
     * Pushes with the login for the library, where there is one.
     *
     * @throws IllegalArgumentException when it is no user with password; one line
     */
    LocalSteps login(RegistryCredentials logins) {
        logins.password(repository).ifPresent(login -> secret("registry", login));
        return this;
    }

    /** @throws IllegalArgumentException when there would be none; one line */
    LocalSteps executors(int executors) {
        engine.executors(executors);
        return this;
    }

    /** A parameter of the pipeline. */
    LocalSteps choice(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    /** Runs it to its end. */
    RunOutcome run(PrintStream log) throws Failure {
        parameters.forEach(engine::parameter);
        return RunCommand.outcome(engine.output(log));
    }
}
