"""Run one Pulumi program, or one plugin written in Python, inside the program's own virtual environment.

The language host starts this file by its path, so it may import nothing of ours: only the standard library, and
`pulumi` from the environment of the program. The request arrives as one line of JSON on standard input, never on the
command line or in the environment, because it holds the decrypted configuration. The host keeps that pipe open for as
long as it lives: when the pipe ends, the host is gone, and the program must not go on changing a cloud that nobody
watches.

It owns how a program starts, ends and reports its own failure. It does not own processes, streams or the engine's RPCs.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import runpy
import sys
import threading
import traceback
import types
from pathlib import Path
from typing import Any

EXIT_REPORTED = 122
"""Exit status that tells the host: the failure was shown already. Any number that programs do not use themselves."""

EXIT_INTERRUPTED = 130
"""128 + SIGINT, as shells report it."""

_HERE = str(Path(__file__).resolve())


def main() -> None:
    """Read the request from standard input, run it, and leave without the interpreter's own farewell.

    `os._exit` ends the process, because the interpreter's clean-up would wait for threads of gRPC and print what
    asyncio thinks of tasks that a cancelled program left behind. Exit handlers of the program run first.
    """
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]  # a real text stream here
    sys.stderr.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    sys.unraisablehook = _ignore_interrupts
    try:
        request = json.loads(sys.stdin.buffer.readline())
        _follow_host()
        status = _run_plugin(request) if request["mode"] == "plugin" else _run_program(request)
        _run_exit_handlers()
    except KeyboardInterrupt:
        status = EXIT_INTERRUPTED
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:  # the engine closed its end first; there is nobody left to tell
            continue
    os._exit(status)


def _ignore_interrupts(unraisable: sys.UnraisableHookArgs) -> None:
    """Stay silent when Ctrl-C lands inside a callback of gRPC; anything else is shown as usual."""
    if not isinstance(unraisable.exc_value, KeyboardInterrupt):
        sys.__unraisablehook__(unraisable)


def _follow_host() -> None:
    """End this process when the host's end of the pipe closes, and give the program an empty standard input."""
    lifeline = os.dup(0)
    empty = os.open(os.devnull, os.O_RDONLY)
    os.dup2(empty, 0)
    os.close(empty)

    def wait() -> None:
        while os.read(lifeline, 64):
            pass
        os._exit(EXIT_INTERRUPTED)

    threading.Thread(target=wait, name="follow-host", daemon=True).start()


def _run_exit_handlers() -> None:
    # `os._exit` would skip the handlers that a program registered with `atexit`. The module offers no public way to
    # run them early; `_run_exitfuncs` has been there, unchanged, since Python 3.0.
    import atexit

    atexit._run_exitfuncs()


def _run_plugin(request: dict[str, Any]) -> int:
    """Run a policy pack or a provider: a module (`python -m`) or a folder with `__main__.py`. Return its status."""
    sys.argv = [request["target"], *request["args"]]
    try:
        if request["is_module"]:
            # `python -m` puts the working folder first on the path; a plugin is started the same way.
            sys.path[0] = os.getcwd()  # noqa: PTH109 - a plain string is what sys.path wants
            runpy.run_module(request["target"], run_name="__main__", alter_sys=True)
        else:
            _execute(Path(request["target"]))
    except SystemExit as leaving:
        return _status_of(leaving)
    except Exception as error:  # whatever the plugin raises is shown and ends it
        print(describe(error), file=sys.stderr)
        return 1
    return 0


def _status_of(leaving: SystemExit) -> int:
    if leaving.code is None:
        return 0
    if isinstance(leaving.code, int):
        return leaving.code
    print(leaving.code, file=sys.stderr)
    return 1


def _run_program(request: dict[str, Any]) -> int:
    """Run a Pulumi program inside its stack. Return 0, or `EXIT_REPORTED` after showing why it failed."""
    try:
        import pulumi
        import pulumi.runtime
    except ImportError as error:
        print(
            f"error: the Python environment of this program cannot import pulumi ({error}).\n"
            f"Interpreter: {sys.executable}\nInstall the program's dependencies there (`pulumi install`, `uv sync`).",
            file=sys.stderr,
        )
        return EXIT_REPORTED
    _configure(request)
    sys.argv = [request["target"], *request["args"]]
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(pulumi.runtime.run_in_stack(lambda: _execute(Path(request["target"]))))
    except SystemExit as leaving:
        return _report_exit(leaving)
    except (Exception, asyncio.CancelledError) as error:  # whatever the program raises is shown and ends it
        return _report(error)
    return 0


def _configure(request: dict[str, Any]) -> None:
    """Tell the SDK what it is running for, and silence what nobody reads."""
    import pulumi
    import pulumi.runtime

    # Asyncio logs each task that failed or was cancelled a second time; the failure itself is reported below.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    if not request["verbose"]:
        # The SDK logs several debug lines per resource, each a blocking round trip to an engine that throws them
        # away unless `--debug` or verbose logging was asked for: 0.5 of 2.9 s for 300 small resources (2026-11).
        pulumi.log.debug = lambda *_args, **_kwargs: None
    pulumi.runtime.set_all_config(request["config"], request["secret_keys"])
    pulumi.runtime.configure(
        pulumi.runtime.Settings(
            project=request["project"],
            stack=request["stack"],
            monitor=request["monitor"],
            engine=request["engine"],
            parallel=request["parallel"],
            dry_run=request["dry_run"],
            organization=request["organization"],
            root_directory=request["root_directory"],
        )
    )


def _execute(program: Path) -> None:
    """Execute a `.py` file, or the `__main__.py` of a folder, as the module `__main__`.

    The module stays in `sys.modules` after it ran (`runpy.run_path` takes it away): callbacks of `apply` run later and
    may look themselves up there, as pickled dynamic providers do.
    """
    main_file = program / "__main__.py" if program.is_dir() else program
    sys.path[0] = str(main_file.parent)
    module = types.ModuleType("__main__")
    module.__file__ = str(main_file)
    module.__spec__ = None
    sys.modules["__main__"] = module
    code = compile(main_file.read_bytes(), str(main_file), "exec", dont_inherit=True)
    exec(code, module.__dict__)  # noqa: S102 - running the user's program is the purpose


def _report(error: BaseException) -> int:
    import pulumi

    if isinstance(error, pulumi.RunError):
        # "Resource monitor has terminated" only says that the engine stopped first; the engine has said why.
        text = "" if "monitor has terminated" in str(error) else str(error)
    else:
        text = f"the program raised an exception that it did not handle:\n{describe(error)}"
    return _tell(text)


def _report_exit(leaving: SystemExit) -> int:
    if leaving.code is None or leaving.code == 0:
        return 0
    said = f"with status {leaving.code}" if isinstance(leaving.code, int) else f"and said: {leaving.code}"
    frames = _own_frames(traceback.extract_tb(leaving.__traceback__))
    where = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return _tell(f"the program called sys.exit{where} {said}")


def _tell(text: str) -> int:
    """Show `text` as an error of the stack, once; on standard error when the engine is already gone."""
    import grpc
    import pulumi

    if text:
        try:
            pulumi.log.error(text)
        except grpc.RpcError:
            print(f"error: {text}", file=sys.stderr)
    return EXIT_REPORTED


def describe(error: BaseException) -> str:
    """Return the traceback of `error`, trimmed to frames of the user's own code, with its causes, each said once."""
    report = traceback.TracebackException.from_exception(error)
    seen: set[str] = set()
    link: traceback.TracebackException | None = report
    while link is not None:
        seen.add("".join(link.format_exception_only()))
        own = _own_frames(link.stack)
        if own or link.exc_type is SyntaxError:  # a syntax error names file and line itself
            link.stack = traceback.StackSummary.from_list(own)
        following = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
        # The SDK raises an error of an RPC again from a copy of itself: the same words twice.
        if following is not None and "".join(following.format_exception_only()) in seen:
            link.__cause__ = link.__context__ = following = None
        link = following
    return "".join(report.format()).rstrip()


def _own_frames(stack: traceback.StackSummary) -> list[traceback.FrameSummary]:
    """Return the frames that are neither this file, nor the standard library, nor an installed package."""
    library = str(Path(os.__file__).parent) + os.sep
    foreign = (library, "<frozen ", _HERE)
    return [
        frame
        for frame in stack
        if not frame.filename.startswith(foreign) and f"{os.sep}site-packages{os.sep}" not in frame.filename
    ]


if __name__ == "__main__":
    main()
