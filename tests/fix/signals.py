"""tf.fft and tf.spectral."""

import tensorflow as tf

if not tf.executing_eagerly():
    tf.compat.v1.enable_eager_execution()

x = tf.constant([1.0, 2.0, 3.0, 4.0])
print(tf.fft(tf.to_complex64(x)).numpy().round(3), tf.ifft(tf.to_complex64(x)).numpy().round(3))
print(tf.spectral.rfft(x).numpy().round(3), tf.spectral.dct(x).numpy().round(3))
print(tf.real(tf.conj(tf.fft(tf.to_complex64(x)))).numpy().round(3), tf.imag(tf.to_complex64(x)).numpy(), tf.angle(x).numpy())
