"""A mail server on this machine that speaks as much SMTP as a client needs."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread


class Conversation(socketserver.StreamRequestHandler):
    """One client's letters, one after the other; those for whom the server refuses are not taken."""

    def handle(self) -> None:
        self.answer(b"220 here")
        while line := self.rfile.readline().strip():
            verb = line[:4].upper()
            if verb == b"DATA":
                self.answer(b"354 go on")
                self.take()
            refused = verb == b"RCPT" and any(one.encode() in line for one in self.server.refuses)
            self.answer(b"550 nobody here" if refused else b"250 well")
            if verb == b"QUIT":
                return

    def answer(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")

    def take(self) -> None:
        lines = iter(self.rfile.readline, b".\r\n")
        self.server.taken.append(message_from_bytes(b"".join(lines), policy=policy.default))


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, refuses: tuple[str, ...]) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.refuses = refuses
        self.taken: list[EmailMessage] = []


@contextmanager
def mail_server(*, refuses: tuple[str, ...] = ()) -> Iterator[Server]:
    """A server that takes letters until the block ends."""
    with Server(refuses) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
