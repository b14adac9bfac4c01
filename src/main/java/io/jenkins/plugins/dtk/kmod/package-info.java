/**
 * Kernel modules: what a module says of itself, and whether a kernel would load it. {@link
 * io.jenkins.plugins.dtk.kmod.FitCheck} is the entry: it holds modules ({@link io.jenkins.plugins.dtk.kmod.KernelModule})
 * against a kernel's table of symbols ({@link io.jenkins.plugins.dtk.kmod.Symvers}).
 *
 * <p>It exists because no container, compiler or kernel is needed to answer this: a module is an ELF file that lists the
 * symbols it uses with their checksums, and a kernel's development package lists those that it exports.
 *
 * <p>Facade: {@link io.jenkins.plugins.dtk.kmod.FitCheck}. It knows the architectures of {@code kernel} and reads nothing but the streams it is given. All of them are hostile
 * input: sizes, numbers, lengths of names and offsets are bounded.
 */
package io.jenkins.plugins.dtk.kmod;
