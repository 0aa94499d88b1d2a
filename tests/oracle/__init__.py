"""Examples and database against real TensorFlow. See conftest.py for how to name the interpreters."""
