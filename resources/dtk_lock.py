"""A plugin of dnf: only one build of the agent at a time uses the cache, until its packages are there."""
import os

import dnf

from . import dtk_find


class Lock(dnf.Plugin):
    name = "dtk-lock"

    def __init__(self, base, cli):
        super(Lock, self).__init__(base, cli)
        self.lock = dtk_find.hold(os.environ["DTK_CACHE"])

    def pre_transaction(self):
        self.lock.close()
