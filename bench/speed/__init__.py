"""What tf2lint costs, as ratios measured in one run: `python -m bench.speed [ROW ...]`.

The unit is `ast.parse` of every file of tensor2tensor, each tree dropped at once. Everything is measured in fresh
processes, and what is compared by turns, so that what else the machine does meets both; of several runs the least
counts. Only ratios of one run mean anything, and best on a machine that does nothing else.
"""
