package io.jenkins.plugins.dtk.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import org.jenkinsci.plugins.workflow.actions.ThreadNameAction;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.graph.BlockEndNode;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** Pipelines of the tests. All run in the sandbox, as everybody's do. */
final class Scripts {

    /**
     * Copies the base image to where the branch's image belongs: a build that takes no time. A second try, as the
     * builder has more of them: a registry may answer 500 where two branches push the same layer at the same moment.
     */
    static final String PUSH =
            """
            sh '''
                set +x
                umask 077
                login=$(printf %s:%s "$DTK_REGISTRY_USER" "$DTK_REGISTRY_PASSWORD" | base64 -w 0)
                printf '{"auths":{"%s":{"auth":"%s"}}}' "${DTK_IMAGE%%/*}" "$login" > "login-$DTK_TAG"
                push() {
                    skopeo copy --quiet --override-arch "${DTK_PLATFORM#linux/}" --authfile "login-$DTK_TAG" \
                        --src-tls-verify=false --dest-tls-verify=false \
                        "docker://$DTK_BASE_IMAGE" "docker://$DTK_IMAGE:$DTK_TAG"
                }
                push || { sleep 1; push; }
                rm "login-$DTK_TAG"
            '''
            """;

    private Scripts() {}

    /** Computes the matrix of a library. */
    static String matrix(String image) {
        return "def matrix = dtkMatrix(releases: '4.14+', pullSecretId: 'openshift-pull-secret', image: '%s')%n"
                .formatted(image);
    }

    /** Computes the matrix of a library, and builds what it lacks by this body, on the first agent that is free. */
    static String build(String image, String body) {
        return matrix(image) + buildWithoutNode(image, "node {\n" + body + "\n}");
    }

    /** The step alone, with a body of its own choice of agent. */
    static String buildWithoutNode(String image, String body) {
        return "def result = dtkBuild(matrix: matrix, image: '%s', registryCredentialsId: 'quay-push', rhsmOrgId: 'rhsm-org', rhsmActivationKeyId: 'rhsm-activation-key') {%n%s%n}%n"
                .formatted(image, body);
    }

    /** Not of a block within it, such as that of its node. */
    static void awaitTheEndOfABranch(WorkflowRun run) throws InterruptedException {
        while (run.getExecution().getCurrentHeads().stream()
                .noneMatch(head -> head instanceof BlockEndNode<?> end
                        && end.getStartNode().getAction(ThreadNameAction.class) != null)) {
            assertThat(run.isBuilding()).isTrue();
            Thread.sleep(100);
        }
    }

    static WorkflowJob job(JenkinsRule jenkins, String name, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }
}
