// Run by the Jenkins that 'mvn -f jenkins/pom.xml hpi:run' starts, once: a job to look at and the example to change.
import com.cloudbees.plugins.credentials.CredentialsScope
import com.cloudbees.plugins.credentials.SystemCredentialsProvider
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl
import hudson.util.Secret
import io.jenkins.plugins.dtk.jenkins.DtkConfiguration
import jenkins.model.Jenkins
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition
import org.jenkinsci.plugins.workflow.job.WorkflowJob

def jenkins = Jenkins.get()
if (jenkins.getItem('look') != null) {
    return
}

// What Jenkinsfile.example names. The values are no one's: put yours in their place to run it.
def credentials = SystemCredentialsProvider.instance.credentials
credentials << new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, 'quay-push', 'may push', 'user', 'password')
for (id in ['openshift-pull-secret', 'rhsm-org', 'rhsm-activation-key']) {
    credentials << new StringCredentialsImpl(CredentialsScope.GLOBAL, id, 'an example', Secret.fromString('{"auths":{}}'))
}
SystemCredentialsProvider.instance.save()
DtkConfiguration.get().plainHttpRegistries = ['localhost:5000']
jenkins.labelString = 'podman x86_64 aarch64'
jenkins.save()

def pipeline(String name, String text) {
    def job = Jenkins.get().createProject(WorkflowJob, name)
    job.definition = new CpsFlowDefinition(text, true)
    job.save()
    return job
}

pipeline('driver-toolkit', new File(jenkins.rootDir, 'Jenkinsfile.example').text)
// Needs no account and no network: its images fail, with a reason, unless a registry is on port 5000.
pipeline('look', '''
def versions = ['5.14.0-284.45.1.el9_2', '5.14.0-427.61.1.el9_4', '5.14.0-570.122.1.el9_6'].collect { kernel ->
    [rhel: '9.' + kernel[-1], kernel: kernel, archs: 'linux/amd64,linux/arm64', stream: 'rhel-9', releases: ['4.17.22'],
     missing: ['linux/amd64', 'linux/arm64'], baseImage: 'localhost:5000/ubi9/ubi:9']
}
dtkBuild(matrix: [versions: versions], image: 'localhost:5000/acme/driver-toolkit') {
    node("podman && ${env.DTK_ARCH}") {
        sh 'echo "here $DTK_IMAGE:$DTK_TAG would be built"'
    }
}
''').scheduleBuild2(0)
