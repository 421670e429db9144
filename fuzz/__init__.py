"""Fuzzing: the converter against bytes that a coverage-guided fuzzer makes up.

`targets.py` says what must hold for any bytes; `run.py` searches for bytes for which it doesn't;
what it found lies in `fixtures/fuzz/` and is tried again by `tests/test_fuzz.py`.
"""
