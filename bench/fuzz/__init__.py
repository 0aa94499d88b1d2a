"""Many programs, whether they make sense or not, and what must hold for each: `python -m bench.fuzz KIND…`."""
