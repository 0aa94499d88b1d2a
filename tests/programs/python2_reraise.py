import sys
import tensorflow as tf


def restore(saver, session, path):
    try:
        saver.restore(session, path)
    except Exception, error:  # expect: 12 tf-python-two
        kind, value, trace = sys.exc_info()
        raise kind, value, trace
    except:
        raise tf.errors.DataLossError, None, sys.exc_info()[2]


with tf.Session() as session:  # expect: 6 tf-session
    saver = tf.train.Saver()  # expect: 13 tf-saver
    restore(saver, session, "model.ckpt")
    try: session.run("train")  # expect: 10 tf-session-run
    except tf.errors.OutOfRangeError,e: print "done:", e; session.run("save")  # expect: 59 tf-session-run
