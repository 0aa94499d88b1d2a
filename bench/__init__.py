"""What tf2lint says of real packages, how fast it says it, and what others say of them; see README.md."""
