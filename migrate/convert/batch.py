"""Many pages at once, in one process or several; the results are the same and in order.

A page that fails is reported and the others go on.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

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

R = TypeVar("R")
Work = Callable[[Sequence[Page], Plan], R]
"""What is done with a batch of pages; a function of a module, for other processes call it too."""

_plan: Plan | None = None
"""The plan of a worker process."""


def convert_all(
    pages: Sequence[Page], plan: Plan, workers: int = 0
) -> Iterator[tuple[Page, Converted]]:
    """Convert `pages`, in their order. `workers` 0: as many processes as there are processors."""
    for batch, results in in_batches(pages, plan, convert_batch, workers):
        yield from zip(batch, results, strict=True)


def convert_batch(pages: Sequence[Page], plan: Plan) -> list[Converted]:
    """Convert these pages, here."""
    return [convert_one(page, plan) for page in pages]


def in_batches(
    pages: Sequence[Page], plan: Plan, work: Work[R], workers: int = 0
) -> Iterator[tuple[Sequence[Page], R]]:
    """`pages` in batches, in their order, each with what `work` made of it.

    `workers` 0: as many processes as there are processors.
    """
    workers = workers or os.cpu_count() or 1
    batches = [pages[at : at + _BATCH] for at in range(0, len(pages), _BATCH)]
    done = 0
    if workers > 1 and len(pages) >= _WORTH_IT:
        from concurrent.futures.process import BrokenProcessPool

        try:
            for result in _in_processes(batches, plan, work, workers):
                yield batches[done], result
                done += 1
        except BrokenProcessPool:
            pass  # a worker was killed, most likely for want of memory: go on alone, with less
    for batch in batches[done:]:
        yield batch, work(batch, plan)


def _in_processes(
    batches: Sequence[Sequence[Page]], plan: Plan, work: Work[R], workers: int
) -> Iterator[R]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # Forked processes have the plan at once; elsewhere it is sent to each of them one time.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    with ProcessPoolExecutor(workers, context, _begin, (plan,)) as pool:
        waiting: deque[Future[R]] = deque()
        try:
            for batch in batches:
                waiting.append(pool.submit(_work, work, batch))
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


def _work(work: Work[R], pages: Sequence[Page]) -> R:
    assert _plan is not None
    return work(pages, _plan)


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
