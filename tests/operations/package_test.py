"""The Debian package, really installed: dpkg with its maintainer scripts over an overlay of this system.

What must stay true: nothing of it is left here. The overlay, its processes and its network end with the test; the
service runs as the unit says, as the user the package made, with the command line of ExecStart as it stands there.
"""
import configparser
import contextlib
import glob
import os
import re
import shlex
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
import house  # noqa: E402

BUILD = os.environ.get("MITWIRKEN_TEST_BUILD") or os.path.join(house.ROOT, "build", "ci")

# Runs in namespaces of its own: a tmpfs that holds what is changed, this system below it, then waits to be ended.
INSIDE = """
set -e
mount -t tmpfs tmpfs "$1"
mkdir "$1/changed" "$1/work" "$1/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$1/changed,workdir=$1/work" "$1/root"
mount -t proc proc "$1/root/proc"
mount -t tmpfs tmpfs "$1/root/run"
mount --bind /dev "$1/root/dev"
ip link set lo up
echo ready
exec sleep 600
"""


def propagation():
    """unshare cannot make the root private where it is no mount (a chroot); then it must not be shared."""
    if subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False).returncode == 0:
        return []
    with open("/proc/self/mountinfo", encoding="utf-8") as file:
        if "shared:" in file.read():
            raise unittest.SkipTest("mounts made here would be seen outside")
    return ["--propagation", "unchanged"]


class Overlay:
    def __init__(self, folder):
        self.root = f"{folder}/root"
        alone = ["unshare", *propagation(), "--mount", "--pid", "--net", "--uts", "--ipc", "--fork", "--kill-child"]
        self.holder = subprocess.Popen([*alone, "sh", "-c", INSIDE, "sh", folder], stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE, text=True)
        if self.holder.stdout.readline() != "ready\n":
            self.holder.wait()
            raise OSError(self.holder.stderr.read())
        with open(f"/proc/{self.holder.pid}/task/{self.holder.pid}/children", encoding="utf-8") as file:
            self.first = file.read().split()[0]

    def command(self, *words):
        return ["nsenter", "--target", self.first, "--mount", "--root", "--pid", "--net", "--uts", "--ipc", "chroot",
                self.root,
                "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", "DEBIAN_FRONTEND=noninteractive",
                *words]

    def run(self, *words, check=True, **more):
        done = subprocess.run(self.command(*words), capture_output=True, text=True, check=False, **more)
        if check and done.returncode != 0:
            raise AssertionError(f"{words} ended with {done.returncode}: {done.stdout}{done.stderr}")
        return done

    def end(self):
        self.holder.kill()
        self.holder.wait()
        self.holder.stdout.close()
        self.holder.stderr.close()


def unit(text):
    """systemd's format is nearly that of configparser: a key may stand twice, the last one counts here."""
    reader = configparser.ConfigParser(strict=False, interpolation=None, delimiters=("=",), comment_prefixes=("#",))
    reader.optionxform = str
    reader.read_string(text)
    return reader


class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if os.geteuid() != 0:
            raise unittest.SkipTest("installing a package needs root")
        base = tempfile.TemporaryDirectory()
        cls.addClassCleanup(base.cleanup)
        done = subprocess.run(["cpack", "-G", "DEB", "-B", base.name, "--config", f"{BUILD}/CPackConfig.cmake"],
                              capture_output=True, text=True, check=False, cwd=BUILD)
        if done.returncode != 0:
            raise AssertionError(done.stdout + done.stderr)
        [cls.package] = glob.glob(f"{base.name}/*.deb")
        os.mkdir(f"{base.name}/overlay")
        cls.inside = Overlay(f"{base.name}/overlay")
        cls.addClassCleanup(cls.inside.end)
        with open(cls.package, "rb") as file:
            cls.inside.run("sh", "-c", "cat > /root/package.deb", stdin=file)
        cls.installed = cls.inside.run("dpkg", "--install", "/root/package.deb")

    def show(self, path):
        return self.inside.run("cat", path).stdout

    def test_1_it_depends_on_what_it_is_linked_with_and_says_what_it_is(self):
        fields = subprocess.run(["dpkg-deb", "--field", self.package], capture_output=True, text=True,
                                check=True).stdout
        self.assertRegex(os.path.basename(self.package), r"^mitwirken_\d+\.\d+\.\d+_[a-z0-9]+\.deb$")
        for name in ("libpq5", "libsqlite3-0", "libvips42", "libc6", "adduser"):
            self.assertRegex(fields, rf"(?m)^Depends: .*\b{re.escape(name)}\b")
        self.assertNotIn("libsoci", fields)
        self.assertRegex(fields, r"(?m)^Recommends: .*weasyprint")

    def test_2_program_settings_user_folder_and_handbook_are_in_their_places(self):
        self.assertRegex(self.inside.run("mitwirken", "version").stdout, r"^mitwirken \d")
        self.assertEqual(self.inside.run("stat", "-c", "%U %G %a", "/var/lib/mitwirken").stdout,
                         "mitwirken mitwirken 750\n")
        self.assertEqual(self.inside.run("stat", "-c", "%U %G %a", "/etc/mitwirken/mitwirken.toml").stdout,
                         "root mitwirken 640\n")
        self.assertIn("/etc/mitwirken/mitwirken.toml", self.inside.run("dpkg-query", "-W", "-f", "${Conffiles}",
                                                                        "mitwirken").stdout)
        files = self.inside.run("dpkg", "-L", "mitwirken").stdout.splitlines()
        for name in ("/usr/share/doc/mitwirken/operator/betrieb.md", "/usr/share/doc/mitwirken/examples/nginx.conf",
                     "/usr/share/doc/mitwirken/copyright", "/lib/systemd/system/mitwirken-backup.timer"):
            self.assertIn(name, files)
        self.assertEqual(self.inside.run("sh", "-c", "ls /etc/systemd/system/*.wants/mitwirken*").stdout,
                         "/etc/systemd/system/multi-user.target.wants/mitwirken.service\n")

    def test_3_systemd_understands_the_units_and_finds_them_tight(self):
        names = [f"/lib/systemd/system/mitwirken{rest}" for rest in (".service", "-backup.service", "-backup.timer")]
        done = self.inside.run("systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *names)
        self.assertEqual(done.stderr, "")
        for name in names[:2]:
            self.inside.run("systemd-analyze", "security", "--offline=yes", "--threshold=20", name)

    @contextlib.contextmanager
    def service(self):
        """ExecStart as it stands in the unit, as its user; ended by SIGTERM."""
        words = shlex.split(unit(self.show("/lib/systemd/system/mitwirken.service"))["Service"]["ExecStart"])
        with tempfile.TemporaryFile("w+") as log:
            process = subprocess.Popen(self.inside.command("runuser", "-u", "mitwirken", "--", *words), stderr=log)
            try:
                house.eventually(lambda: self.status("/health") == "200" or process.poll() is not None, "service", 30)
                self.assertIsNone(process.poll())
                yield
            finally:
                self.inside.run("pkill", "-TERM", "-x", "-u", "mitwirken", "mitwirken", check=False)
                self.assertEqual(process.wait(timeout=30), 0)
            log.seek(0)
            self.assertIn('"event":"stopped"', log.read())

    def status(self, path, *more):
        return self.inside.run("curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", *more,
                               f"http://127.0.0.1:8080{path}", check=False).stdout

    def test_4_execstart_serves_what_monitoring_and_a_first_municipality_ask_and_ends_on_sigterm(self):
        with self.service():
            self.assertEqual([self.status(path) for path in ("/health", "/ready", "/metrics")], ["200"] * 3)
            self.assertEqual(self.status("/"), "421")
            # The commands of the handbook's chapter on installation.
            command = ["env", "MITWIRKEN_CONFIG=/etc/mitwirken/mitwirken.toml", "runuser", "-u", "mitwirken", "--",
                       "mitwirken"]
            self.inside.run(*command, "tenant", "--add", "musterstadt", "--name", "Stadt Musterstadt", "--host",
                            "mitwirken.musterstadt.de")
            done = self.inside.run(*command, "user", "--tenant", "musterstadt", "--role", "admin", "--add",
                                   "anna.beispiel@musterstadt.de", "--name", "Anna Beispiel")
            self.assertRegex(done.stdout, r"^anna\.beispiel@musterstadt\.de\t\S{16}\n$")
            house.eventually(lambda: self.status("/", "-H", "Host: mitwirken.musterstadt.de") == "200", "the site")
            password = done.stdout.strip().split("\t")[1]
            self.assertEqual(self.status("/anmelden", "-H", "Host: mitwirken.musterstadt.de", "-H",
                                         "Origin: http://mitwirken.musterstadt.de", "-d",
                                         "email=anna.beispiel@musterstadt.de", "-d", f"password={password}"), "303")
            owners = self.inside.run("find", "/var/lib/mitwirken", "!", "-user", "mitwirken").stdout
            self.assertEqual(owners, "")

    def test_5_the_nightly_copy_of_the_unit_can_be_restored_by_the_handbook(self):
        backup = unit(self.show("/lib/systemd/system/mitwirken-backup.service"))["Service"]
        own_folder = ["install", "-d", "-o", "mitwirken", "-g", "mitwirken", "-m", "0750"]
        self.inside.run(*own_folder, "/var/lib/mitwirken-backup")
        as_service = ["runuser", "-u", "mitwirken", "--"]
        with self.service():
            self.inside.run(*as_service, *shlex.split(backup["ExecStart"].replace("%%", "%")))
        [copy] = self.inside.run("ls", "/var/lib/mitwirken-backup").stdout.split()
        self.inside.run("mkdir", "/var/lib/mitwirken-backup/2020-01-01T0230")
        self.inside.run("touch", "-d", "20 days ago", "/var/lib/mitwirken-backup/2020-01-01T0230")
        self.inside.run(*shlex.split(backup["ExecStartPost"]))
        self.assertEqual(self.inside.run("ls", "/var/lib/mitwirken-backup").stdout.split(), [copy])
        self.inside.run("mv", "/var/lib/mitwirken", "/var/lib/mitwirken.alt")
        self.inside.run(*own_folder, "/var/lib/mitwirken")
        restore = ["mitwirken", "restore", "--from", f"/var/lib/mitwirken-backup/{copy}", "--config",
                   "/etc/mitwirken/mitwirken.toml"]
        self.assertIn("restored and verified", self.inside.run(*as_service, *restore).stdout)
        with self.service():
            self.assertEqual(self.status("/", "-H", "Host: mitwirken.musterstadt.de"), "200")

    def test_6_settings_survive_an_update_and_data_survive_a_purge(self):
        self.inside.run("sh", "-c", "echo '# ours' >> /etc/mitwirken/mitwirken.toml")
        self.inside.run("dpkg", "--install", "/root/package.deb")
        self.assertTrue(self.show("/etc/mitwirken/mitwirken.toml").endswith("# ours\n"))
        self.inside.run("dpkg", "--remove", "mitwirken")
        self.assertEqual(self.inside.run("test", "-e", "/usr/bin/mitwirken", check=False).returncode, 1)
        self.assertIn("# ours", self.show("/etc/mitwirken/mitwirken.toml"))
        done = self.inside.run("dpkg", "--purge", "mitwirken")
        self.assertIn("/var/lib/mitwirken was kept", done.stdout)
        self.assertEqual(self.inside.run("test", "-e", "/etc/mitwirken/mitwirken.toml", check=False).returncode, 1)
        self.inside.run("test", "-e", "/var/lib/mitwirken/mitwirken.db")

    @classmethod
    def tearDownClass(cls):
        assert not os.path.exists("/etc/mitwirken"), "the test left something on this system"


if __name__ == "__main__":
    unittest.main()
