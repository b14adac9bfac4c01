package io.jenkins.plugins.dtk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes in a step's arguments: each gets one line that says what is wrong and what to do, and no stack trace. */
public interface StepMistakes extends PipelineDriver {

    /** Where the site's registry listens, {@code HOST:PORT}. */
    String registry();

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            a range that is none             | dtkMatrix(releases: '4.x')                                        | dtkMatrix: not a range of releases: '4.x' ('4.x' is no release line; write 4.12+
            a range in words                 | dtkMatrix(releases: 'newest')                                     | dtkMatrix: not a range of releases: 'newest' ('newest' is no release line; write 4.12+, 4.12-4.16, 4.14, 4.14.3 or a comma list of these)
            a range with a leading zero      | dtkMatrix(releases: '4.016')                                      | dtkMatrix: not a range of releases: '4.016'
            an unknown architecture          | dtkMatrix(architectures: ['sparc'])                               | dtkMatrix: unknown architecture 'sparc'
            an architecture left out         | dtkMatrix(architectures: 'x86_64,,arm64')                         | dtkMatrix: not a list: '' (a part is empty)
            an empty architecture            | dtkMatrix(architectures: ['x86_64', ''])                          | dtkMatrix: not a list: '' (a part is empty)
            an empty platform                | dtkTagExists(image: 'q.io/a/b', tag: 'x', platforms: 'x86_64,')   | dtkTagExists: 'platforms' is unknown architecture ''
            an unknown channel               | dtkMatrix(channel: 'beta')                                        | dtkMatrix: not a channel: 'beta'
            a release that does not exist    | dtkMatrix(releases: '4.12.99', pullSecretId: 'openshift-pull-secret') | dtkMatrix: release 4.12.99 does not exist for [x86_64, aarch64]: it is in no channel of the update graph, and quay.io/openshift-release-dev/ocp-release has no tag of it
            no credential of that ID         | dtkMatrix(pullSecretId: 'pull')                                   | pullSecretId: there is no credential with the ID 'pull' that this build may use; add one of the kind secret file or secret text, or correct the ID
            a pull secret that is no JSON    | dtkMatrix(pullSecretId: 'rhsm-org')                               | pullSecretId: credential 'rhsm-org' is not usable JSON
            a text for a login               | dtkTagExists(image: 'quay.io/a/b', tag: '1', registryCredentialsId: 'rhsm-org') | registryCredentialsId: credential 'rhsm-org' is of the wrong kind (secret text); a user name with password is needed
            an image with a tag              | dtkMatrix(image: 'quay.io/acme/dtk:1')                            | dtkMatrix: 'image' is 'quay.io/acme/dtk:1', with a tag or digest; name the repository alone, HOST/REPO
            an image without a host          | dtkTagExists(image: 'acme/dtk', tag: 'x')                         | dtkTagExists: 'image' is not an image reference
            a tag that is none               | dtkTagExists(image: 'quay.io/acme/dtk', tag: 'a b')               | dtkTagExists: 'tag' is 'a b', which is no image tag
            a registry that is not there     | dtkTagExists(image: '127.0.0.1:1/acme/dtk', tag: 'x')             | dtkTagExists: Tried to look up 127.0.0.1:1/acme/dtk:x but failed because: cannot connect to 127.0.0.1:1
            no login                         | dtkTagExists(image: 'quay.io/acme/dtk', tag: '1')                 | dtkTagExists: Tried to look up quay.io/acme/dtk:1 but failed because:
            a login that is refused          | dtkTagExists(image: 'quay.io/acme/dtk', tag: 'x', registryCredentialsId: 'quay-wrong') | dtkTagExists: Tried to look up quay.io/acme/dtk:x but failed because: REGISTRY refused the credentials
            no matrix                        | dtkBuild(matrix: [:], image: 'quay.io/acme/dtk') { }              | dtkBuild: not a matrix: it has no list 'versions'
            a number for the matrix          | dtkBuild(matrix: 5, image: 'q.io/a/b') { }                        | dtkBuild: 'matrix' is missing or no map; pass what dtkMatrix returns
            a name for the matrix            | dtkBuild(matrix: 'none', image: 'quay.io/acme/dtk') { }           | dtkBuild: 'matrix' is the text 'none'; for the variable of this name, leave out the quotes in the script: matrix: none
            a matrix of another library      | dtkBuild(matrix: [versions: [[rhel: '9.2', kernel: '5.14.0-284.45.1.el9_2', archs: 'linux/amd64', baseImage: 'quay.io/a/b:1']]], image: 'quay.io/acme/dtk') { } | dtkBuild: the matrix does not say what the library lacks
            half of the RHSM credentials     | dtkBuild(matrix: [versions: []], image: 'quay.io/acme/dtk', rhsmOrgId: 'rhsm-org') { } | dtkBuild: rhsmOrgId and rhsmActivationKeyId go together; rhsmActivationKeyId is missing
            half of them and a text          | dtkBuild(matrix: '{}', image: 'quay.io/acme/dtk', rhsmOrgId: 'x') { } | dtkBuild: rhsmOrgId and rhsmActivationKeyId go together; rhsmActivationKeyId is missing
            an unknown builder               | dtkBuild(matrix: [versions: []], image: 'quay.io/acme/dtk', builder: 'kaniko') { } | dtkBuild: 'builder' is 'kaniko'; use podman, buildah or docker
            two ways to a subscription       | dtkBuild(matrix: [versions: []], image: 'quay.io/acme/dtk', rhsmOrgId: 'a', rhsmActivationKeyId: 'b', rhsmCertificateId: 'c') { } | dtkBuild: rhsmOrgId and rhsmCertificateId exclude each other
            a certificate that is none       | dtkBuild(matrix: [versions: []], image: 'quay.io/acme/dtk', rhsmCertificateId: 'rhsm-org') { } | rhsmCertificateId: credential 'rhsm-org' holds no certificate with its private key in PEM
            a run's system and a certificate | dtkBuild(matrix: [versions: []], image: 'quay.io/acme/dtk', rhsm: 'per-run', rhsmCertificateId: 'c') { } | dtkBuild: rhsm: 'per-run' and rhsmCertificateId exclude each other
            a run's system without a key     | dtkBuild(matrix: [versions: []], image: 'quay.io/acme/dtk', rhsm: 'per-run') { } | dtkBuild: rhsm: 'per-run' registers a system: give it rhsmOrgId and rhsmActivationKeyId
            an unknown way to register       | dtkBuild(matrix: [versions: []], image: 'quay.io/acme/dtk', rhsm: 'once') { } | dtkBuild: 'rhsm' is 'once'; use per-image or per-run
            an extra package that is none    | dtkBuild(matrix: [versions: []], image: 'quay.io/acme/dtk', extraPackages: '-y') { } | dtkBuild: 'extraPackages' has the item '-y'
            an unknown way to rebuild        | dtkBuild(matrix: [versions: []], image: 'quay.io/acme/dtk', rebuild: 'always') { } | dtkBuild: 'rebuild' is 'always'; use one of missing, stale, all
            a limit below zero               | dtkBuild(matrix: [versions: []], image: 'quay.io/acme/dtk', limit: -1) { } | dtkBuild: 'limit' is -1
            an unknown policy                | dtkBuild(matrix: [versions: []], image: 'quay.io/acme/dtk', incomplete: 'drop') { } | dtkBuild: 'incomplete' is 'drop'; use publish or hold
            an unknown outcome of failures   | dtkBuild(matrix: [versions: []], image: 'quay.io/acme/dtk', onFailure: 'ignore') { } | dtkBuild: 'onFailure' is 'ignore'; use unstable or failure
            no range to verify               | dtkVerify(releases: '4.x')                                        | dtkVerify: not a range of releases: '4.x'
            no architecture to verify        | dtkVerify(architectures: ['sparc'])                               | dtkVerify: unknown architecture 'sparc'
            an unknown outcome               | dtkVerify(onMismatch: 'ignore')                                   | dtkVerify: 'onMismatch' is 'ignore'; use failure, unstable or report
            another unknown outcome          | dtkVerify(onUnknown: 'ignore')                                    | dtkVerify: 'onUnknown' is 'ignore'; use failure, unstable or report
            an unknown way to find           | dtkVerify(discovery: 'guess')                                     | dtkVerify: 'discovery' is 'guess'; use graph, tags or both
            the library alone, unnamed       | dtkVerify(libraryOnly: true)                                      | dtkVerify: 'image' is missing
            a tag to verify                  | dtkVerify(image: 'quay.io/acme/dtk:1')                            | dtkVerify: 'image' is 'quay.io/acme/dtk:1', with a tag or digest
            no such release to verify        | dtkVerify(releases: '4.14.99', pullSecretId: 'openshift-pull-secret') | dtkVerify: release 4.14.99 does not exist
            no credential to verify with     | dtkVerify(pullSecretId: 'nope')                                   | pullSecretId: there is no credential with the ID 'nope'
            a number for text                | dtkMatrix(releases: 4.16)                                         | dtkMatrix: 'releases' takes text, not the number 4.16; write it in quotes: '4.16'
            a word for true or false         | dtkMatrix(preReleases: 'yes')                                     | dtkMatrix: 'preReleases' takes true or false, not the text 'yes'
            a number for a list              | dtkVerify(architectures: 5)                                       | dtkVerify: 'architectures' takes a list of texts, or one text with commas, not the number 5
            a map for a list                 | dtkTagExists(image: 'q.io/a/b', tag: '1', platforms: [a: 'b'])    | dtkTagExists: 'platforms' takes a list of texts, or one text with commas, not the map
            a list for text                  | dtkTagExists(image: ['a'], tag: '1')                              | dtkTagExists: 'image' takes text, not a list [a]
            a word for a number              | dtkBuild(matrix: [:], image: 'q.io/a/b', limit: 'many') { }       | dtkBuild: 'limit' takes a whole number, not the text 'many'
            a parameter with a typo          | dtkMatrix(release: '4.16')                                        | dtkMatrix: unknown parameter 'release' (did you mean 'releases'?); dtkMatrix takes architectures, baseImage, channel
            a plural                         | dtkTagExists(image: 'a/b', tags: 'x')                             | dtkTagExists: unknown parameter 'tags' (did you mean 'tag'?)
            a letter left out                | dtkBuild(matrx: [:], image: 'a/b') { }                            | dtkBuild: unknown parameter 'matrx' (did you mean 'matrix'?)
            one text for a list              | dtkMatrix(releases: '4.x', architectures: 'x86_64')               | dtkMatrix: not a range of releases: '4.x'
            one text in a GString            | def a = 'arm64'; dtkMatrix(releases: '4.x', architectures: "${a}") | dtkMatrix: not a range of releases: '4.x'
            dtkImage outside of a block      | node { dtkImage() }                                               | dtkImage builds the image of a branch of dtkBuild: put it into its block
            """)
    default void aMistakeGetsOneLineThatSaysWhatIsWrong(String what, String call, String message) throws Exception {
        Ran run = ended(call);

        assertThat(run.result()).as(run.log()).isEqualTo("FAILURE");
        assertThat(run.error()).startsWith("ERROR: " + message.replace("REGISTRY", registry()));
        assertThat(run.log()).doesNotContain("not-the-password");
    }
}
