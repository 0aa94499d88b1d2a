"""tf.compat.v1, of which a module uses only what TensorFlow itself has: reductions, strings, examples."""

from tensorflow.compat import v1 as tf

if not tf.executing_eagerly():
    import tensorflow

    tensorflow.compat.v1.enable_eager_execution()

x = tf.constant([[1.0, 9.0], [3.0, 5.0]])
for axis in (None, 0, [0, 1]):
    print(tf.reduce_sum(x, axis).numpy(), tf.reduce_mean(x, axis, True).numpy(), tf.reduce_max(x, axis=axis, keepdims=True).numpy())
    print(tf.reduce_min(x, reduction_indices=axis, keep_dims=True).numpy(), tf.reduce_prod(input_tensor=x, axis=axis, name="n").numpy())
    print(tf.reduce_all(x > 1.0, axis, keep_dims=False).numpy(), tf.reduce_any(x > 8.0, axis, True, "n").numpy(), tf.reduce_logsumexp(x, axis, keepdims=True).numpy().round(4))
print(tf.strings.length(["ab"]).numpy(), tf.strings.length(input=["é"], unit="UTF8_CHAR", name="n").numpy(), tf.strings.substr(["abc"], 1, 1).numpy())
print(tf.strings.substr(input=["éa"], pos=0, len=1, unit="UTF8_CHAR", name="n").numpy(), tf.strings.to_number(["2"], tf.int32).numpy())
print(tf.strings.to_number(string_tensor=["2"], out_type=tf.int64, name="n").numpy(), tf.substr(["abc"], 1, 1).numpy())
example = tf.train.Example(features=tf.train.Features(feature={"a": tf.train.Feature(int64_list=tf.train.Int64List(value=[3]))})).SerializeToString()
wanted = {"a": tf.FixedLenFeature([1], tf.int64)}
print(tf.io.parse_example([example], wanted)["a"].numpy(), tf.io.parse_example(serialized=[example], features=wanted, name="n", example_names=["e"])["a"].numpy())
print(tf.io.parse_single_example(example, wanted)["a"].numpy(), tf.io.parse_single_example(serialized=example, features=wanted, name="n")["a"].numpy())
print([one.numpy() for one in tf.io.decode_csv(["1;x"], [[0], ["y"]], ";", True)], [one.numpy() for one in tf.io.decode_csv(records=["NA,2"], record_defaults=[[0], [0]], na_value="NA", name="n")])
print([one.numpy() for one in tf.io.decode_csv(["1,2"], [[0]], field_delim=",", use_quote_delim=False, select_cols=[1])], tf.io.decode_raw(["ab"], tf.uint8).numpy())
print(tf.io.decode_raw(input_bytes=["ab"], out_type=tf.int16, little_endian=False, name="n").numpy(), tf.log(tf.to_float(x)).numpy().round(4))
print(tf.math.exp([0.0]).numpy(), tf.nn.relu([-1.0]).numpy(), tf.gfile.Exists("x"), [d.numpy() for d in tf.split(x, 2)])
