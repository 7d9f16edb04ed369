#!/usr/bin/env python3
"""slow_clients.py PORT IDLE DEAD SECONDS: clients that want nothing, and clients that take nothing.

IDLE connections send nothing; DEAD ones ask for large answers again and again and never read. Says "ready" when all are
connected, holds them for SECONDS, then says how many the server still held.
"""
import resource
import select
import socket
import sys
import time

port, idle, dead, seconds = (int(word) for word in sys.argv[1:5])
_, most = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, idle + dead + 100), most))


def connected(receive_bytes=0):
    client = socket.socket()
    if receive_bytes:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
    client.connect(("127.0.0.1", port))
    return client


quiet = [connected() for _ in range(idle)]
deaf = [connected(4096) for _ in range(dead)]
large = b"GET /v1/export?format=ndjson HTTP/1.1\r\nHost: localhost\r\n\r\n"
page = b"GET /v1/search?q=lantern&limit=100 HTTP/1.1\r\nHost: localhost\r\n\r\n"
for number, client in enumerate(deaf):
    client.sendall((large if number % 2 else page) * 8)
print("ready", flush=True)
time.sleep(seconds)

poll = select.poll()
for client in quiet:
    poll.register(client, select.POLLIN | select.POLLHUP)
closed = len(poll.poll(0))
print(f"{len(quiet) - closed} of {len(quiet)} idle connections still open")
