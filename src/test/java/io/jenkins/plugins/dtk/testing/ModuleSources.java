package io.jenkins.plugins.dtk.testing;

/** Small kernel modules in C, as tests compile them. */
public final class ModuleSources {

    private static final String HEAD =
            """
            #include <linux/module.h>
            #include <linux/slab.h>
            MODULE_LICENSE("GPL");
            MODULE_DESCRIPTION("test module");
            """;

    /** Uses what every kernel has. */
    public static final String SIMPLE = HEAD
            + """
            MODULE_FIRMWARE("acme/nic.bin");
            static void *memory;
            static int __init acme_init(void)
            {
                memory = kmalloc(128, GFP_KERNEL);
                pr_info("acme loaded\\n");
                return 0;
            }
            static void __exit acme_exit(void)
            {
                kfree(memory);
            }
            module_init(acme_init);
            module_exit(acme_exit);
            """;

    /** Exports a function for others. */
    public static final String CORE = HEAD
            + """
            int acme_register(int port);
            int acme_register(int port)
            {
                pr_info("acme port %d\\n", port);
                return port;
            }
            EXPORT_SYMBOL_GPL(acme_register);
            """;

    /** Uses the function of {@link #CORE}. */
    public static final String USER = HEAD
            + """
            int acme_register(int port);
            static int __init acme_user_init(void)
            {
                return acme_register(1);
            }
            module_init(acme_user_init);
            """;

    private ModuleSources() {}
}
