"""Taskwright and moto_server, each on a free port for as long as a `with` lasts."""

import collections
import contextlib
import json
import os
import subprocess
import sys
import threading
import urllib.request


def call(url, body=None, method=None, **headers):
    """The bytes of an answer; a body is sent as JSON."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"content-type": "application/json", **headers}, method=method)
    return urllib.request.urlopen(request, timeout=20).read()


@contextlib.contextmanager
def taskwright(folder, *flags):
    """The address of the program, on a database in `folder`."""
    database = f"sqlite:{folder}/drafts.db"
    command = [os.environ["TASKWRIGHT_BINARY"], "--addr", "127.0.0.1:0", "--database", database, "--site", os.environ["TASKWRIGHT_SITE"], *flags]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield server.stdout.readline().strip().removeprefix("listening on ")
    finally:
        server.terminate()
        server.wait(20)


@contextlib.contextmanager
def moto():
    """The address of a moto_server, on a port that the kernel gave it."""
    # With the policies that AWS itself provides.
    env = {**os.environ, "MOTO_IAM_LOAD_MANAGED_POLICIES": "true"}
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"]
    server = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        running = next((line for line in server.stderr if "Running on" in line), None)
        if running is None:
            raise SystemExit("moto_server did not start")
        # What it says from here on is read and forgotten, or it would wait for a reader.
        threading.Thread(target=collections.deque, args=(server.stderr, 0), daemon=True).start()
        yield running.split("Running on ")[1].strip()
    finally:
        server.terminate()
        server.wait(20)
