"""Many pages at once, in one process or several; the results are the same and in order.

A page that fails is reported and the others go on.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from migrate.convert.frontmatter import dump
from migrate.convert.page import convert_page
from migrate.diagnostics import MigrateError, diagnostic
from migrate.model import Converted, Output, Page
from migrate.plan import Plan

if TYPE_CHECKING:
    from concurrent.futures import Future

_OURS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What a bug of ours may raise on a page of a kind that nobody has seen."""

_WORTH_IT = 100
"""From so many pages on a second process is faster than one."""

_BATCH = 16
"""Pages sent to a process at a time: large enough to hide the sending, small enough to balance."""

_plan: Plan | None = None
"""The plan of a worker process."""


def convert_all(
    pages: Sequence[Page], plan: Plan, workers: int = 0
) -> Iterator[tuple[Page, Converted]]:
    """Convert `pages`, in their order. `workers` 0: as many processes as there are processors."""
    workers = workers or os.cpu_count() or 1
    if workers < 2 or len(pages) < _WORTH_IT:
        for page in pages:
            yield page, convert_one(page, plan)
        return
    from concurrent.futures.process import BrokenProcessPool

    batches = [pages[at : at + _BATCH] for at in range(0, len(pages), _BATCH)]
    done = 0
    try:
        for results in _in_processes(batches, plan, workers):
            yield from zip(batches[done], results, strict=True)
            done += 1
    except BrokenProcessPool:
        # A worker was killed, most likely for want of memory: go on alone, with less of it.
        for batch in batches[done:]:
            for page in batch:
                yield page, convert_one(page, plan)


def _in_processes(
    batches: Sequence[Sequence[Page]], plan: Plan, workers: int
) -> Iterator[list[Converted]]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # Forked processes have the plan at once; elsewhere it is sent to each of them one time.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    with ProcessPoolExecutor(workers, context, _begin, (plan,)) as pool:
        waiting: deque[Future[list[Converted]]] = deque()
        try:
            for batch in batches:
                waiting.append(pool.submit(_convert_batch, batch))
                if len(waiting) > 3 * workers:  # results wait for the writer: bound the memory
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _begin(plan: Plan) -> None:
    global _plan
    # Ctrl-C reaches every process of a terminal; the first one ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _plan = plan
    gc.freeze()  # the plan is the parent's: looking through it would copy its memory


def _convert_batch(pages: Sequence[Page]) -> list[Converted]:
    assert _plan is not None
    return [convert_one(page, _plan) for page in pages]


def convert_one(page: Page, plan: Plan) -> Converted:
    """The page converted; where that fails its source as it is, and an error that says so."""
    try:
        return convert_page(page, plan)
    except MigrateError as error:
        said = diagnostic("HM120", page.name, error.line, reason=error.message)
    except _OURS as error:
        reason = f"{type(error).__name__}: {error}"
        said = diagnostic("HM121", page.name, page.body_line, reason=reason)
    text = f"---\n{dump({'title': page.title})}---\n\n{page.body}"
    data = text.encode("utf-8", "replace")
    return Converted(Output(plan.places[page.identity], data, page.identity), (), (said,))
