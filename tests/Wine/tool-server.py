"""Runs programs of this machine for pass-on.exe, which stands for them under Wine. A program ends with whoever asked
for it. espeak-ng is made to look as it does on Windows: its variants have a backslash, and it has no library sonic.

Usage: tool-server.py PREFIX; the first line of its output is its port.
"""
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import threading

PREFIX = sys.argv[1]
DRIVE = re.compile(r"^(file:)?([A-Za-z]):[\\/](.*)$", re.DOTALL)
FASTEST = 450
RUNNING = set()


def to_unix(text):
    """A path of Wine's as this system has it; anything else as it is."""
    found = DRIVE.match(text)
    if not found:
        return text
    drive = os.path.realpath(f"{PREFIX}/dosdevices/{found[2].lower()}:")
    return (found[1] or "") + os.path.join(drive, found[3].replace("\\", "/"))


def receive(client, count):
    data = b""
    while len(data) < count:
        more = client.recv(count - len(data))
        if not more:
            raise ConnectionError
        data += more
    return data


def as_on_windows(command):
    for at in range(1, len(command)):
        if command[at - 1] == "-s" and command[at].isdigit():
            command[at] = str(min(FASTEST, int(command[at])))
    return command


def serve(client):
    length, = struct.unpack("<i", receive(client, 4))
    folder, name, *arguments = receive(client, length).decode("utf-8").split("\0")[:-1]
    command = [name] + [to_unix(argument) for argument in arguments]
    is_espeak = name == "espeak-ng"
    if is_espeak:
        command = as_on_windows(command)
    lock = threading.Lock()

    def tell(kind, data):
        with lock:
            client.sendall(struct.pack("<Bi", kind, len(data)) + data)

    try:
        process = subprocess.Popen(
            command, cwd=to_unix(folder), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    except OSError as error:
        tell(2, str(error).encode())
        client.sendall(struct.pack("<Bi", 0, 127))
        return

    RUNNING.add(process)

    def feed():
        try:
            while data := client.recv(65536):
                process.stdin.write(data)
                process.stdin.flush()
            process.stdin.close()
        except (ConnectionError, BrokenPipeError):
            # Reset by the end of whoever asked.
            process.kill()

    def drain(stream, kind):
        try:
            while data := stream.read1(65536):
                tell(kind, data.replace(b"!v/", b"!v\\") if is_espeak else data)
        except (ConnectionError, BrokenPipeError):
            process.kill()

    threading.Thread(target=feed, daemon=True).start()
    drains = [threading.Thread(target=drain, args=pair) for pair in ((process.stdout, 1), (process.stderr, 2))]
    for thread in drains:
        thread.start()
    for thread in drains:
        thread.join()
    code = process.wait()
    RUNNING.discard(process)
    try:
        client.sendall(struct.pack("<Bi", 0, code))
    except OSError:
        pass


def guarded(client):
    with client:
        try:
            serve(client)
        except OSError:
            pass


def end(*_):
    for process in list(RUNNING):
        process.kill()
    os._exit(0)


signal.signal(signal.SIGTERM, end)
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    threading.Thread(target=guarded, args=(listener.accept()[0],), daemon=True).start()
