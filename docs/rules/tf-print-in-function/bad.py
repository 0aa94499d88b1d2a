import tensorflow as tf


def log(x):
    print("loss", x)  # expect: 5 tf-print-in-function


@tf.function
def step(x):
    loss = x * 2.0
    log(loss)
    if loss > 2.0:
        print("large")  # expect: 9 tf-print-in-function
    return loss


for number in range(3):
    step(tf.constant(float(number)))
