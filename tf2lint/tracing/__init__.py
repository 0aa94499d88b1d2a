"""Which functions TensorFlow traces and which of them AutoGraph converts, why, and what each does, across calls."""
