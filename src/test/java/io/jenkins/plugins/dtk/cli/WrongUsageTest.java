package io.jenkins.plugins.dtk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrongUsageTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void files() throws Exception {
        Files.writeString(folder.resolve("words.json"), "hunter2 is no JSON");
        Files.write(folder.resolve("utf16.json"), "\ufeff{\"auths\":{}}".getBytes(StandardCharsets.UTF_16LE));
        Files.writeString(
                folder.resolve("base64.json"),
                "eyJhdXRocyI6eyIxMjcuMC4wLjE6OSI6eyJhdXRoIjoiWVdOdFpTdHliMkp2ZERwek0yTnlaWFE9In19fQo=\n");
        Files.write(folder.resolve("ca.der"), new byte[] {0x30, (byte) 0x82, 3, (byte) 0x9a, 0x30});
        Files.writeString(folder.resolve("list.json"), "[\"hunter2\"]");
        Files.writeString(folder.resolve("auth.json"), "{\"auths\":{\"quay.io\":{\"auth\":\"hunter2!\"}}}");
        Files.writeString(folder.resolve("empty.json"), "{}");
        Files.writeString(folder.resolve("behind.json"), "{\"auths\":{}} hunter2");
        Files.writeString(folder.resolve("nothing"), "");
        Files.write(folder.resolve("bytes"), new byte[] {(byte) 0xc3, 0x28});
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    no command                     |                                              | name a command
                    unknown command                | matrices                                     | there is no command 'matrices'; did you mean 'matrix'? (see dtk --help)
                    unknown command of a command   | catalog dif a b                              | there is no command 'dif'; did you mean 'diff'?
                    driver without an image        | fits --releases 4.20                         | dtk: IMAGE is missing (see
                    driver without a host          | fits acme-nic:1                              | IMAGE: not an image reference
                    fit that is none               | fits quay.io/acme/nic:1 --fit all            | --fit: 'all' is none of symbols or kernel
                    symbols that are not there     | fits quay.io/acme/nic:1 --symvers DIR/none   | --symvers: there is no file
                    symbols that are none          | fits quay.io/acme/nic:1 --symvers DIR/words.json | is no Module.symvers: line 1 is not a checksum, a symbol and a module
                    driver without a Containerfile | build --image quay.io/acme/nic --tag {kernel} --containerfile DIR/none | --containerfile: there is no file
                    driver without its folder      | build --image quay.io/acme/nic --tag {kernel} --containerfile DIR/words.json --context DIR/none | --context: there is no folder
                    driver with a reserved argument | build --image quay.io/acme/nic --tag {kernel} --containerfile DIR/words.json --build-arg DTK_AUTO=x | --build-arg: the build argument DTK_AUTO is given to every build
                    driver with an argument twice  | build --image quay.io/acme/nic --tag {kernel} --containerfile DIR/words.json --build-arg A=hunter2 --build-arg A=b | --build-arg: 'A' is given twice
                    driver with a folder of no name | build --image quay.io/acme/nic --tag {kernel} --containerfile DIR/words.json --build-context =DIR | --build-context: not a name of a build context: ''
                    driver with a folder named in capitals | build --image quay.io/acme/nic --tag {kernel} --containerfile DIR/words.json --build-context Src=DIR | --build-context: not a name of a build context: 'Src'
                    driver with a folder that is not there | build --image quay.io/acme/nic --tag {kernel} --containerfile DIR/words.json --build-context a=DIR/none | --build-context: there is no folder
                    driver with a secret whose name is a path | build --image quay.io/acme/nic --tag {kernel} --containerfile DIR/words.json --secret a/b=DIR | --secret: not a name of a secret: 'a/b'
                    limit that is no number        | build --image quay.io/acme/nic --tag {kernel} --limit 1.5 | --limit: '1.5' is no whole number
                    driver's tags without a kernel | build --image quay.io/acme/nic --tag latest --containerfile DIR/words.json | --tag: not a pattern of tags: 'latest' (it has no {kernel}
                    driver's tags without a version | build --image quay.io/acme/nic --tag {version}-{kernel} --containerfile DIR/words.json | needs the driver's version, which is missing
                    driver of an unknown flavour   | build --image quay.io/acme/nic --tag {kernel} --flavour debug | --flavour: not a flavour of kernels: 'debug'
                    driver of flavours with an empty part | build --image quay.io/acme/nic --tag {kernel} --flavour standard, | --flavour: not a list: 'standard,' (a part is empty)
                    driver with a secret without a name | build --image quay.io/acme/nic --tag {kernel} --containerfile DIR/words.json --secret hunter2 | --secret: a value is not of the form NAME=PATH
                    driver with a secret that is not there | build --image quay.io/acme/nic --tag {kernel} --containerfile DIR/words.json --secret key=DIR/none | --secret: there is no file or folder
                    toolkits for no library        | build toolkits | --image: it is missing
                    toolkits with half of an account | build toolkits --image quay.io/acme/dtk --rhsm-org DIR/words.json | --rhsm-org: organisation and activation key go together
                    toolkits with two accounts     | build toolkits --image quay.io/acme/dtk --rhsm-org DIR/words.json --rhsm-activation-key DIR/words.json --rhsm-certificate DIR/words.json | --rhsm-certificate: it stands in for organisation and activation key
                    toolkits with a key that is not there | build toolkits --image quay.io/acme/dtk --rhsm-org DIR/words.json --rhsm-activation-key DIR/none | --rhsm-activation-key:
                    toolkits by another builder    | build toolkits --image quay.io/acme/dtk --builder kaniko | --builder: 'kaniko' is none of podman, buildah or docker
                    toolkits of no kernel          | build toolkits --image quay.io/acme/dtk --kernel latest | --kernel:
                    toolkits by no executor        | build toolkits --image quay.io/acme/dtk --executors 0 | --executors: there must be at least 1 executor
                    toolkits with a page in no folder | build toolkits --image quay.io/acme/dtk --report DIR/none/report.html | --report: there is no folder for the file
                    known failures that are none   | build --image quay.io/acme/nic --tag {kernel} --containerfile DIR/words.json --known DIR/words.json | is no list of known failures
                    known failures in no folder    | build --image quay.io/acme/nic --tag {kernel} --containerfile DIR/words.json --known DIR/none/known | --known: there is no folder for the file
                    kernel to leave out that is none | build --image quay.io/acme/nic --tag {kernel} --containerfile DIR/words.json --exclude latest=old | --exclude: not a kernel version: 'latest'
                    kernel to leave out for no reason | build --image quay.io/acme/nic --tag {kernel} --containerfile DIR/words.json --exclude 5.14.0-427.26.1.el9_4= | --exclude:
                    drivers with a page in no folder | build --image quay.io/acme/nic --tag {kernel} --containerfile DIR/words.json --report DIR/none/report.html | --report: there is no folder for the file
                    logs in a file                 | build --image quay.io/acme/nic --tag {kernel} --containerfile DIR/words.json --logs DIR/words.json | --logs: 'DIR/words.json' is no folder
                    what is remembered, in a file  | matrix --cache DIR/words.json                | --cache: 'DIR/words.json' is no folder
                    Satellite without a scheme     | run --rhsm-url satellite.lab/rhsm DIR/words.json | --rhsm-url: not the address of a subscription service: 'satellite.lab/rhsm'
                    Satellite without TLS          | run --rhsm-url http://satellite.lab/rhsm DIR/words.json | --rhsm-url: not the address of a subscription service
                    CA of a Satellite that is none | run --rhsm-url https://satellite.lab/rhsm --ca DIR/words.json DIR/words.json | --ca:
                    unknown option                 | matrix --release 4.12                        | there is no option '--release'; did you mean '--releases'?
                    option without its value       | matrix --releases                            | dtk: --releases needs a value, RANGE (see
                    surplus argument               | matrix 4.12                                  | dtk: '4.12' is one argument too many (see
                    range that is none             | matrix --releases latest                     | --releases: not a range of releases: 'latest'
                    range that ends before it starts | matrix --releases 4.16-4.12                | ends before it starts
                    empty range                    | matrix --releases=                           | --releases: its value is empty; leave the option out for its default
                    graph of a variable that is not set | matrix --graph-url=                     | --graph-url: its value is empty
                    file of options of a variable that is not set | matrix --config=              | --config: its value is empty
                    leading zero of a release      | matrix --releases 4.016                      | --releases: not a range of releases: '4.016' ('4.016' is no release line
                    leading zero of a release to resolve | resolve 4.016.1                        | '4.016.1' is neither a release
                    architectures with an empty part | matrix --arch x86_64,,arm64                | --arch: not a list: 'x86_64,,arm64' (a part is empty)
                    architectures of a machine with an empty part | doctor --arch x86_64,,arm64   | --arch: not a list: 'x86_64,,arm64' (a part is empty)
                    subscription service of a machine that is none | doctor --rhsm-url nonsense   | --rhsm-url: not the address of a subscription service
                    modules with an empty part     | export --image quay.io/a/b --tag {kernel} --format kmm --load-order a,,b | --load-order: not a list: 'a,,b'
                    module to remove that has no name | export --image quay.io/a/b --tag {kernel} --format kmm --in-tree-to-remove a;b | --in-tree-to-remove: 'a;b' is not the name of a kernel module
                    order of modules for a table   | export --image quay.io/a/b --format csv --load-order a | --load-order: it goes with --format kmm and --tag
                    nodes of a toolkits' Module    | export --image quay.io/a/b --format kmm --selector a=b | --selector: it goes with --format kmm and --tag
                    certificates of an empty file  | matrix --ca DIR/nothing                      | nothing' is empty; it should hold certificates
                    unknown architecture           | matrix --arch x86_64,riscv64                 | --arch: unknown architecture 'riscv64'
                    unknown channel                | matrix --channel beta                        | --channel: not a channel: 'beta'
                    unknown way to find releases   | matrix --discovery list                      | --discovery: not a way to find releases: 'list' (use one of graph, tags, both)
                    unknown format                 | matrix --format xml                          | --format: 'xml' is none of json, pretty, table or csv
                    unknown choice                 | matrix --on-unreadable ignore                | --on-unreadable: 'ignore' is none of fail or skip
                    graph over ftp                 | matrix --graph-url ftp://example.com/graph   | --graph-url: not the address of an update graph
                    graph with a password          | matrix --graph-url http://u:p@h/graph        | --graph-url: not the address of an update graph
                    release repository with no host | matrix --release-repository ocp/release     | --release-repository: not an image reference
                    unknown format of a catalog    | catalog --format xml                         | --format: 'xml' is none of json or csv
                    difference to nothing          | catalog diff DIR/empty.json                  | NEW
                    difference to no file          | catalog diff DIR/none DIR/empty.json         | OLD: there is no file
                    difference to no catalog       | catalog diff DIR/empty.json DIR/empty.json   | OLD: not a catalog: it has no list 'rows'
                    difference to no JSON          | catalog diff DIR/words.json DIR/empty.json   | OLD: not a catalog: it is not a JSON object
                    unknown format of a difference | catalog diff a b --format csv                | --format: 'csv' is none of text or json
                    image without a host           | matrix --image driver-toolkit                | --image: not an image reference
                    image in upper case            | matrix --image quay.io/Acme/dtk              | --image: not an image reference
                    image with a tag               | matrix --image quay.io/acme/dtk:1            | --image: 'quay.io/acme/dtk:1' has a tag
                    login without an image         | matrix --registry-auth auth.json             | --registry-auth: it is the login for --image
                    base image with a wrong placeholder | matrix --base-image quay.io/ubi:{minor} | --base-image: not a pattern of base images
                    plain http with a scheme       | matrix --plain-http http://localhost:5000    | --plain-http: not a registry: 'http://localhost:5000'
                    rate below zero                | matrix --requests-per-second -5              | --requests-per-second: not a number of requests per second: -5
                    location without a place       | matrix --location quay.io                    | --location: not a registry's location: 'quay.io'
                    pull secret that is not there  | matrix --pull-secret DIR/none.json           | --pull-secret: there is no file
                    pull secret that is a folder   | matrix --pull-secret DIR                     | is a folder, not a file
                    pull secret that is no JSON    | matrix --pull-secret DIR/words.json          | words.json' is not usable JSON
                    text behind a pull secret      | matrix --pull-secret DIR/behind.json         | behind.json' is not usable JSON: there is text behind the document
                    pull secret that is a list     | matrix --pull-secret DIR/list.json           | list.json' is not a JSON object
                    pull secret with a bad login   | matrix --pull-secret DIR/auth.json           | auth.json': the entry for quay.io
                    pull secret without a login    | matrix --pull-secret DIR/empty.json          | empty.json' holds no login
                    pull secret that is no text    | matrix --pull-secret DIR/bytes               | is not text in UTF-8
                    pull secret in UTF-16          | matrix --pull-secret DIR/utf16.json          | utf16.json' is text in UTF-16, as Windows writes it; save it as UTF-8
                    pull secret still in base64    | matrix --pull-secret DIR/base64.json         | base64.json' is base64; decode it first
                    certificate in DER             | matrix --ca DIR/ca.der                       | ca.der' is binary, as a certificate in DER form is
                    registry login that is no JSON | matrix --image quay.io/a/b --registry-auth DIR/words.json | --registry-auth
                    certificates that are none     | matrix --ca DIR/words.json                   | --ca: the trusted certificates
                    no image                       | exists                                       | HOST/REPO:TAG: name an image
                    file of images not there       | exists --images DIR/none                     | --images: there is no file
                    image without a tag            | exists quay.io/acme/dtk                      | has no tag; write HOST/REPO:TAG
                    image with a digest            | exists quay.io/acme/dtk:1@DIGEST             | has a digest; write HOST/REPO:TAG
                    image on no registry           | exists dtk:1                                 | not an image reference: 'dtk:1'
                    platform that is none          | exists quay.io/acme/dtk:1 --platform sparc   | --platform: unknown architecture 'sparc'
                    base digest that is none       | exists quay.io/acme/dtk:1 --base-digest 1234 | --base-digest
                    image without tag and digest   | inspect quay.io/acme/dtk                     | has neither tag nor digest
                    form that is none              | inspect quay.io/acme/dtk:1 --format yaml     | 'yaml' is none of table or json
                    login that is not there        | exists quay.io/acme/dtk:1 --registry-auth DIR/none | --registry-auth: there is no file
                    library-only without a library | verify --library-only                        | --image: it is missing
                    range to verify that is none   | verify --releases latest                     | --releases: not a range of releases: 'latest'
                    unknown form of an audit       | verify --format xml                          | --format: 'xml' is none of table or json
                    nothing to resolve             | resolve                                      | RELEASE
                    neither release nor kernel     | resolve newest --image quay.io/a/b           | 'newest' is neither a release such as 4.16.20 nor a kernel
                    Fedora's kernel, of an old OKD | resolve 6.5.6-200.fc38.x86_64 --image quay.io/a/b | '6.5.6-200.fc38.x86_64' (it names no distribution such as .el9_2, .el10 or .scos9; it is Fedora's: OKD before 4.16
                    the same on arm64, which reads like a pre-release | resolve 6.5.6-300.fc39.aarch64 --image quay.io/a/b | '6.5.6-300.fc39.aarch64' (it names no distribution
                    debug kernel to resolve        | resolve 5.14.0-284.59.1.el9_2.x86_64+debug --image quay.io/a/b | it is a debug kernel
                    hand-made kernel to resolve    | resolve 5.14.0-284.11.1.el9_2.x86_64+ --image quay.io/a/b | somebody built from changed source
                    kernel without a library       | resolve 5.14.0-284.11.1.el9_2.x86_64         | --image: it is missing
                    architecture to resolve for that is none | resolve 4.16.20 --arch sparc       | --arch: unknown architecture 'sparc'
                    library to resolve in with a tag | resolve 4.16.20 --image quay.io/a/b:1      | --image: 'quay.io/a/b:1' has a tag
                    clean-up without a library     | prune --releases 4.16                        | --image: it is missing
                    clean-up of a range that is none | prune --releases newest --image quay.io/a/b | --releases: not a range
                    nothing to export as           | export --image quay.io/a/b                   | --format
                    unknown form of an export      | export --image quay.io/a/b --format helm     | --format: 'helm' is none of kmm, imagestream, csv, json or mirror
                    export without a library       | export --format csv                          | --image: it is missing
                    module that has no name        | export --image quay.io/a/b --format kmm --module My/Driver | --module: 'My/Driver' is not the name of a kernel module
                    module's image with a tag      | export --image quay.io/a/b --format kmm --module-image quay.io/a/c:1 | --module-image: 'quay.io/a/c:1' has a tag
                    no pipeline                    | run                                          | JENKINSFILE
                    pipeline that is not there     | run DIR/none                                 | JENKINSFILE: there is no pipeline
                    pipeline that is a folder      | run DIR                                      | JENKINSFILE: the pipeline
                    parameter without a name       | run DIR/empty.json --param hunter2           | --param: a value has no name
                    credential without an ID       | run DIR/empty.json --credential hunter2      | --credential: a value has no name
                    credential given twice         | run DIR/empty.json --credential a=hunter2 --credential a=hunter2 | --credential: 'a' is given twice
                    credential in no file          | run DIR/empty.json --credential a=@DIR/none  | --credential: credential 'a': there is no file
                    no executor                    | run DIR/empty.json --executors 0             | --executors: there must be at least 1
                    executors that are no number   | run DIR/empty.json --executors many          | --executors
                    pull secret for a run that is none | run DIR/empty.json --pull-secret DIR/words.json | words.json' is not usable JSON
                    option that demo has not       | demo --fast                                  | --fast
                    """)
    void isToldInOneLine(String name, String args, String words) {
        String line = args == null
                ? ""
                : args.replace("DIR", folder.toString()).replace("DIGEST", "sha256:" + "a".repeat(64));
        Dtk dtk = Dtk.run(line.isEmpty() ? new String[0] : line.split(" +"));
        assertThat(dtk.exit()).isEqualTo(2);
        assertThat(dtk.out()).isEmpty();
        assertThat(dtk.err())
                .startsWith("dtk: ")
                .contains(words.replace("DIR", folder.toString()))
                .contains("--help)")
                .doesNotContain("hunter2", "Exception");
        assertThat(dtk.err().lines()).hasSize(1);
    }

    @Test
    void helpListsTheCommandsAndTheirOptions() {
        assertThat(Dtk.run("--help").out()).contains("matrix", "exists", "Exit codes: 0 done, 1 failed, 2 wrong usage");
        assertThat(Dtk.run("matrix", "--help").out()).contains("--graph-url", "--on-unreadable", "--no-base-digest");
        assertThat(Dtk.run("exists", "--help").out()).contains("--base-digest", "3   could not tell");
        assertThat(Dtk.run("verify", "--help").out()).contains("--library-only", "1   an image is for another kernel");
    }

    @Test
    void versionIsShown() {
        assertThat(Dtk.run("--version").out()).startsWith("dtk ").contains("Java ");
    }
}
