"""tf2lint: a linter that knows TensorFlow."""

__version__ = "0.1.0"
