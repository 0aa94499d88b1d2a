"""tf2lint: a linter that knows TensorFlow."""

# Nothing is imported here, not even from __future__: under `python -m tf2lint` the current directory, which may be the
# project under lint, is searched first until __main__ has seen to that.

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pylint.lint import PyLinter

__version__ = "0.1.0"


def register(linter: "PyLinter") -> None:
    """What `pylint --load-plugins=tf2lint` calls. Without pylint nothing of it is imported."""
    from tf2lint import pylint_plugin

    pylint_plugin.register(linter)


def load_configuration(linter: "PyLinter") -> None:
    """What pylint calls once it has read its configuration."""
    from tf2lint import pylint_plugin

    pylint_plugin.load_configuration(linter)
