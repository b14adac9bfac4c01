package io.jenkins.plugins.dtk.demo;

import java.util.List;

/** The manifests of a payload: hundreds of YAML files, some 2.5 MB, the same in all payloads of our world. */
final class ReleaseManifests {

    static final Layer.Tail TAIL = Layer.Tail.of(write());

    private static final int FIELDS_OF_A_CRD = 70;

    private ReleaseManifests() {}

    private static TarWriter write() {
        TarWriter tar = new TarWriter();
        List<String> components = Resources.lines("components.txt");
        for (int i = 0; i < components.size(); i++) {
            String name = components.get(i).split(" ")[0];
            String prefix = "release-manifests/0000_%02d_%s_".formatted(10 + i % 81, name);
            tar.file(prefix + "01_crd.yaml", crd(name));
            tar.file(prefix + "02_rbac.yaml", rbac(name));
            tar.file(prefix + "03_deployment.yaml", deployment(name));
        }
        return tar;
    }

    private static String crd(String name) {
        StringBuilder yaml = new StringBuilder(
                """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata:
                  name: %1$s.operator.openshift.io
                spec:
                  group: operator.openshift.io
                  names: {kind: %1$s, plural: %1$s}
                  scope: Cluster
                  versions:
                  - name: v1
                    schema:
                      openAPIV3Schema:
                        properties:
                """
                        .formatted(name));
        for (int i = 0; i < FIELDS_OF_A_CRD; i++) {
            String field = Digests.ofText(name + i).substring(7, 15);
            yaml.append(
                    """
                                  f%1$s:
                                    description: f%1$s is field %2$d of %3$s. Without it the operator chooses a default.
                                    type: string
                    """
                            .formatted(field, i, name));
        }
        return yaml.toString();
    }

    private static String rbac(String name) {
        return """
               apiVersion: rbac.authorization.k8s.io/v1
               kind: ClusterRoleBinding
               metadata:
                 name: %1$s
                 annotations:
                   include.release.openshift.io/self-managed-high-availability: "true"
               roleRef: {kind: ClusterRole, name: cluster-admin}
               subjects:
               - {kind: ServiceAccount, name: %1$s, namespace: openshift-%1$s}
               """
                .formatted(name);
    }

    private static String deployment(String name) {
        return """
               apiVersion: apps/v1
               kind: Deployment
               metadata: {name: %1$s, namespace: openshift-%1$s}
               spec:
                 replicas: 1
                 selector: {matchLabels: {app: %1$s}}
                 template:
                   metadata: {labels: {app: %1$s}}
                   spec:
                     containers:
                     - name: %1$s
                       image: quay.io/openshift-release-dev/ocp-v4.0-art-dev@%2$s
                       resources: {requests: {cpu: 10m, memory: 50Mi}}
               """
                .formatted(name, Digests.ofText(name));
    }
}
