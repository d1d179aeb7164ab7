"""Many files over several processes: results in the order of the files, a dead worker never takes others' results with it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from checker.document import Source
from checker.engine import Engine, File, format_of
from checker.violation import Checked, Failure

if TYPE_CHECKING:
    from concurrent.futures import Future
    from multiprocessing.context import BaseContext

CHUNK_BYTES = 1 << 20
CHUNK_FILES = 200
SMALL = 4 << 20  # bytes of articles below which starting processes costs more than it saves

_engine: Engine | None = None  # of a worker process, set once by its initializer


def check_files(make: Callable[[], Engine], files: Iterable[File], jobs: int) -> Iterator[Checked]:
    """Each file's result, in order. make: builds the engine, called once per process; jobs: processes (1: this one)."""
    listed = list(files)
    if jobs <= 1 or len(listed) < 2 or sum(file.size for file in listed) < SMALL:
        engine = make()
        for file in listed:
            yield guarded(engine, file)
        return
    yield from _in_processes(make, list(_chunks(listed)), jobs)


def guarded(engine: Engine, file: File, source: Source | None = None) -> Checked:
    """A bug in one article is a Failure of that article, with its traceback's last line; the other articles go on.

    source: what was read already (standard input), else the file is read.
    """
    try:
        return engine.check_file(file) if source is None else engine.check_source(source, format_of(file.path))
    except MemoryError:
        return Checked(file.path, failures=(Failure(file.path, "crash", "out of memory / 内存不足"),))
    except Exception as error:
        at = error.__traceback__
        while at is not None and at.tb_next is not None:
            at = at.tb_next
        place = f"{at.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{at.tb_lineno}" if at else "?"
        message = f"internal error, please report it / 内部错误，请报告: {type(error).__name__}: {error} ({place})"
        return Checked(file.path, failures=(Failure(file.path, "crash", message),))


def _chunks(files: list[File]) -> Iterator[list[File]]:
    chunk: list[File] = []
    size = 0
    for file in files:
        chunk.append(file)
        size += file.size
        if size >= CHUNK_BYTES or len(chunk) >= CHUNK_FILES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _start(make: Callable[[], Engine]) -> None:
    """Ctrl-C reaches every process of a terminal: a worker ends at once, the first process says so."""
    import signal

    global _engine
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _engine = make()


def _check_chunk(files: list[File]) -> list[Checked]:
    assert _engine is not None
    return [guarded(_engine, file) for file in files]


def _in_processes(make: Callable[[], Engine], chunks: list[list[File]], jobs: int) -> Iterator[Checked]:
    """Chunks in flight are bounded, so that memory does not grow with the folder. When a worker dies, every chunk in flight is
    run again file by file in a process of its own, and the file on which that one dies is the Failure."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    context = multiprocessing.get_context("fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn")
    waiting = deque(chunks)
    while waiting:
        flying: deque[tuple[list[File], Future[list[Checked]]]] = deque()
        executor = ProcessPoolExecutor(jobs, context, _start, (make,))
        try:
            while waiting or flying:
                while waiting and len(flying) < jobs * 3:
                    flying.append((chunk := waiting.popleft(), executor.submit(_check_chunk, chunk)))
                chunk, future = flying[0]
                results = future.result()
                flying.popleft()
                yield from results
        except BrokenProcessPool:
            suspects = [chunk for chunk, future in flying if not _is_whole(future)]
            for chunk, future in flying:
                yield from _one_by_one(make, chunk, context) if chunk in suspects else future.result()
        finally:
            executor.shutdown(wait=False, cancel_futures=True)


def _is_whole(future: Future[list[Checked]]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _one_by_one(make: Callable[[], Engine], chunk: list[File], context: BaseContext) -> Iterator[Checked]:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    rest = deque(chunk)
    while rest:
        with ProcessPoolExecutor(1, context, _start, (make,)) as executor:
            while rest:
                try:
                    yield executor.submit(_check_chunk, [rest[0]]).result()[0]
                    rest.popleft()
                except BrokenProcessPool:
                    path = rest.popleft().path
                    message = "the process that checked it died (out of memory?) / 检查该文件的进程意外退出（内存不足？）"
                    yield Checked(path, failures=(Failure(path, "crash", message),))
                    break
