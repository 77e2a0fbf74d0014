"""Benchmarks: ratios against a reference, each taken in one run and asserting nothing."""
