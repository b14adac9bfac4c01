// SPDX-License-Identifier: MIT OR GPL-2.0
#include <linux/init.h>
#include <linux/module.h>

static int __init simple_kmod_init(void)
{
	pr_info("simple-kmod: loaded\n");
	return 0;
}

static void __exit simple_kmod_exit(void)
{
	pr_info("simple-kmod: removed\n");
}

module_init(simple_kmod_init);
module_exit(simple_kmod_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("Says hello and goodbye in the kernel's log");
