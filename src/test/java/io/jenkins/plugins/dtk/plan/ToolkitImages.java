package io.jenkins.plugins.dtk.plan;

import io.jenkins.plugins.dtk.kernel.Architecture;
import java.nio.file.Files;
import java.nio.file.Path;

/** Driver Toolkits in which a real compiler builds modules: Debian's headers, with the names of RHEL's kernels. */
public final class ToolkitImages {

    private static final String SYSTEM = "5.14.0-427.61.1.el9_4.x86_64";

    private final BuildAgent agent;
    private final Path folder;

    /** @param folder an empty one for their files */
    public ToolkitImages(BuildAgent agent, Path folder) throws Exception {
        this.agent = agent;
        this.folder = Files.createDirectories(folder);
        Path context = Files.createDirectories(folder.resolve("system"));
        Files.copy(RpmSystem.archive(Architecture.X86_64, SYSTEM), context.resolve("system.tar.gz"));
        build(context, "localhost/system", "FROM scratch\nADD system.tar.gz /\n");
    }

    /**
     * Pushes the one for a kernel.
     *
     * @param kernel as {@code uname -r} prints it
     * @param repository HOST/REPO
     */
    public void push(String kernel, String repository, String login) throws Exception {
        String name = repository + ":" + kernel;
        build(
                Files.createDirectories(folder.resolve("kernel")),
                name,
                """
                FROM localhost/system
                RUN mkdir -p /usr/src/kernels && cp -rL /usr/src/linux-headers-tests /usr/src/kernels/%1$s \\
                  && echo '#define UTS_RELEASE "%1$s"' >/usr/src/kernels/%1$s/include/generated/utsrelease.h \\
                  && echo %1$s >/usr/src/kernels/%1$s/include/config/kernel.release \\
                  && echo 'KERNEL_VERSION="%1$s"' >/etc/driver-toolkit-release.sh
                LABEL kernel-version=%1$s
                """
                        .formatted(kernel));
        agent.run("podman", "push", "--tls-verify=false", "--creds=" + login, name);
        agent.run("podman", "rmi", name);
    }

    /**
     * Pushes one for {@code aarch64}, whose programs run by QEMU here: with the kernel's table of symbols, and without a
     * compiler, as Debian's headers for it do not install here.
     *
     * @param kernel as {@code uname -r} prints it
     * @param repository HOST/REPO
     * @param symvers the table
     */
    public void pushForArm64(String kernel, String repository, String login, String symvers) throws Exception {
        String name = repository + ":" + kernel;
        Path context = Files.createDirectories(folder.resolve("arm64"));
        Files.copy(RpmSystem.archive(Architecture.AARCH64, ""), context.resolve("system.tar.gz"));
        Files.writeString(context.resolve("Module.symvers"), symvers);
        Files.writeString(
                context.resolve("Containerfile"),
                """
                FROM scratch
                ADD system.tar.gz /
                COPY Module.symvers /usr/src/kernels/%1$s/
                LABEL kernel-version=%1$s
                """
                        .formatted(kernel));
        agent.run("podman", "build", "--platform=linux/arm64", "--tag=" + name, context.toString());
        agent.run("podman", "push", "--tls-verify=false", "--creds=" + login, name);
        agent.run("podman", "rmi", name);
    }

    /** Builds an image that stays on the machine, of the steps of a Containerfile. {@code localhost/system} is a base for it. */
    public void build(String name, String steps) throws Exception {
        build(Files.createDirectories(folder.resolve("other")), name, steps);
    }

    private void build(Path context, String name, String steps) throws Exception {
        Files.writeString(context.resolve("Containerfile"), steps);
        agent.run("podman", "build", "--tag=" + name, context.toString());
    }
}
