"""What Linux keeps from a reader, though it runs as the same user: other files, other processes, the network.

Landlock (Linux 5.13; later ones know more) leaves it the one file and Python's own, to read. A filter of system calls
leaves it no new connection. Where a kernel or a container has neither, the bounds of `reader.py` are all there is.
"""

import ctypes
import errno
import os
import platform
import struct
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import alongside

# Numbers of linux/landlock.h: the calls are the same on every machine that we know.
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
ASK_VERSION, BENEATH = 1, 1
READ_FILE, READ_FOLDER = 1 << 2, 1 << 3
# How many rights over files each version knows; all are taken. From these on, TCP and signals are kept as well.
RIGHTS = (0, 13, 14, 15, 15, 16)
KEEPS_TCP, KEEPS_SIGNALS = 4, 6
BIND_AND_CONNECT, SOCKETS_AND_SIGNALS = 3, 3
# Numbers of linux/prctl.h, linux/seccomp.h and linux/audit.h: for each machine, its own sign, then
# socket, connect and io_uring_setup, which would go round the filter.
NO_NEW_PRIVILEGES, SET_FILTER, FILTER = 38, 22, 2
CALLS = {"x86_64": (0xC000003E, (41, 42, 425)), "aarch64": (0xC00000B7, (198, 203, 425))}
LOAD, IF_EQUAL, IF_AT_LEAST, ANSWER = 0x20, 0x15, 0x35, 0x06
ALLOW, REFUSE, END = 0x7FFF0000, 0x00050001, 0x80000000
# Calls of x32, which an x86_64 takes under other numbers.
OTHER_NUMBERS = 0x40000000


class Instructions(ctypes.Structure):
    """`struct sock_fprog`."""

    _fields_ = [("count", ctypes.c_ushort), ("first", ctypes.c_char_p)]


def asked(done: int) -> int:
    """What a call of the C library came to. Raises OSError."""
    if done < 0:
        raise OSError(ctypes.get_errno(), "Linux did not put up the fence")
    return done


def newest() -> int:
    """The version of Landlock that this kernel has; 0: none."""
    if not sys.platform.startswith("linux"):
        return 0
    libc = ctypes.CDLL(None, use_errno=True)
    return int(max(0, libc.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), ASK_VERSION)))


def numbers() -> tuple[int, tuple[int, ...]] | None:
    """This machine's sign and its calls that open a connection, where we know them."""
    return CALLS.get(platform.machine()) if sys.platform.startswith("linux") else None


def of_python() -> Iterator[Path]:
    """Where Python and we lie, for what is imported late. Not `sys.prefix`: a folder for data may lie in it."""
    paths = sysconfig.get_paths()
    ours = [*(paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")), *alongside.__path__]
    shared = ["/lib", "/lib64", "/usr/lib", "/usr/share/zoneinfo"]
    yield from (path for path in map(Path, dict.fromkeys(ours + shared)) if path.is_dir())


def keep_to(file: Path) -> None:
    """From now on this process, and whatever it starts, reads this file and Python's own, and opens no connection.

    There is no way back. Raises OSError where a kernel that has it does not put it up.
    """
    if not sys.platform.startswith("linux"):
        return
    libc = ctypes.CDLL(None, use_errno=True)
    asked(libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0))
    if version := newest():
        keep_files(libc, version, file)
    if known := numbers():
        keep_connections(libc, *known)


def keep_files(libc: ctypes.CDLL, version: int, file: Path) -> None:
    """Landlock. Who is behind it cannot look into a process that is not, either."""
    taken = [(1 << RIGHTS[min(version, len(RIGHTS) - 1)]) - 1]
    taken += [BIND_AND_CONNECT] if version >= KEEPS_TCP else []
    taken += [SOCKETS_AND_SIGNALS] if version >= KEEPS_SIGNALS else []
    told = struct.pack(f"={len(taken)}Q", *taken)
    rules = asked(libc.syscall(CREATE_RULESET, told, ctypes.c_size_t(len(told)), 0))
    for folder in of_python():
        leave(libc, rules, folder, READ_FILE | READ_FOLDER)
    if file.is_file():
        leave(libc, rules, file, READ_FILE)
    asked(libc.syscall(RESTRICT_SELF, rules, 0))
    os.close(rules)


def leave(libc: ctypes.CDLL, rules: int, path: Path, rights: int) -> None:
    """What is there, and beneath it, stays open so far."""
    place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    asked(libc.syscall(ADD_RULE, rules, BENEATH, struct.pack("=Qi", rights, place), 0))
    os.close(place)


def keep_connections(libc: ctypes.CDLL, sign: int, calls: tuple[int, ...]) -> None:
    """A filter of system calls: those are refused, and a call by another machine's numbers ends the process.

    A kernel without such filters says that it does not understand (EINVAL).
    """
    program = [(LOAD, 0, 0, 4), (IF_EQUAL, 1, 0, sign), (ANSWER, 0, 0, END), (LOAD, 0, 0, 0)]
    program += [(IF_AT_LEAST, len(calls) + 1, 0, OTHER_NUMBERS)]
    program += [(IF_EQUAL, len(calls) - nth, 0, call) for nth, call in enumerate(calls)]
    program += [(ANSWER, 0, 0, ALLOW), (ANSWER, 0, 0, REFUSE)]
    written = b"".join(struct.pack("=HBBI", *one) for one in program)
    told = Instructions(len(program), written)
    if libc.prctl(SET_FILTER, FILTER, ctypes.byref(told), 0, 0) < 0 and ctypes.get_errno() != errno.EINVAL:
        asked(-1)
