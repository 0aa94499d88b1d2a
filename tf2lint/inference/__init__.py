"""What an expression denotes, up to the border of TensorFlow."""
