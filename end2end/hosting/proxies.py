"""The examples of `.github/hosting` at work: nginx and Caddy in front of the program, and the unit as systemd reads it.

Each proxy runs with its example as it stands, but for the addresses and paths of this machine. It speaks to the program
from 127.0.0.1, the one address that the program trusts; everybody else comes from another loopback address.
"""

import contextlib
import gzip
import http.client
import os
import pathlib
import re
import select
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / ".github/hosting"
NAME = "taskwright.example"
PROXY, TRUSTED, STRANGER = "127.0.0.77", "127.0.0.1", "127.0.0.3"
checks = 0


def check(holds, what):
    """Counts what holds; ends with what does not."""
    global checks
    assert holds, what
    checks += 1


def free_port(address):
    """A port that the kernel would give; proxies cannot say which one they were given."""
    with socket.create_server((address, 0)) as listener:
        return listener.getsockname()[1]


class Answer:
    """Status, headers and text of an answer."""

    def __init__(self, answer):
        self.status, self.headers, body = answer.status, answer.getheaders(), answer.read()
        self.text = (gzip.decompress(body) if self.header("content-encoding") == "gzip" else body).decode("utf-8", "replace")

    def all(self, name):
        return [value for key, value in self.headers if key.lower() == name]

    def header(self, name):
        return ", ".join(self.all(name))


class Site:
    """An address that answers: the proxy (with TLS) or the program itself."""

    def __init__(self, address, port, authority=None):
        self.address, self.port, self.authority = address, port, authority

    def socket(self, source, name=NAME):
        plain = socket.create_connection((self.address, self.port), timeout=30, source_address=(source, 0))
        if self.authority is None:
            return plain
        return ssl.create_default_context(cafile=self.authority).wrap_socket(plain, server_hostname=name)

    def ask(self, method, path, body=None, source=STRANGER, **headers):
        connection = http.client.HTTPConnection(NAME)
        with self.socket(source) as connection.sock:
            connection.putrequest(method, path, skip_host="host" in headers, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            if body is not None:
                connection.putheader("content-length", str(len(body)))
            connection.endheaders(body)
            return Answer(connection.getresponse())

    def draft(self, **rest):
        form = "application/x-www-form-urlencoded"
        return self.ask("POST", "/en/d", b"preset=tutorial", content_type=form, **rest)


@contextlib.contextmanager
def running(command, ready, **rest):
    """A process, from when it is ready until it is asked to end."""
    process = subprocess.Popen(command, **rest)
    try:
        until = time.monotonic() + 20
        while not ready(process):
            if process.poll() is not None or time.monotonic() > until:
                raise SystemExit(f"{command[0]} did not start")
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def answers(address, port):
    """Whether somebody listens there; waits a little before it says no."""
    try:
        socket.create_connection((address, port), timeout=0.2).close()
        return True
    except ConnectionRefusedError:
        # Until its next turn.
        select.select([], [], [], 0.05)
        return False


def adapted(example, changes):
    """An example with the addresses and paths of this machine; each change must be of something that it has."""
    text = (EXAMPLES / example).read_text()
    for old, new in changes.items():
        assert old in text, f"{example} has no {old!r}"
        text = text.replace(old, new)
    return text


def certificate(folder):
    """A key and a certificate for the example's name, signed by itself."""
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2".split()
    command += ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}", "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)


def nginx(folder, upstream, plain, secure):
    """nginx with its example."""
    site = adapted("nginx.conf", {
        "server 127.0.0.1:3000;": f"server 127.0.0.1:{upstream};",
        "listen 80 ": f"listen {PROXY}:{plain} ",
        "listen 80;": f"listen {PROXY}:{plain};",
        "listen 443 ": f"listen {PROXY}:{secure} ",
        "/etc/ssl/taskwright/": f"{folder}/",
        "/var/log/nginx/": f"{folder}/",
    })
    (folder / "taskwright.conf").write_text(site)
    temporary = "\n".join(f"    {kind}_temp_path {folder}/{kind};" for kind in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"])
    user = "user root;\n" if os.geteuid() == 0 else ""
    main = f"{user}pid {folder}/nginx.pid;\nworker_processes 1;\nerror_log {folder}/error.log;\nevents {{}}\nhttp {{\n{temporary}\n    include {folder}/taskwright.conf;\n}}\n"
    (folder / "nginx.conf").write_text(main)
    base = ["nginx", "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]
    tested = subprocess.run([*base, "-t"], capture_output=True, text=True)
    check(tested.returncode == 0 and "[warn]" not in tested.stderr, tested.stderr)
    return running([*base, "-g", "daemon off;"], lambda _: answers(PROXY, secure))


def caddy(folder, upstream, plain, secure):
    """Caddy with its example, and a certificate of ours instead of one that it would ask for."""
    site = adapted("Caddyfile", {
        "\tservers {": f"\tadmin off\n\thttp_port {plain}\n\thttps_port {secure}\n\tdefault_bind {PROXY}\n\tservers {{",
        f"\n{NAME} {{": f"\n{NAME} {{\n\ttls {folder}/fullchain.pem {folder}/privkey.pem",
        "127.0.0.1:3000": f"127.0.0.1:{upstream}",
        "/var/log/caddy/": f"{folder}/",
    })
    (folder / "Caddyfile").write_text(site)
    environment = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder / "caddy"), "XDG_CONFIG_HOME": str(folder / "caddy")}
    command = ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]
    return running(command, lambda _: answers(PROXY, secure), env=environment, stderr=(folder / "error.log").open("w"))


def program(folder, *flags):
    """The program, and where it listens."""
    command = [os.environ["TASKWRIGHT_BINARY"], "--addr", "127.0.0.1:0", "--site", os.environ["TASKWRIGHT_SITE"], "--database", f"sqlite:{folder}/t.db", "--aws", "off", *flags]
    said = []
    started = running(command, lambda p: said.append(p.stdout.readline()) or True, stdout=subprocess.PIPE, stderr=(folder / "log").open("w"), text=True)
    return started, said


def believed(public, direct):
    """Who a client is, and whether it came over TLS, is believed of the proxy alone."""
    made = public.draft(source="127.0.0.5")
    check(made.status == 303 and made.header("location").startswith("/en/d/"), f"a draft by the proxy: {made.status}")
    check(all("secure" in cookie.lower() for cookie in made.all("set-cookie")) and made.all("set-cookie"), f"over TLS cookies are Secure: {made.all('set-cookie')}")
    edit = made.header("location").split("/")[3]
    share = f"/en/d/{edit}/share"
    page = public.ask("GET", share, source="127.0.0.5")
    view = re.search(rf"https://{re.escape(NAME)}/en/s/([\w-]{{22}})", page.text)
    check(view is not None, "the links of the share page have the proxy's name and https")
    check(page.all("strict-transport-security") == ["max-age=31536000"], f"HSTS, once: {page.all('strict-transport-security')}")
    claimed = direct.ask("GET", share, source=STRANGER, x_forwarded_proto="https", x_forwarded_host="evil.example")
    check(claimed.status == 200 and "https://" + NAME not in claimed.text and "evil.example" not in claimed.text, "past the proxy nobody is believed about the protocol")
    # Three drafts a minute from one address.
    statuses = [public.draft(source="127.0.0.5", x_forwarded_for=f"9.9.9.{n}").status for n in range(3)]
    check(statuses == [303, 303, 429], f"by the proxy a client is its own address, whatever it claims: {statuses}")
    check(public.draft(source="127.0.0.6").status == 303, "another client of the proxy is not held up")
    statuses = [direct.draft(source=STRANGER, x_forwarded_for=f"9.9.8.{n}").status for n in range(4)]
    check(statuses == [303, 303, 303, 429], f"past the proxy the address is the peer's: {statuses}")
    return edit, view.group(1)


def bounds(public, direct):
    """Large bodies, and what is not for the public."""
    large = public.ask("POST", "/api/v1/validate", b"x" * (2 << 20))
    check(large.status == 413 and "too-large" in large.text, f"what is too large is explained by the program: {large.status} {large.text[:80]}")
    check(public.ask("GET", "/readyz").status == 404 and direct.ask("GET", "/readyz").status == 200, "/readyz is not public")


def private(public, edit, view):
    """Asks by each kind of address that holds a key."""
    paths = [f"/en/d/{edit}/cluster", f"/ko/s/{view}", f"/api/v1/drafts/{edit}", f"/api/v1/drafts/{edit}/export/json", f"/unlock/{edit}", f"/en/%64/{edit}/size", f"//en/d/{edit}/size", f"/en?next=/en/d/{edit}", f"/nowhere/{view}", f"/pkg/../en/d/{edit}/size"]
    for path in paths:
        answer = public.ask("GET", path, referer=f"https://{NAME}/en/d/{edit}/share", cookie=f"drafts={edit}")
        check(answer.status < 500, f"{answer.status}")
    return len(paths)


def behind(name, start):
    """The whole proof for one proxy."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "proxy").mkdir()
        certificate(folder / "proxy")
        plain, secure = free_port(PROXY), free_port(PROXY)
        server, said = program(folder, "--trusted-proxies", f"{TRUSTED}/32", "--new-drafts-per-minute", "3", "--least-free-disk", "0")
        with contextlib.ExitStack() as later:
            with server:
                upstream = int(said[0].strip().rsplit(":", 1)[1])
                later.enter_context(start(folder / "proxy", upstream, plain, secure))
                public, direct = Site(PROXY, secure, folder / "proxy/fullchain.pem"), Site("127.0.0.1", upstream)
                moved = Site(PROXY, plain).ask("GET", "/en?a=b")
                check(moved.status == 308 and moved.header("location") == f"https://{NAME}/en?a=b", f"{moved.status} {moved.header('location')}")
                edit, view = believed(public, direct)
                bounds(public, direct)
                asked = private(public, edit, view)
            # The program is gone; the proxy still answers, and tells its log.
            gone = public.ask("GET", f"/en/d/{edit}/cluster")
            check(gone.status == 502, f"{gone.status} without the program")
        written = [f for f in (folder / "proxy").rglob("*") if f.is_file() and f.suffix != ".pem"]
        log = (folder / "proxy/taskwright.log").read_text()
        check(len(log.splitlines()) > asked and " 502 " in f"{log} " or '"status":502' in log, "the log has the requests, and the one that failed")
        for file in written:
            text = file.read_bytes().decode("utf-8", "replace")
            check(edit not in text and view not in text, f"{file.name} of {name} holds a key to a draft")
        own = (folder / "log").read_text()
        check(edit not in own and view not in own, "the program's own log holds a key")


def unit():
    """systemd reads all of the unit, and finds it hardened."""
    if shutil.which("systemd-analyze") is None:
        print("SKIPPED the unit: systemd-analyze is not on this machine", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "taskwright.service"
        file.write_text(adapted("taskwright.service", {"/usr/local/bin/taskwright": os.environ["TASKWRIGHT_BINARY"]}))
        read = subprocess.run(["systemd-analyze", "verify", "--man=no", file], capture_output=True, text=True)
        check(read.returncode == 0 and "taskwright" not in read.stderr, read.stderr)
        # Exposure from 0 to 100; an ordinary service has 96.
        safe = subprocess.run(["systemd-analyze", "security", "--offline=true", "--threshold=20", file], capture_output=True, text=True)
        check(safe.returncode == 0, safe.stdout[-2000:] + safe.stderr)


def main():
    unit()
    for name, start in [("nginx", nginx), ("Caddy", caddy)]:
        behind(name, start)
    print(f"{checks} passed, 0 failed")


if __name__ == "__main__":
    main()
