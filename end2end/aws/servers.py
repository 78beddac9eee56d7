"""Taskwright and moto_server, each on a free port for as long as a `with` lasts."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request


def call(url, body=None, method=None, **headers):
    """The bytes of an answer; a body is sent as JSON."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"content-type": "application/json", **headers}, method=method)
    return urllib.request.urlopen(request, timeout=20).read()


@contextlib.contextmanager
def taskwright(folder):
    """The address of the program, on a database in `folder`."""
    database = f"sqlite:{folder}/drafts.db"
    command = [os.environ["TASKWRIGHT_BINARY"], "--addr", "127.0.0.1:0", "--database", database, "--site", os.environ["TASKWRIGHT_SITE"]]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield server.stdout.readline().strip().removeprefix("listening on ")
    finally:
        server.terminate()
        server.wait(20)


@contextlib.contextmanager
def moto():
    """The address of a moto_server; it is ready when it answers."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    # With the policies that AWS itself provides.
    env = {**os.environ, "MOTO_IAM_LOAD_MANAGED_POLICIES": "true"}
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 60
        while True:
            with socket.socket() as s:
                s.settimeout(1)
                if s.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if time.monotonic() > deadline or server.poll() is not None:
                raise SystemExit("moto_server did not start")
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)
