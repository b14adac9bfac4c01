"""Finds the repositories with a kernel and what to build modules with, in one start of dnf, and keeps what it reads.

    dtk_find.py PLAN OFFER REPOS CACHE

PLAN has one request a line, in order; ids are those of repositories, and a package is NAME-VERSION-RELEASE:
    always ID...       belongs to every choice, where it can be read
    want PACKAGE...    a choice begins: what is wanted are repositories that have all of the packages
    try ID...          one answer: these together, those of them that can be read
    beside ID          another: this one, and the first answer that could be read
    enabled            another: what the system has enabled
    add ID             another: this one in addition to all that was chosen before
    list NAME...       packages whose versions are printed, as the repositories that were chosen have them
    spec PACKAGE       a package that is looked up

Prints "use ID..." when it is done, and of each choice "found" or "missing"; "read ID" and "unread ID" with what came of
each repository. OFFER becomes the list of packages: NAME, NAME-VERSION and NAME-VERSION-RELEASE, one a line. REPOS becomes
a folder with the definitions of the chosen repositories alone. CACHE keeps metadata, for all builds of the agent.
"""
import fcntl
import glob
import os
import re
import sys
import time

try:
    import dnf
    import dnf.subject
except ImportError:
    # This dnf is not the one that is written in Python.
    sys.exit(3)

LIFE = 12 * 60 * 60
FRESH = 10 * 60


def hold(cache):
    """Only one at a time uses the cache. dnf's own locks hold process ids, which mean others in another container."""
    lock = open(os.path.join(cache, "lock"), "w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    for left in glob.glob(os.path.join(cache, "*.pid")):
        os.unlink(left)
    return lock


class Finder:
    def __init__(self, cache):
        self.base = dnf.Base()
        conf = self.base.conf
        conf.read()
        conf.cachedir = cache
        conf.substitutions.update_from_etc(conf.installroot)
        if not conf.substitutions.get("releasever"):
            conf.substitutions["releasever"] = os.environ["DTK_RHEL"]
        # Of the plugins only that which writes the repositories of a subscription.
        self.base.init_plugins(["*"], ["subscription-manager"])
        self.base.read_all_repos()
        self.base.configure_plugins()
        self.enabled = [repo.id for repo in self.base.repos.iter_enabled()]
        self.life = LIFE
        self.memory = os.path.join(cache, "unread")
        self.barred = self.remembered()
        self.state = {}
        self.always = []
        self.chosen = []
        self.loaded = None

    def remembered(self):
        """The repositories that could not be read a short time ago: asked again only where nothing else helps."""
        try:
            if time.time() - os.stat(self.memory).st_mtime < LIFE:
                with open(self.memory) as file:
                    return set(file.read().split())
        except OSError:
            pass
        return set()

    def remember(self):
        with open(self.memory, "w") as file:
            file.write("\n".join(sorted(i for i, state in self.state.items() if state == "unread")))

    def load(self, ids):
        """Makes these the only repositories; returns those of them that can be read."""
        ids = list(dict.fromkeys(i for i in ids if self.state.get(i) != "unread"))
        known = [i for i in ids if i in self.base.repos and not (i in self.barred and i not in self.state)]
        for i in ids:
            if i not in known:
                self.state[i] = "unread"
        if known != self.loaded:
            self.base.repos.all().disable()
            for i in known:
                repo = self.base.repos[i]
                repo.enable()
                repo.skip_if_unavailable = True
                repo.metadata_expire = self.life
            self.fill()
            self.loaded = known
            for i in known:
                self.state[i] = "read" if self.base.repos[i].enabled else "unread"
        return [i for i in known if self.state[i] == "read"]

    def fill(self):
        try:
            self.base.fill_sack(load_system_repo=False)
        except dnf.exceptions.RepoError:
            # Where none can be read, each says so by itself.
            for repo in list(self.base.repos.iter_enabled()):
                repo.disable()

    def has(self, packages):
        return all(
            dnf.subject.Subject(p).get_best_query(self.base.sack, with_provides=False, with_filenames=False)
            for p in packages
        )

    def choose(self, packages, answers):
        """Sets the chosen repositories to the first answer that has the packages; false where none has."""
        if self.chosen and self.load(self.always + self.chosen) and self.has(packages):
            return True
        first = []
        for kind, ids in answers:
            if kind == "enabled":
                ids = self.enabled
            own = self.load(ids)
            if kind == "try":
                first = first or own
            ids = {"beside": own + first, "add": self.chosen + own}.get(kind, own)
            if own and self.load(ids + self.always) and self.has(packages):
                self.chosen = ids
                return True
        return False

    def choose_all(self, wants):
        self.chosen = []
        return [self.choose(packages, answers) for packages, answers in wants]

    def is_old(self):
        """Whether what was read could be newer by now, or what could not be read be there."""
        for i, state in self.state.items():
            if i in self.barred or state == "read" and self.base.repos[i]._repo.getAge() > FRESH:
                return True
        return False

    def again(self):
        self.life = 1
        self.barred = set()
        self.state = {}
        self.loaded = None


def plan_of(path):
    wants, always, names, specs = [], [], [], []
    with open(path) as file:
        for line in file:
            word, *rest = line.split() or [""]
            if word == "want":
                wants.append((rest, []))
            elif word in ("try", "beside", "enabled", "add"):
                wants[-1][1].append((word, rest))
            elif word == "always":
                always += rest
            elif word == "list":
                names += rest
            elif word == "spec":
                specs += rest
    return wants, always, names, specs


def write_definitions(base, ids, folder):
    """Copies the sections of these repositories as they are: reading all of a subscription's takes dnf seconds."""
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "dtk.repo"), "w") as out:
        for path in sorted({base.repos[i].repofile for i in ids}):
            wanted = False
            with open(path) as file:
                for line in file:
                    section = re.match(r"\[(.*)\]\s*$", line)
                    if section:
                        wanted = section.group(1) in ids
                    if wanted:
                        out.write(line if line.endswith("\n") else line + "\n")


def main(plan, offer, definitions, cache):
    wants, always, names, specs = plan_of(plan)
    lock = hold(cache)
    finder = Finder(cache)
    finder.always = always
    found = finder.choose_all(wants)
    if not all(found) and finder.is_old():
        finder.again()
        found = finder.choose_all(wants)
    used = finder.load(finder.chosen + always) if finder.chosen else []
    with open(offer, "w") as out:
        if used:
            for package in finder.base.sack.query().available().filter(name=names):
                nv = package.name + "-" + package.version
                out.write("%s\n%s\n%s-%s\n" % (package.name, nv, nv, package.release))
            for spec in specs:
                if finder.has([spec]):
                    out.write(spec + "\n")
    write_definitions(finder.base, used, definitions)
    finder.remember()
    for i, state in finder.state.items():
        print(state, i)
    for there in found:
        print("found" if there else "missing")
    print("use", " ".join(used))
    lock.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
